import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { decodeImage } from "../../engine/data/image/decode.node.ts";
import { pictureDims, toTensor } from "../../engine/data/image/normalise.ts";
import { MAPS } from "../../engine/release/class-maps.ts";
import { readPictureRelease } from "../../engine/release/load.ts";
import type { Manifest, PictureManifest } from "../../engine/release/manifest.ts";
import { nodeRuntime } from "../../engine/runtime/node.ts";
import { float32, type Session } from "../../engine/runtime/runtime.ts";
import { evidenceFor } from "./class-maps.ts";
import { overPicture } from "./over-picture.ts";

/** A picture of one object: a drawing of the site, or a photograph that is not part of this project. */
interface Cutout {
  readonly name: string;
  readonly path: string;
}

const manifestIn = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8"));

const folders = readdirSync("models").flatMap((task) => {
  const releases = join("models", task, "releases");
  if (!existsSync(releases)) return [];
  return readdirSync(releases)
    .map((version) => join(releases, version))
    .filter((folder) => manifestIn(folder).input.kind === "image");
});

describe.each(folders)("%s", (folder) => {
  let session: Session;
  let manifest: PictureManifest;
  let mapped = false;

  beforeAll(async () => {
    const release = await readPictureRelease(folder, "wasm");
    manifest = release.manifest;
    session = await nodeRuntime({ threads: 1 }).load(release.model, { external: release.external });
    mapped = session.outputs.includes(MAPS);
    if (!mapped) console.warn(`${folder} gives no class maps: where they lie is not tested.`);
  });
  afterAll(() => session?.dispose());

  test("the evidence lies on a drawn object before a plain background", async ({ skip }) => {
    if (!mapped) return skip("no maps");
    const samples = join("public", "samples", manifest.task);
    const drawings = existsSync(samples) ? readdirSync(samples).filter((name) => name.endsWith(".webp")) : [];
    if (drawings.length === 0) return skip("no drawings");
    await expectOnObject(drawings.map((name) => ({ name, path: join(samples, name) })));
  });

  test("and on a photographed one", async ({ skip }) => {
    const data = join("..", "shared", "data", manifest.task, "test");
    if (!existsSync(data)) {
      console.warn(`${data} is not there: class maps are tested on drawings only.`);
      return skip("no photographs");
    }
    if (!mapped) return skip("no maps");
    const photographs: Cutout[] = [];
    for (const name of readdirSync(data)) {
      const path = await firstBeforeWhite(join(data, name));
      if (path !== undefined) photographs.push({ name, path });
    }
    // Animals are photographed where they live: hardly one of them is before white.
    if (photographs.length < 3) {
      console.warn(`${data} has no objects before white: class maps are tested on drawings only.`);
      return skip("no photographs before white");
    }
    await expectOnObject(photographs);
  });

  /** Puts each object into one quarter of a white picture and looks where the strong evidence lies. */
  async function expectOnObject(cutouts: readonly Cutout[]): Promise<void> {
    const shares: number[] = [];
    for (const [i, { path }] of cutouts.entries()) {
      shares.push(await shareOnObject(path, i % 2, Math.floor(i / 2) % 2));
    }
    const told = cutouts.map(({ name }, i) => `${name} ${shares[i]!.toFixed(2)}`).join(", ");
    // By chance it would be a quarter. A place of the map is a fifth of the picture wide and spills over.
    expect(shares.reduce((a, b) => a + b) / shares.length, told).toBeGreaterThan(0.75);
    expect(shares.filter((share) => share > 0.5).length / shares.length, told).toBeGreaterThan(0.85);
  }

  /** The share of the evidence for the answer, where it is strong, that lies in the object's quarter. */
  async function shareOnObject(path: string, column: number, row: number): Promise<number> {
    const [width, height] = [640, 480];
    const object = await sharp(path)
      .resize(width / 2, height / 2, { fit: "contain", background: "#ffffff" })
      .flatten({ background: "#ffffff" })
      .toBuffer();
    const picture = await sharp({ create: { width, height, channels: 3, background: "#ffffff" } })
      .composite([{ input: object, left: (column * width) / 2, top: (row * height) / 2 }])
      .png()
      .toBuffer();
    const { input } = manifest;
    const pixels = await decodeImage(picture, path);
    const image = float32(toTensor(pixels, input), [1, ...pictureDims(input)]);
    const outputs = await session.run({ image });
    const logits = [...(outputs.logits!.data as Float32Array)];
    const maps = outputs[MAPS]!;
    const values = { values: maps.data as Float32Array, width: maps.dims[3]!, height: maps.dims[2]! };
    const field = overPicture(evidenceFor(values, logits.indexOf(Math.max(...logits))), pixels, input.fit);
    let [inside, all] = [0, 0];
    for (const [place, value] of field.values.entries()) {
      if (value < 0.5) continue;
      const x = Math.floor((2 * (place % field.width)) / field.width);
      const y = Math.floor((2 * Math.floor(place / field.width)) / field.height);
      all += value;
      if (x === column && y === row) inside += value;
    }
    return inside / all;
  }
});

/** The first of a few pictures of a folder that shows its object as a catalogue does. */
async function firstBeforeWhite(folder: string): Promise<string | undefined> {
  for (const name of readdirSync(folder).sort().slice(0, 12)) {
    if (await beforeWhite(join(folder, name))) return join(folder, name);
  }
  return undefined;
}

/** Whether a picture's edge is white all around, as behind an object in a catalogue. */
async function beforeWhite(path: string): Promise<boolean> {
  const { data, info } = await sharp(path)
    .resize(32, 32, { fit: "fill" })
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const light = (x: number, y: number) =>
    Math.min(...data.subarray(3 * (y * 32 + x), 3 * (y * 32 + x) + 3)) > 235;
  return (
    info.channels === 3 &&
    Array.from({ length: 32 }, (_, i) => light(i, 0) && light(i, 31) && light(0, i) && light(31, i)).every(
      Boolean,
    )
  );
}
