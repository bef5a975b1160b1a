/** Endings of picture files, those that we cannot read among them: these are to be named, not passed over. */
const ending = /\.(jpe?g|jpe|jfif|png|webp|avif|gif|heic|heif|tiff?|bmp)$/i;

/** Whether a file in a folder is to be read as a picture, by its name alone; hidden ones (".…") are not. */
export function hasPictureEnding(name: string): boolean {
  return ending.test(name) && !name.startsWith(".");
}
