import { withSerwist } from "@serwist/turbopack";

/**
 * What a worker, the service worker and any other file may do. A page's own policy, which carries a nonce,
 * is written by proxy.ts; this one is for answers that the proxy doesn't see.
 */
const filePolicy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "connect-src 'self'",
].join("; ");

/** Isolation gives WASM its threads; the rest keeps what the page doesn't need out of reach. */
const everywhere = [
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
  { key: "Cross-Origin-Embedder-Policy", value: "require-corp" },
  { key: "Cross-Origin-Resource-Policy", value: "same-origin" },
  { key: "Referrer-Policy", value: "no-referrer" },
  { key: "X-Content-Type-Options", value: "nosniff" },
  {
    key: "Permissions-Policy",
    value: "camera=(self), microphone=(self), geolocation=(), payment=(), usb=(), browsing-topics=()",
  },
];

/** @type {import("next").NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  // The verify command checks the types of everything; who only wants to run the app need not wait for it.
  typescript: { ignoreBuildErrors: true },
  // They load native code and WASM of their own from node_modules.
  serverExternalPackages: [
    "@prisma/adapter-libsql",
    "@prisma/adapter-pg",
    "@prisma/client",
    "@prisma/driver-adapter-utils",
    "@prisma/schema-engine-wasm",
    "pg-boss",
    // It asks for every store that it could count in.
    "rate-limiter-flexible",
  ],
  rewrites: async () => ({
    // Browsers are shown a page; programs and the service worker get the same as JSON.
    beforeFiles: [
      {
        source: "/models",
        missing: [
          { type: "header", key: "accept", value: ".*text/html.*" },
          { type: "header", key: "rsc" },
        ],
        destination: "/models.json",
      },
    ],
  }),
  headers: async () => [
    { source: "/:path*", headers: everywhere },
    ...["/_next/static/:path*", "/serwist/:path*", "/api/:path*", "/models/:task/:version/:file"].map(
      (source) => ({
        source,
        headers: [{ key: "Content-Security-Policy", value: filePolicy }],
      }),
    ),
  ],
};

export default withSerwist(config);
