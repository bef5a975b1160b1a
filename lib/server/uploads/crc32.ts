/** The remainders of all bytes by the polynomial 0xedb88320 (RFC 1952 §8). Node has this from 20.15 on. */
const remainders = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
  return rest;
});

/** The CRC-32 of bytes, as zips have it; `before` is that of what came before them. */
export function crc32(bytes: Uint8Array, before = 0): number {
  let rest = ~before;
  for (const byte of bytes) rest = (rest >>> 8) ^ remainders[(rest ^ byte) & 255]!;
  return ~rest >>> 0;
}
