import { startCounting } from "./lib/privacy/sent.ts";

// Next runs this file before anything else in the page: nothing can be sent uncounted.
startCounting();
