import { type Claim, type Correction, claimQuery, mostBytes, mostCharacters } from "./correction.ts";

/** What came in the way of sending. */
export type SendFault = "tooLarge" | "unreadable" | "wait" | "refused" | "full" | "failed";

/** The longer side of a picture that is sent, in pixels: more than any network looks at. */
const longestSide = 1280;

/** What of a correction's item is sent: of a picture, its pixels alone, scaled down. */
async function contentToSend({ kind, content }: Pick<Correction, "kind" | "content">): Promise<Blob> {
  if (kind !== "image") return content;
  const picture = await createImageBitmap(content); // upright, as its Exif data say, which are lost here
  const scale = Math.min(1, longestSide / Math.max(picture.width, picture.height));
  const side = (length: number) => Math.max(1, Math.round(length * scale));
  const canvas = new OffscreenCanvas(side(picture.width), side(picture.height));
  const context = canvas.getContext("2d")!;
  context.fillStyle = "white";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.imageSmoothingQuality = "high";
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  return canvas.convertToBlob({ type: "image/jpeg", quality: 0.92 });
}

/** Sends a correction to this server, and nowhere else; undefined where it has arrived. For use with consent only. */
export async function sendCorrection(correction: Correction): Promise<SendFault | undefined> {
  const { kind, content } = correction;
  if (kind === "text" && (await content.text()).length > mostCharacters) return "tooLarge";
  const body = await contentToSend(correction).catch(() => undefined);
  if (body === undefined) return "unreadable";
  if (body.size > mostBytes[kind]) return "tooLarge";
  const claim: Claim = correction;
  const answer = await fetch(`/corrections/send?${claimQuery(claim)}`, { method: "POST", body }).catch(
    () => undefined,
  );
  if (answer?.ok) return undefined;
  return answer === undefined ? "failed" : (faults[answer.status] ?? "failed");
}

const faults: Readonly<Record<number, SendFault>> = {
  413: "tooLarge",
  415: "refused",
  422: "refused",
  429: "wait",
  507: "full",
};
