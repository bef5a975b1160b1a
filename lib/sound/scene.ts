/** A little submarine that obeys words: where it is, where it looks, whether it goes and shines. */
export interface Scene {
  /** Its place: column from the left, row from the surface. */
  readonly x: number;
  readonly y: number;
  readonly facing: Direction;
  /** It goes on by itself, a place at a time. */
  readonly going: boolean;
  readonly lamp: boolean;
}

export const directions = ["up", "down", "left", "right"] as const;
export type Direction = (typeof directions)[number];

/** All words that it obeys, by the ids of their classes. */
export const sceneWords: readonly string[] = [...directions, "go", "stop", "on", "off"];

/** How many places there are. */
export const [COLUMNS, ROWS] = [9, 5];

/** In the middle, at rest, in the dark. */
export const atRest: Scene = { x: 4, y: 2, facing: "right", going: false, lamp: false };

/** What becomes of it at a word: one place in a direction, going or stopping, its lamp. Other words change nothing. */
export function obey(scene: Scene, word: string): Scene {
  switch (word) {
    case "up":
    case "down":
    case "left":
    case "right":
      return move(scene, word);
    case "go":
    case "stop":
      return { ...scene, going: word === "go" };
    case "on":
    case "off":
      return { ...scene, lamp: word === "on" };
    default:
      return scene;
  }
}

/** One place on, in the direction it looks; it turns round where there is no further place. */
export function goOn(scene: Scene): Scene {
  const moved = move(scene, scene.facing);
  return moved.x === scene.x && moved.y === scene.y ? move(scene, opposite[scene.facing]) : moved;
}

const opposite = { up: "down", down: "up", left: "right", right: "left" } as const;

function move(scene: Scene, facing: Direction): Scene {
  const [dx, dy] = { up: [0, -1], down: [0, 1], left: [-1, 0], right: [1, 0] }[facing] as [number, number];
  const within = (value: number, count: number) => Math.min(count - 1, Math.max(0, value));
  return { ...scene, facing, x: within(scene.x + dx, COLUMNS), y: within(scene.y + dy, ROWS) };
}
