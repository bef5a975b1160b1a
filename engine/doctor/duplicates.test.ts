import fc from "fast-check";
import sharp, { type Sharp } from "sharp";
import { expect, test } from "vitest";
import { decodeImage } from "../data/image/decode.node.ts";
import { Rng } from "../random.ts";
import { duplicateGroups, NEAR } from "./duplicates.ts";
import { dHash, type Hash, ones, pHash } from "./hash.ts";
import { decoded, scene, water } from "./pictures.fixture.ts";
import { agreement, signatureOf } from "./signature.ts";

const distance = (a: Hash, b: Hash): number => ones(a[0] ^ b[0]) + ones(a[1] ^ b[1]);

const changes: Readonly<Record<string, (picture: Sharp) => Sharp>> = {
  compressed: (picture) => picture.jpeg({ quality: 30 }),
  halved: (picture) => picture.resize(80, 60).webp({ quality: 75 }),
  enlarged: (picture) => picture.resize(400).png(),
  squeezed: (picture) => picture.resize(128, 128, { fit: "fill" }).png(),
  brightened: (picture) => picture.linear(0.8, 30).jpeg(),
  gray: (picture) => picture.grayscale().png(),
};

test.each(Object.entries(changes))(
  "a %s picture stays near, and so does its mirror image",
  async (_, change) => {
    for (let i = 0; i < 5; i++) {
      const original = await scene(new Rng(i)).png().toBuffer();
      const changed = await change(sharp(original)).toBuffer();
      const mirrored = await sharp(changed).flop().png().toBuffer();
      const [a, b, c] = await Promise.all(
        [original, changed, mirrored].map(async (bytes) => signatureOf(await decodeImage(bytes, "drawn"))),
      );
      expect(distance(a!.straight.pHash, b!.straight.pHash)).toBeLessThanOrEqual(NEAR.pHash);
      expect(agreement(a!.straight, b!.straight)).toBeGreaterThan(NEAR.agreement);
      expect(duplicateGroups([a!, b!])).toMatchObject([{ members: [0, 1], mirrored: false }]);
      expect(duplicateGroups([a!, c!])).toMatchObject([{ members: [0, 1], mirrored: true }]);
    }
  },
);

const signaturesOf = (draw: (rng: Rng) => Sharp) =>
  Promise.all(Array.from({ length: 60 }, async (_, i) => signatureOf(await decoded(draw(new Rng(i))))));

test("different pictures are not the same", async () => {
  expect(duplicateGroups(await signaturesOf(scene))).toEqual([]);
});

test("pictures with hardly any texture do not flood the list, however near their hashes", async () => {
  const signatures = await signaturesOf(water);
  const near = signatures.flatMap(({ straight: a }, i) =>
    signatures.slice(0, i).filter(({ straight: b }) => distance(a.dHash, b.dHash) <= NEAR.dHash),
  );
  expect(near.length).toBeGreaterThan(50);
  expect(duplicateGroups(signatures).length).toBeLessThan(2);
});

test("blank pictures are no duplicates, and what is like one of a group belongs to it", async () => {
  const gray = { create: { width: 50, height: 50, channels: 3, background: "#808080" } } as const;
  const pictures = [
    ...[sharp(gray), scene(new Rng(1)), sharp(gray), scene(new Rng(2))],
    ...[scene(new Rng(1)).flop(), scene(new Rng(1)).resize(90)],
  ];
  const signatures = await Promise.all(pictures.map(async (picture) => signatureOf(await decoded(picture))));
  expect(duplicateGroups(signatures)).toMatchObject([{ members: [1, 4, 5], mirrored: true }]);
  expect(duplicateGroups([])).toEqual([]);
});

test("hashing mirrored is hashing the mirror image", async () => {
  for (let i = 0; i < 5; i++) {
    const [picture, mirror] = [await decoded(scene(new Rng(i))), await decoded(scene(new Rng(i)).flop())];
    for (const hash of [dHash, pHash]) expect(distance(hash(picture, true), hash(mirror))).toBeLessThan(3);
  }
});

test("set bits are counted", () => {
  const counted = (word: number) => word.toString(2).replaceAll("0", "").length;
  fc.assert(fc.property(fc.nat(2 ** 32 - 1), (word) => ones(word | 0) === counted(word)));
});
