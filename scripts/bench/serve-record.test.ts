import fc from "fast-check";
import { expect, test } from "vitest";
import { percentile, servingReport, servingRow } from "./serve-record.ts";

const about = { task: "birds", model: "light-1.0.0", input: "a picture", concurrency: 4 };

test("a percentile is one of the values, and so large a share is no larger", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1 }),
      fc.constantFrom(0.5, 0.95, 0.99),
      (values, share) => {
        const sorted = values.sort((a, b) => a - b);
        const value = percentile(sorted, share)!;
        expect(sorted).toContain(value);
        expect(sorted.filter((other) => other <= value).length / sorted.length).toBeGreaterThanOrEqual(share);
        expect(sorted.filter((other) => other < value).length / sorted.length).toBeLessThan(share);
      },
    ),
  );
  expect(percentile([], 0.5)).toBeNull();
});

test("speed is that of the answers; all requests share in what was refused", () => {
  const answers = [200, 200, 503, 429, 500].map((status, i) => ({ status, ms: 10 * (i + 1) }));
  const row = servingRow(about, 2, answers, 5);
  expect(row).toMatchObject({ requestsPerSecond: 1, p50: 10, p99: 20 });
  expect(row).toMatchObject({ tooMany429: 0.1, busy503: 0.1, failed: 0.6 });
  const nothing = servingRow({ ...about, input: "nothing" }, 2, [], 0);
  const machine = { processor: "a processor", cores: 2, memory: 8000, node: "20.0.0" };
  const report = servingReport({ machine, loadBefore: 0.1, rows: [row, nothing] });
  expect(report).toContain("birds light-1.0.0, a picture");
  expect(report).toContain("10.0 %");
  expect(report).toContain("–");
});
