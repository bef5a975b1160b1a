/** Bounds on what programs may ask of this server. */

/** The longest body, in bytes. */
export const BODY_BYTES = 32 * 2 ** 20;
/** All bodies that are held at once, in bytes. */
export const ALL_BODY_BYTES = 128 * 2 ** 20;
/** How long a body may pause, and how long it may take altogether, in ms. */
export const BODY_PAUSE = 10_000;
export const BODY_TIME = 60_000;

/** Inputs in one request, and inputs that wait or are being answered. */
export const ITEMS = 64;
export const ALL_ITEMS = 128;

/** Width × height of a picture, lower than on the visitor's own device because strangers share this memory. */
export const PICTURE_PIXELS = 50_000_000;
/** The longest recording, in seconds. */
export const RECORDING_SECONDS = 120;
/** The longest text, in UTF-16 code units. */
export const TEXT_LENGTH = 100_000;

/** How long a model that nobody asks stays in memory, in ms, and how many do. */
export const IDLE_TIME = 5 * 60_000;
export const WARM_MODELS = 3;

/** Inputs a minute for an address, unless NACRE_ITEMS_PER_MINUTE says otherwise; with a key so many times as many. */
export const ITEMS_PER_MINUTE = 60;
export const KEY_FACTOR = 10;

/** When to come again if this server has too much to do, in s. */
export const RETRY_AFTER = 2;
