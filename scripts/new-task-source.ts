/** A task as the source of its task.ts. */

import type { Task, TaskClass } from "../engine/task.ts";

/** A task whose input is pictures. */
export type PictureTask = Task & { readonly input: { readonly kind: "image" } };

/** What models/<id>/task.ts says. `types` is where engine/task.ts lies, as the file would import it. */
export function taskSource({ id, title, classes, input, networks }: PictureTask, types: string): string {
  return `import type { Task } from ${text(types)};

// "en" and "zh" are what people read: correct them as you like, and write the Chinese where it still is the
// folder's name. "id" and the order belong to what has been trained; other names of folders go into "aliases".
const task: Task = {
  id: ${text(id)},
  title: { en: ${text(title.en)}, zh: ${text(title.zh)} },
  classes: [
${classes.map((known) => `    ${classSource(known)},`).join("\n")}
  ],
  // "crop" cuts the middle out of a picture, "squeeze" keeps all of it and loses its proportions.
  input: { kind: ${text(input.kind)}, fit: ${text(input.fit)} },
  networks: { ${Object.entries(networks)
    .map(([variant, network]) => `${variant}: ${text(network)}`)
    .join(", ")} },
};

export default task;
`;
}

function classSource({ id, en, zh, aliases }: TaskClass): string {
  const more = aliases ? `, aliases: [${aliases.map(text).join(", ")}]` : "";
  return `{ id: ${text(id)}, en: ${text(en)}, zh: ${text(zh)}${more} }`;
}

const text = (value: string): string => JSON.stringify(value);
