/** A task is what a classifier is asked: its classes, how it takes its input, which networks answer. */

/** A name in the languages that the app speaks. */
export interface Name {
  readonly en: string;
  readonly zh: string;
}

/** One of the answers. */
export interface TaskClass extends Name {
  /** Stable and file-safe: lower-case letters, digits and hyphens. The name of the class's folder. */
  readonly id: string;
  /** Other names that folders of this class bear, such as a data set's own spelling. */
  readonly aliases?: readonly string[];
}

/** How a task takes its input. */
export type TaskInput =
  | {
      readonly kind: "image";
      /** How a picture becomes square: "squeeze" scales both sides, "crop" cuts the middle. */
      readonly fit: "squeeze" | "crop";
    }
  | { readonly kind: "sound" }
  | { readonly kind: "text" };

/** What a classifier is given: a photo, a recording, a text. */
export type InputKind = TaskInput["kind"];

/** What `models/<id>/task.ts` exports by default. */
export interface Task {
  /** The name of the task's folder under `models/`. */
  readonly id: string;
  readonly title: Name;
  /** In the order of the logits. */
  readonly classes: readonly TaskClass[];
  readonly input: TaskInput;
  /** The network of each variant that is released, by its name in `engine/networks`. */
  readonly networks: Readonly<Record<string, string>>;
}

/**
 * The index of the class that a folder's name means, by id, alias or name in a language, whatever its case and
 * separators ("Bongo Drum", "bongo_drum" and "bongo-drum" are one, but "-1" is not "1"); −1 where it means none.
 */
export function findClass(classes: readonly TaskClass[], folder: string): number {
  const wanted = folded(folder);
  return classes.findIndex(({ id, en, zh, aliases = [] }) =>
    [id, en, zh, ...aliases].some((name) => folded(name) === wanted),
  );
}

function folded(name: string): string {
  return name
    .normalize("NFKC")
    .toLowerCase()
    .replace(/(?!^-\d)[\s_-]+/g, "");
}
