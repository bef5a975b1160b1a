/** npm run predict: what is on pictures. */

import { Option } from "commander";
import { decodeImage } from "../engine/data/image/decode.node.ts";
import { toTensor } from "../engine/data/image/normalise.ts";
import { readPicture } from "../engine/data/readPicture.ts";
import { NacreError } from "../engine/errors.ts";
import { csv, json, likeliest, lines } from "../engine/release/answers.ts";
import { isKnown } from "../engine/release/known.ts";
import type { Classifier } from "../engine/release/load.ts";
import { softmax } from "../engine/train/calibration.ts";
import { command, run, wholeNumber } from "./command.ts";
import { exitCodes } from "./exit.ts";
import { listPictures } from "./pictures.ts";
import { progress } from "./progress.ts";
import { openRelease } from "./tasks.ts";

interface Options {
  readonly top: number;
  readonly json?: true;
  readonly csv?: true;
  readonly model?: string;
  readonly graph: "wasm" | "webgpu";
  readonly threads?: number;
}

/** Pictures that are decoded at once and run through the network together. */
const batchSize = 4;

const program = command(
  "predict",
  "Says what is on pictures: one line for each, the likeliest class first.",
  [
    "npm run -s predict -- instruments photo.jpg",
    "npm run -s predict -- instruments holiday/ --top 1 --csv > answers.csv",
    "npm run -s predict -- instruments holiday/ --json | jq -r '.predictions[0].class'",
    "cat photo.jpg | npm run -s predict -- instruments -",
  ],
)
  .argument("<task>", "a folder of models/")
  .argument("<pictures...>", "files, folders (with all below them), or - for one picture on stdin")
  .option("--top <k>", "how many classes", wholeNumber(1), 5)
  .addOption(new Option("--json", "one JSON object a line").conflicts("csv"))
  .addOption(new Option("--csv", "a table: file,rank,class,probability,known"))
  .option("--model <folder|variant>", "a release's folder, version or variant (default: the newest standard)")
  .addOption(
    new Option("--graph <name>", "which of the release's graphs").choices(["wasm", "webgpu"]).default("wasm"),
  )
  .option("--threads <n>", "threads of the network (default: one per core)", wholeNumber(1))
  .addHelpText(
    "after",
    "\nA picture that cannot be used is named on stderr; the others go on, and the exit code is 3.",
  )
  .action(predict);

await run(program);

async function predict(task: string, paths: readonly string[], options: Options): Promise<void> {
  const format = options.json ? json : options.csv ? csv : lines;
  const classifier = await openRelease(task, options.model, options);
  const pictures = await listPictures(paths);
  if (pictures.length === 0) {
    throw new NacreError(
      "input",
      `There are no pictures in ${paths.join(", ")}. Name files or a folder that holds some.`,
    );
  }
  const bar = progress(pictures.length, "pictures");
  if (format.head) console.log(format.head);
  for (let start = 0; start < pictures.length; start += batchSize) {
    const files = pictures.slice(start, start + batchSize);
    for (const { file, answer } of await classifyFiles(classifier, files)) {
      bar.clear();
      if (answer instanceof NacreError) {
        process.exitCode = exitCodes.input.code;
        console.error(answer.message);
        if (format.failure) console.log(format.failure(file, answer.message));
      } else {
        const { classes, temperature } = classifier.manifest;
        const { logits, familiarity } = answer;
        const known = isKnown(classifier.manifest, familiarity);
        const candidates = likeliest(classes, softmax(logits, temperature), options.top);
        console.log(format.answer(file, { known, candidates }));
      }
    }
    bar.update(start + files.length);
  }
  bar.stop();
  await classifier.dispose();
}

/** What the network thinks of one picture. */
interface Opinion {
  readonly logits: Float32Array;
  readonly familiarity: number | undefined;
}

/** For each file what the network thinks of it, or why it cannot be used. */
async function classifyFiles(
  classifier: Classifier,
  files: readonly string[],
): Promise<{ file: string; answer: Opinion | NacreError }[]> {
  const { input, classes } = classifier.manifest;
  const tensors = await Promise.all(
    files.map(async (file) => {
      try {
        return toTensor(file === "-" ? await readStdin() : await readPicture(file), input);
      } catch (error) {
        if (error instanceof NacreError) return error;
        throw error;
      }
    }),
  );
  const usable = tensors.filter((tensor) => tensor instanceof Float32Array);
  const batch = new Float32Array(usable.length * 3 * input.size ** 2);
  for (const [i, tensor] of usable.entries()) batch.set(tensor, i * tensor.length);
  const opinions = usable.length > 0 ? await classifier.classify(batch, usable.length) : undefined;
  let row = 0;
  return files.map((file, i) => {
    const tensor = tensors[i]!;
    if (tensor instanceof NacreError) return { file, answer: tensor };
    const { logits, familiarity } = opinions!;
    const own = logits.slice(row * classes.length, (row + 1) * classes.length);
    const answer = { logits: own, familiarity: familiarity?.[row] };
    row++;
    return { file, answer };
  });
}

async function readStdin() {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  return decodeImage(Buffer.concat(chunks), "stdin");
}
