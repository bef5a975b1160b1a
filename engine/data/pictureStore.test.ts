import { expect, test } from "vitest";
import type { Pixels } from "./image/pixels.ts";
import { PictureStore } from "./pictureStore.ts";

function picture(width: number, height: number, value: number): Pixels {
  return { width, height, data: new Uint8Array(width * height * 3).fill(value) };
}

test("what fits is kept, what does not is not, and nothing overlaps", () => {
  const memory = PictureStore.allocate(4, 1000);
  const store = new PictureStore(memory);
  store.put(0, picture(10, 10, 1));
  store.put(1, picture(11, 11, 2));
  store.put(2, picture(20, 20, 3)); // 1200 bytes: too much
  store.put(3, picture(3, 5, 4));
  const other = new PictureStore(memory); // as another thread sees it
  expect(other.get(0)).toEqual(picture(10, 10, 1));
  expect(other.get(1)).toEqual(picture(11, 11, 2));
  expect(other.get(2)).toBeUndefined();
  expect(other.get(3)).toEqual(picture(3, 5, 4));
});

test("storing twice takes room once", () => {
  const store = new PictureStore(PictureStore.allocate(2, 640));
  for (let i = 0; i < 5; i++) store.put(0, picture(10, 10, 7));
  store.put(1, picture(10, 10, 8));
  expect(store.get(1)).toEqual(picture(10, 10, 8));
});

test("a budget of nothing keeps nothing", () => {
  const store = new PictureStore(PictureStore.allocate(1, 0));
  store.put(0, picture(1, 1, 1));
  expect(store.get(0)).toBeUndefined();
});
