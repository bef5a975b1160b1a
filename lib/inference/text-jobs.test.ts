import { expect, test } from "vitest";
import { type Job, textJobs } from "./text-jobs.ts";
import type { TextTask, TextTasks } from "./text-protocol.ts";

const classes = ["bad", "good"].map((id) => ({ id, en: id, zh: id }));

/** Counts the words that it knows; what holds none of them is in no language that it has learnt. */
const counting = {
  async classify(texts: readonly string[]) {
    return texts.map((text) => {
      if (text.trim() === "") return null;
      const [bad, good] = [/dull/g, /great/g].map((word) => text.match(word)?.length ?? 0) as [
        number,
        number,
      ];
      const share = bad + good === 0 ? 0.5 : good / (bad + good);
      return {
        probabilities: Float32Array.of(1 - share, share),
        known: bad + good > 0,
        unknownShare: 0,
        languages: ["en"],
      };
    });
  },
  async read(stretches: readonly string[], breathe: () => Promise<void>) {
    await breathe();
    return (await this.classify([stretches.join("")]))[0]!;
  },
  explain: async () => [],
};

const jobs = textJobs({ classes }, async () => counting);

/** Does a task; `patience` breaths later nobody waits for it any more. */
async function run<T extends TextTask>(
  task: T,
  asks: TextTasks[T]["asks"],
  patience = Number.POSITIVE_INFINITY,
) {
  const told: TextTasks[T]["tells"][] = [];
  let breaths = 0;
  const job: Job<T> = {
    asks,
    tell: (part) => told.push(part),
    async breathe() {
      if (++breaths > patience) throw new Error("unwanted");
    },
  };
  const given = await (jobs[task] as (job: Job<T>) => Promise<TextTasks[T]["gives"]>)(job).catch(
    () => undefined,
  );
  return { told, given };
}

const everything = { wanted: "all", atLeast: 0, order: "arrival", search: "" } as const;

test("a text is read as a whole, in stretches where it is long, and its sentences one by one", async () => {
  const text = "A great film. The end was dull. So great!";
  const { given } = await run("read", { text });
  expect(given).toMatchObject({ opinion: { known: true }, sentences: [{}, {}, {}] });
  const texts = given!.sentences.map(({ start, end }) => text.slice(start, end));
  const { given: opinions } = await run("sentences", { texts });
  expect(opinions!.map((opinion) => [...opinion!.probabilities])).toEqual([[0, 1], [1, 0], [0, 1]]);

  const long = ` ${"A dull film. ".repeat(5000)}`;
  const read = counting.read;
  counting.read = async (stretches, breathe) => {
    expect(stretches.join("")).toBe(long);
    expect(stretches.length).toBe(9);
    return read.call(counting, stretches, breathe);
  };
  const { told, given: whole } = await run("read", { text: long });
  expect(whole?.sentences.length).toBe(5000);
  expect(told).toEqual([1 / 9]);
  counting.read = read;
}); // biome-ignore format: pairs

test("where there is nothing to read, that is said", async () => {
  expect((await run("read", { text: " \n" })).given).toBeNull();
});

test("a table is answered row by row, and goes on where it was stopped", async () => {
  const rows = Array.from({ length: 100 }, (_, i) => `${i},${i % 2 === 0 ? "great" : "dull"}`);
  const file = new File([["id,text", ...rows, "100,"].join("\n")], "a.csv");
  expect((await run("openTable", { file })).given).toMatchObject({ rows: 102, header: true, column: 1 });

  const choice = { column: 1, header: true };
  const stopped = await run("answerRows", { ...choice, goOn: false }, 2);
  expect(stopped.told.map(({ all }) => all)).toEqual([32, 64]);
  const { told, given } = await run("answerRows", { ...choice, goOn: true });
  expect(told[0]?.all).toBe(96);
  expect(given).toEqual({ all: 101, unknown: 0, empty: 1, classes: [50, 50] });

  const { given: page } = await run("rows", { selection: { ...everything, wanted: 1 }, from: 2, count: 2 });
  expect(page).toMatchObject({ total: 50, rows: [{ index: 4 }, { index: 6 }] });

  expect((await run("rowText", { index: 99 })).given).toBe("dull");
  expect((await run("rowText", { index: 101 })).given).toBeUndefined();

  const { given: csv } = await run("tableFile", { selection: everything });
  const lines = (await csv!.text()).split("\r\n");
  expect(lines.slice(0, 3)).toEqual([
    "id,text,answer,bad,good",
    "0,great,good,0.000000,1.000000",
    "1,dull,bad,1.000000,0.000000",
  ]);
  expect(lines.slice(-2)).toEqual(["100,,,,", ""]);
});
