import { createSerwistRoute } from "@serwist/turbopack";

/**
 * The service worker, built together with the pages: it knows the program files of this build. Models are
 * none of them, they are kept by the page itself; the WASM of the graphics card's runtime is kept when it
 * is first used.
 */
export const { dynamic, dynamicParams, revalidate, generateStaticParams, GET } = createSerwistRoute({
  swSrc: "app/sw.ts",
  globDirectory: process.cwd(),
  globPatterns: [".next/static/**/*.{js,mjs,css,wasm,woff2}", "public/samples/**/*.webp"],
  globIgnores: ["**/*asyncify*"],
  maximumFileSizeToCacheInBytes: 20_000_000,
  useNativeEsbuild: true,
});
