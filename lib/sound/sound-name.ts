const endings = ["wav", "mp3", "m4a", "aac", "ogg", "oga", "opus", "flac", "webm", "aif", "aiff"];

/** Media types and endings of recordings, as HTML's accept has them. */
export const soundTypes = ["audio/*", ...endings.map((ending) => `.${ending}`)].join(",");

/** Whether a file's name ends as those of recordings do. */
export const hasSoundEnding = (name: string): boolean =>
  endings.includes(name.slice(name.lastIndexOf(".") + 1).toLowerCase());
