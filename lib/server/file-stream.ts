import { access, type FileHandle, open } from "node:fs/promises";

/** Read ahead by this much at a time, in bytes. */
const pieceBytes = 256 * 1024;

/**
 * The bytes `start` to `end` of a file, both included, read as fast as the reader takes them. The file is opened
 * by the first read, because a reader who is gone by then never says so, and closed by a reader who goes away
 * later. (Readable.toWeb of Node 20 throws in that case, outside of anybody's reach.)
 */
export async function streamFile(
  path: string,
  start: number,
  end: number,
): Promise<ReadableStream<Uint8Array>> {
  await access(path);
  let file: FileHandle | undefined;
  let position = start;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        file ??= await open(path);
        try {
          const piece = new Uint8Array(Math.min(pieceBytes, end + 1 - position));
          const { bytesRead } = await file.read(piece, 0, piece.length, position);
          position += bytesRead;
          if (bytesRead > 0) controller.enqueue(piece.subarray(0, bytesRead));
          if (bytesRead === 0 || position > end) {
            await file.close();
            controller.close();
          }
        } catch (error) {
          await file.close();
          throw error;
        }
      },
      cancel: () => file?.close(),
    },
    { highWaterMark: 0 },
  );
}
