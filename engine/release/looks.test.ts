import { expect, test } from "vitest";
import { Rng } from "../random.ts";
import { withFamiliarity } from "./familiarity.ts";
import { withTwoLooks } from "./looks.ts";
import { answersTo, expectAlike, untrained } from "./untrained.fixture.ts";

const [classes, size, pictures] = [3, 64, 2];

test("every answer is the mean over both looks, and maps are those of the first", async () => {
  const rng = new Rng(2);
  const means = Float32Array.from({ length: classes * 512 }, () => rng.uniform());
  const plain = withFamiliarity(untrained("resnet18", classes, size), means, classes);
  const plane = size ** 2;
  const look = () => Float32Array.from({ length: pictures * 3 * plane }, () => rng.normal());
  const [above, below] = [look(), look()];
  const image = new Float32Array(2 * above.length);
  for (let i = 0; i < pictures * 3; i++) {
    image.set(above.subarray(i * plane, (i + 1) * plane), 2 * i * plane);
    image.set(below.subarray(i * plane, (i + 1) * plane), (2 * i + 1) * plane);
  }
  const one = await answersTo(plain, above, [pictures, 3, size, size]);
  const other = await answersTo(plain, below, [pictures, 3, size, size]);
  const both = await answersTo(withTwoLooks(plain), image, [pictures, 3, 2 * size, size]);
  expect(Object.keys(both)).toEqual(["logits", "maps", "familiarity"]);
  for (const [name, values] of Object.entries(both))
    expectAlike(values, name === "maps" ? one[name]! : one[name]!.map((x, i) => (x + other[name]![i]!) / 2));
});
