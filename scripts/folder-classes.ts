/** From the names of folders to the classes of a task. */

import { findClass, type TaskClass } from "../engine/task.ts";

/**
 * The classes that folders stand for, in the folders' order: names that differ in case and separators only are
 * one class. `findClass` finds the class of each folder, also after the names in both languages were rewritten.
 */
export function classesOf(folders: readonly string[]): TaskClass[] {
  const names: string[] = [];
  for (const folder of folders) if (!isAmong(names, folder)) names.push(folder);
  const ids: string[] = [];
  return names.map((name) => {
    const plain = fileSafe(name) || "class";
    const spoken = { en: asSpoken(name), zh: asSpoken(name) };
    if (isAmong([plain], name)) return { id: plain, ...spoken };
    // Accents or another script were lost: the id must not be what another folder is called.
    let id = plain;
    for (let i = 2; isAmong([...names, ...ids], id); i++) id = `${plain}-${i}`;
    ids.push(id);
    return { id, ...spoken, aliases: [name] };
  });
}

/** "bald-eagle" as a person would write it: "bald eagle"; a number keeps its sign. */
export const asSpoken = (name: string): string => name.replace(/(?!^-\d)[-_]+/g, " ");

function isAmong(names: readonly string[], name: string): boolean {
  return (
    findClass(
      names.map((known) => ({ id: known, en: known, zh: known })),
      name,
    ) >= 0
  );
}

/** What is left of a name in lower-case letters, digits and hyphens: of "Käse & Wein" it is "kase-wein", of "-1" "minus-1". */
function fileSafe(name: string): string {
  return name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/^-(?=\d)/, "minus-")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}
