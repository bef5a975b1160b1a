import { expect, test } from "vitest";
import { parseSwitches } from "./devices.ts";

test("switches are read from the address, and nonsense is left out", () => {
  expect(parseSwitches("?device=wasm&threads=2")).toEqual({ device: "wasm", threads: 2 });
  expect(parseSwitches("?device=webgpu-software")).toEqual({ device: "webgpu-software" });
  expect(parseSwitches("?device=toaster&threads=-1")).toEqual({});
  expect(parseSwitches("?threads=1.5")).toEqual({});
  expect(parseSwitches("")).toEqual({});
});
