import { unstable_doesMiddlewareMatch as isPage } from "next/experimental/testing/server";
import { expect, test } from "vitest";
import { config } from "../proxy.ts";

test("pages get a policy of their own, files do not", () => {
  for (const url of ["/", "/marine", "/iconic-birds", "/icons-of-trees", "/models/marine", "/api"])
    expect(isPage({ config, url }), url).toBe(true);
  for (const url of [
    "/icon.svg",
    "/icons/192.png",
    "/manifest.webmanifest",
    "/models/marine/light-1.0.0/weights.bin",
  ])
    expect(isPage({ config, url }), url).toBe(false);
});
