import sharp from "sharp";

/** A file as Playwright's setInputFiles takes it. */
export interface PictureFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

type Rgb = readonly [number, number, number];

/** The colours of the tests, as bytes. */
export const paints = {
  red: [235, 20, 10],
  green: [10, 230, 20],
  blue: [15, 10, 235],
  white: [250, 250, 250],
  grey: [150, 140, 110], // perhaps yellow
  stone: [130, 128, 125], // none of the colours
} satisfies Record<string, Rgb>;

/** A picture of one colour, with a spot in the middle so that it is not quite the same everywhere. */
export async function picture(
  paint: keyof typeof paints,
  format: "png" | "jpeg" | "webp" | "avif" = "png",
): Promise<PictureFile> {
  const [r, g, b] = paints[paint];
  const spot = Buffer.from(
    '<svg width="320" height="240"><circle cx="160" cy="120" r="20" fill="#888"/></svg>',
  );
  const buffer = await sharp({ create: { width: 320, height: 240, channels: 3, background: { r, g, b } } })
    .composite([{ input: spot }])
    .toFormat(format)
    .toBuffer();
  return { name: `${paint}.${format}`, mimeType: `image/${format}`, buffer };
}

/** A file that cannot be used, of each kind, with what the page has to say of it. */
export async function badFiles(): Promise<
  readonly { readonly file: PictureFile; readonly title: string; readonly hint: RegExp }[]
> {
  const whole = (await picture("red", "jpeg")).buffer;
  const file = (name: string, buffer: Buffer): PictureFile => ({ name, mimeType: "image/jpeg", buffer });
  const heic = Buffer.concat([
    Buffer.from([0, 0, 0, 24]),
    Buffer.from("ftypheic\0\0\0\0heicmif1"),
    Buffer.alloc(200),
  ]);
  return [
    {
      file: file("notes.jpg", Buffer.from("These are my notes, not a picture.")),
      title: "notes.jpg is not a picture",
      hint: /Choose a JPEG/,
    },
    { file: file("nothing.jpg", Buffer.alloc(0)), title: "nothing.jpg is empty", hint: /0 bytes/ },
    { file: file("phone.heic", heic), title: "phone.heic is a HEIC picture", hint: /Save it as JPEG/ },
    {
      file: file("half.jpg", whole.subarray(0, whole.length / 2)),
      title: "half.jpg is damaged",
      hint: /cut short/,
    },
    { file: file("bomb.png", bomb()), title: "bomb.png is too large", hint: /60,000 × 60,000.*100 million/ },
    {
      file: file("scan.tif", Buffer.from([0x49, 0x49, 0x2a, 0, 8, 0, 0, 0])),
      title: "scan.tif is a TIFF file",
      hint: /JPEG or PNG/,
    },
  ];
}

/** A PNG of a few bytes whose header promises 60,000 × 60,000 pixels. */
function bomb(): Buffer {
  const header = Buffer.alloc(33);
  Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]).copy(header);
  header.writeUInt32BE(13, 8);
  header.write("IHDR", 12);
  header.writeUInt32BE(60_000, 16);
  header.writeUInt32BE(60_000, 20);
  header.set([8, 2, 0, 0, 0], 24);
  const end = Buffer.from([0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82]);
  return Buffer.concat([header, end]);
}
