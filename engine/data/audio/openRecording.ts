import { open } from "node:fs/promises";
import { unreadable } from "../readBytes.ts";
import type { StoredBytes } from "./wav.ts";

/** A file on the disk, of which any part can be read without the rest. */
export interface OpenRecording extends StoredBytes {
  close(): Promise<void>;
}

/** Opens a file of any length. Throws NacreError "input" naming it where it cannot be opened. */
export async function openRecording(path: string): Promise<OpenRecording> {
  const handle = await open(path).catch((cause) => {
    throw unreadable(path, cause);
  });
  const { size } = await handle.stat();
  return {
    size,
    close: () => handle.close(),
    slice: (from, to) => ({
      async arrayBuffer() {
        const bytes = new Uint8Array(Math.max(0, Math.min(to, size) - from));
        const { bytesRead } = await handle.read(bytes, 0, bytes.length, from);
        return bytes.buffer.slice(0, bytesRead);
      },
    }),
  };
}
