/** The page that `doctor --html` writes: one file that needs no other and no network. */

import { basename, dirname, relative, resolve, sep } from "node:path";
import { type Diagnosis, type Duplicates, type Labelled, TINY } from "../../engine/doctor/diagnosis.ts";
import { style } from "./style.ts";
import { OF_GROUP, SHOWN } from "./thumbnails.ts";

/**
 * The page as pieces of text. Every picture on it leads to its file.
 *
 * @param thumbnails small copies of the pictures as data: addresses, by their paths
 * @param file where the page will be, absolute
 */
export function* page(
  diagnosis: Diagnosis,
  thumbnails: ReadonlyMap<string, string>,
  file: string,
): Generator<string, void, undefined> {
  const { directory, pictures, classes } = diagnosis;
  const title = `${basename(resolve(directory))}: ${pictures} pictures of ${classes.length} classes`;
  const sections = [labels, duplicates, unreadable, tiny, blank].map((section) => section(diagnosis));
  const picture: Show = ({ path }, words) => `<li><a class="picture" href="${address(path, file)}">
<img src="${thumbnails.get(path) ?? ""}" alt="" loading="lazy" decoding="async">
${words.map((line) => `<span>${line}</span>`).join("")}<span class="file">${escaped(basename(path))}</span></a></li>\n`;
  yield `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<title>${escaped(title)}</title><style>${style}</style></head><body>
<header><h1>${escaped(title)}</h1><nav aria-label="Findings"><ul>
${sections.map(({ id, heading, count }) => `<li><a href="#${id}">${heading}</a> <b>${count}</b></li>`).join("\n")}
<li><a href="#classes">Classes</a> <b>${classes.length}</b></li></ul></nav></header><main>\n`;
  for (const { id, heading, count, advice, body } of sections) {
    yield `<section aria-labelledby="${id}"><h2 id="${id}">${heading}</h2>\n`;
    if (count === 0) yield "<p>None found.</p>\n";
    else {
      yield `<p>${advice}${count > SHOWN ? ` The worst ${SHOWN} of ${count} are shown.` : ""}</p>\n`;
      yield* body(picture);
    }
    yield "</section>\n";
  }
  yield `${classTable(diagnosis)}</main></body></html>\n`;
}

/** A picture with lines of HTML below it. */
type Show = (picture: Labelled, words: readonly string[]) => string;

interface Section {
  readonly id: string;
  readonly heading: string;
  readonly count: number;
  readonly advice: string;
  readonly body: (show: Show) => Iterable<string>;
}

/** By the label that was given: a class that suffers from one confusion shows it. */
function labels({ labels: { suspects }, classes }: Diagnosis): Section {
  return {
    id: "labels",
    heading: "Labels to look at",
    count: suspects.length,
    advice: "The given label → the one that other pictures speak for, the most suspect first.",
    *body(show) {
      const shown = suspects.slice(0, SHOWN);
      for (const [label, name] of classes.entries()) {
        const own = shown.filter(({ picture }) => picture.label === label);
        if (own.length === 0) continue;
        yield `<h3>${escaped(name)} <span>${own.length}</span></h3><ul class="sheet">\n`;
        for (const { picture, suggested, suggestedProbability, labelProbability } of own) {
          yield show(picture, [
            `${escaped(name)} ${percent(labelProbability)}`,
            `→ <b>${escaped(classes[suggested]!)} ${percent(suggestedProbability)}</b>`,
          ]);
        }
        yield "</ul>\n";
      }
    },
  };
}

function duplicates({ duplicates: groups, classes }: Diagnosis): Section {
  return {
    id: "duplicates",
    heading: "Duplicates",
    count: groups.length,
    advice:
      "Pictures that show the same. Across splits they make every figure look better than it is; with different labels one of them is wrong.",
    *body(show) {
      for (const group of groups.slice(0, SHOWN)) {
        yield `<div class="group">${remarks(group)}<ul class="sheet">\n`;
        for (const picture of group.pictures.slice(0, OF_GROUP)) {
          const split = picture.split === "all" ? [] : [picture.split];
          yield show(picture, [`<b>${escaped(classes[picture.label]!)}</b>`, ...split]);
        }
        yield "</ul></div>\n";
      }
    },
  };
}

function remarks({ leak, disagree, mirrored, pictures }: Duplicates): string {
  const warnings = [...(leak ? ["In several splits."] : []), ...(disagree ? ["With different labels."] : [])];
  const notes = [
    ...(mirrored ? ["Mirrored."] : []),
    ...(pictures.length > OF_GROUP ? [`${OF_GROUP} of ${pictures.length} are shown.`] : []),
  ];
  if (warnings.length + notes.length === 0) return "";
  return `<p><span class="warning">${warnings.join(" ")}</span> ${notes.join(" ")}</p>`;
}

function unreadable({ unreadable: found }: Diagnosis): Section {
  return {
    id: "unreadable",
    heading: "Unreadable",
    count: found.length,
    advice: "Training stops at these.",
    *body() {
      yield '<ul class="paths">\n';
      for (const { reason } of found.slice(0, SHOWN)) yield `<li>${escaped(reason)}</li>\n`;
      yield "</ul>\n";
    },
  };
}

function tiny({ tiny: found, classes }: Diagnosis): Section {
  return {
    id: "tiny",
    heading: "Tiny",
    count: found.length,
    advice: `The shorter side is below ${TINY} pixels: there is little to learn from.`,
    *body(show) {
      yield '<ul class="sheet">\n';
      for (const { picture, width, height } of found.slice(0, SHOWN)) {
        yield show(picture, [`<b>${escaped(classes[picture.label]!)}</b> ${width} × ${height}`]);
      }
      yield "</ul>\n";
    },
  };
}

function blank({ blank: found, classes }: Diagnosis): Section {
  return {
    id: "blank",
    heading: "Blank",
    count: found.length,
    advice: "Of one brightness all over.",
    *body(show) {
      yield '<ul class="sheet">\n';
      for (const picture of found.slice(0, SHOWN))
        yield show(picture, [`<b>${escaped(classes[picture.label]!)}</b>`]);
      yield "</ul>\n";
    },
  };
}

function classTable({ classes, balance, labels: { suspects } }: Diagnosis): string {
  const cells = (tag: string, values: readonly (string | number)[]) =>
    values.map((value) => `<${tag}>${value}</${tag}>`).join("");
  const heads = [...balance.splits.map((name) => (name === "all" ? "pictures" : name)), "to look at"];
  const rows = classes.map((name, label) => {
    const count = suspects.filter(({ picture }) => picture.label === label).length;
    return `<tr><th scope="row">${escaped(name)}</th>${cells("td", [...balance.counts[label]!, count])}</tr>`;
  });
  return `<section aria-labelledby="classes"><h2 id="classes">Classes</h2>
<p>The largest has ${balance.ratio.toFixed(1)} times as many pictures as the smallest.</p>
<div class="table" tabindex="0" role="group" aria-label="Pictures of each class"><table>
<thead><tr><th scope="col">class</th>${heads.map((head) => `<th scope="col">${head}</th>`).join("")}</tr></thead>
<tbody>${rows.join("\n")}</tbody></table></div></section>\n`;
}

/** The way from the page to a picture, as an address. */
function address(path: string, file: string): string {
  const way = relative(dirname(file), resolve(path));
  return way.split(sep).map(encodeURIComponent).join("/");
}

/** "97 %", on one line. */
const percent = (share: number): string => `${Math.round(100 * share)}&nbsp;%`;

/** Text as HTML, in attributes too: folders may bear any name. */
function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
