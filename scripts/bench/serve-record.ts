import { rounded } from "./median.ts";

/** What was answered, and after how long. */
export interface Answered {
  readonly status: number;
  readonly ms: number;
}

/** One kind of input, asked by so many at once. */
export interface ServingRow {
  readonly task: string;
  readonly model: string;
  /** What is sent, for people. */
  readonly input: string;
  readonly concurrency: number;
  readonly seconds: number;
  /** Of those that were answered with a prediction. */
  readonly requestsPerSecond: number;
  /** Likewise, in ms; null where there was none. */
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
  /** Shares of all requests, in [0, 1]. */
  readonly tooMany429: number;
  readonly busy503: number;
  /** Answered otherwise, or not at all. */
  readonly failed: number;
}

/** What `bench serve --json` prints. */
export interface ServingRecord {
  readonly machine: Readonly<Record<string, string | number>>;
  /** Of the machine before the measurement, without it: processes that wanted a core, on a mean over a minute. */
  readonly loadBefore: number;
  readonly rows: readonly ServingRow[];
}

/** Sums up what so many requests at once came to. `errors` had no answer. */
export function servingRow(
  about: Pick<ServingRow, "task" | "model" | "input" | "concurrency">,
  seconds: number,
  answered: readonly Answered[],
  errors: number,
): ServingRow {
  const all = answered.length + errors;
  const share = (count: number) => (all === 0 ? 0 : rounded(count / all, 4));
  const withStatus = (status: number) => answered.filter((answer) => answer.status === status);
  const good = withStatus(200)
    .map(({ ms }) => ms)
    .sort((a, b) => a - b);
  const [tooMany, busy] = [withStatus(429).length, withStatus(503).length];
  return {
    ...about,
    seconds: rounded(seconds, 1),
    requestsPerSecond: rounded(good.length / seconds, 2),
    p50: percentile(good, 0.5),
    p95: percentile(good, 0.95),
    p99: percentile(good, 0.99),
    tooMany429: share(tooMany),
    busy503: share(busy),
    failed: share(all - good.length - tooMany - busy),
  };
}

/** The smallest of some sorted numbers that so large a share does not exceed (nearest rank); null of none. */
export function percentile(sorted: readonly number[], share: number): number | null {
  const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  return value === undefined ? null : rounded(value, 1);
}

/** The record as a person reads it. */
export function servingReport({ machine, loadBefore, rows }: ServingRecord): string {
  const head = ["at once", "requests/s", "p50 ms", "p95 ms", "p99 ms", "429", "503", "failed"];
  const kinds = [...new Set(rows.map(titleOf))];
  const tables = kinds.map((title) => [
    title,
    line(head),
    ...rows.filter((row) => titleOf(row) === title).map((row) => line(cellsOf(row))),
    "",
  ]);
  const { processor, cores, memory, node } = machine;
  return [
    ...tables.flat(),
    `${processor}, ${cores} cores, ${memory} MB, Node ${node}; the load generator ran on it, too.`,
    `Before the measurement ${loadBefore} processes wanted a core.`,
  ].join("\n");
}

const titleOf = ({ task, model, input }: ServingRow): string => `${task} ${model}, ${input}`;

function cellsOf(row: ServingRow): string[] {
  const ms = (value: number | null) => value?.toFixed(0) ?? "–";
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  return [
    String(row.concurrency),
    row.requestsPerSecond.toFixed(1),
    ...[row.p50, row.p95, row.p99].map(ms),
    ...[row.tooMany429, row.busy503, row.failed].map(percent),
  ];
}

const line = (cells: readonly string[]): string => cells.map((cell) => cell.padStart(11)).join("");
