/** What the engine has for browsers alone. */

export { decodeImage, readPixels } from "./data/image/decode.web.ts";
export { type WebDevice, type WebRuntimeOptions, webRuntime } from "./runtime/web.ts";
