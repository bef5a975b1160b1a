/** A module whose one function makes a vector of bytes and counts their bits (WebAssembly 2.0 §5.4.8). */
const probe = [
  [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00], // magic and version
  [0x01, 0x05, 0x01, 0x60, 0x00, 0x01, 0x7b], // one type: () -> v128
  [0x03, 0x02, 0x01, 0x00], // one function of it
  [0x0a, 0x0a, 0x01, 0x08, 0x00, 0x41, 0x00, 0xfd, 0x0f, 0xfd, 0x62, 0x0b], // i32.const 0, i8x16.splat, i8x16.popcnt
].flat();

/** Whether WebAssembly knows vectors here, without which the runtime cannot start. */
export function hasWasmSimd(): boolean {
  return typeof WebAssembly === "object" && WebAssembly.validate(Uint8Array.from(probe));
}
