/**
 * What each place of a picture says for each class (class activation maps: Zhou et al. 2016, "Learning Deep
 * Features for Discriminative Localization", §2): a class's logit is the mean of its map.
 */
export interface ClassMaps {
  /** [classes, height, width] */
  readonly values: Float32Array;
  readonly width: number;
  readonly height: number;
}

/** Values of places, rows from the top: [height, width]. */
export interface Field {
  readonly values: Float32Array;
  readonly width: number;
  readonly height: number;
}

/**
 * Where a picture speaks for a class, in [0, 1], 1 at the strongest place.
 *
 * What a place says for all classes alike is taken off first, because the softmax doesn't see it either; what
 * then speaks against the class counts as nothing. All zero where nothing speaks for it.
 */
export function evidenceFor(maps: ClassMaps, index: number): Field {
  const { width, height } = maps;
  const places = width * height;
  const classes = maps.values.length / places;
  const values = new Float32Array(places);
  for (let place = 0; place < places; place++) {
    let sum = 0;
    for (let c = 0; c < classes; c++) sum += maps.values[c * places + place]!;
    values[place] = Math.max(0, maps.values[index * places + place]! - sum / classes);
  }
  const strongest = values.reduce((most, value) => Math.max(most, value), 0);
  if (strongest > 0) for (let place = 0; place < places; place++) values[place]! /= strongest;
  return { values, width, height };
}
