/** The words of `doctor` for a person at a terminal. */

import { type Diagnosis, type Duplicates, TINY } from "../../engine/doctor/diagnosis.ts";

/** Counts first, then the `top` worst of each finding. */
export function report(diagnosis: Diagnosis, top: number): string {
  const { unreadable, tiny, blank, labels, classes } = diagnosis;
  const section = <T>(title: string, found: readonly T[], line: (one: T) => string): string[] => {
    if (found.length === 0 || top === 0) return [];
    const shown = found.length > top ? ` (${top} of ${found.length})` : "";
    return ["", `${title}${shown}`, ...found.slice(0, top).map((one) => `  ${line(one)}`)];
  };
  const group = (same: Duplicates) =>
    `${same.mirrored ? "mirrored: " : ""}${same.pictures.map(({ path }) => path).join("\n    ")}`;
  const leaks = diagnosis.duplicates.filter(({ leak }) => leak);
  const disagreeing = diagnosis.duplicates.filter(({ leak, disagree }) => disagree && !leak);
  const others = diagnosis.duplicates.filter(({ leak, disagree }) => !disagree && !leak);
  return [
    ...counts(diagnosis),
    ...section("Unreadable", unreadable, ({ reason }) => reason),
    ...section("The same in several splits: keep it in one", leaks, group),
    ...section("The same with different labels: one is wrong", disagreeing, group),
    ...section("The same, several times", others, group),
    ...section("Labels to look at", labels.suspects, (suspect) => {
      const { picture, suggested, suggestedProbability, labelProbability } = suspect;
      const given = `${classes[picture.label]} (${percent(labelProbability)})`;
      return `${picture.path}: ${given} → ${classes[suggested]} (${percent(suggestedProbability)})`;
    }),
    ...section(`Tiny`, tiny, ({ picture, width, height }) => `${picture.path}: ${width} × ${height} pixels`),
    ...section("Blank", blank, ({ path }) => path),
    "",
    ...classTable(diagnosis),
  ].join("\n");
}

function counts(diagnosis: Diagnosis): string[] {
  const { directory, pictures, classes, duplicates, balance, labels } = diagnosis;
  const groups = (wanted: (same: Duplicates) => boolean) => String(duplicates.filter(wanted).length);
  const copies = duplicates.reduce((sum, { pictures: same }) => sum + same.length - 1, 0);
  const unchecked = labels.unchecked.map((label) => classes[label]).join(", ");
  const rows: [string, string][] = [
    ["unreadable", String(diagnosis.unreadable.length)],
    [`tiny, below ${TINY} px`, String(diagnosis.tiny.length)],
    ["blank", String(diagnosis.blank.length)],
    ["duplicates", `${duplicates.length} groups, ${copies} pictures too many`],
    ["  across splits", groups(({ leak }) => leak)],
    ["  differently labelled", groups(({ disagree }) => disagree)],
    ["suspect labels", `${labels.suspects.length} of ${labels.checked}`],
    ...(unchecked ? [["  too few to judge", unchecked] as [string, string]] : []),
    ["largest to smallest", `${balance.ratio.toFixed(1)} to 1`],
    ...(balance.rare.length > 0
      ? [["  rare", balance.rare.map((label) => classes[label]).join(", ")] as [string, string]]
      : []),
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  return [
    `${directory}: ${pictures} pictures of ${classes.length} classes`,
    "",
    ...rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`),
  ];
}

/** A line for each class: how many pictures in each split, how many suspect labels, what they rather look like. */
function classTable({ classes, balance, labels }: Diagnosis): string[] {
  const width = Math.max("class".length, ...classes.map((name) => name.length));
  const cells = (values: readonly (string | number)[]) =>
    values.map((value) => String(value).padStart(9)).join("");
  const head = `${"class".padEnd(width)}${cells([...balance.splits.map((name) => (name === "all" ? "n" : name)), "suspect"])}`;
  return [
    `${head}  rather`,
    ...classes.map((name, label) => {
      const suspects = labels.suspects.filter(({ picture }) => picture.label === label);
      const row = cells([...balance.counts[label]!, suspects.length]);
      return `${name.padEnd(width)}${row}  ${commonest(suspects, classes)}`.trimEnd();
    }),
  ];
}

/** "otter 12, whale 3": the three classes that are suggested most. */
function commonest(suspects: Diagnosis["labels"]["suspects"], classes: readonly string[]): string {
  const counts = new Map<number, number>();
  for (const { suggested } of suspects) counts.set(suggested, (counts.get(suggested) ?? 0) + 1);
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .slice(0, 3)
    .map(([label, count]) => `${classes[label]} ${count}`)
    .join(", ");
}

const percent = (share: number): string => `${Math.round(100 * share)} %`;
