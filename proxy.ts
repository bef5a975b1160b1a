import { type NextRequest, NextResponse } from "next/server";

/**
 * Gives every page a Content-Security-Policy with a fresh nonce (CSP Level 3 §6.7): only scripts that this
 * server wrote into the page run, nothing is evaluated from text, and no other host can be reached.
 */
export function proxy(request: NextRequest): NextResponse {
  const nonce = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16))));
  const policy = pagePolicy(nonce, process.env.NODE_ENV === "development");
  const headers = new Headers(request.headers);
  headers.set("Content-Security-Policy", policy); // Next reads the nonce from here
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("Content-Security-Policy", policy);
  return response;
}

/**
 * Pages only: files and what programs are answered have a policy of their own in next.config.js, and prefetches carry
 * no scripts. (Besides, Next keeps the body of what passes here, and cuts long ones off.)
 */
export const config = {
  matcher: [
    {
      source:
        "/((?!_next/|serwist/|api/|runs/uploads|models/[^/]+/[^/]+/|icon\\.svg$|icons/|manifest.webmanifest).*)",
      missing: [
        { type: "header", key: "next-router-prefetch" },
        { type: "header", key: "purpose", value: "prefetch" },
      ],
    },
  ],
};

function pagePolicy(nonce: string, development: boolean): string {
  return [
    "default-src 'self'",
    // Development compiles in the page and needs eval; a production build never does.
    `script-src 'self' 'nonce-${nonce}' 'wasm-unsafe-eval'${development ? " 'unsafe-eval'" : ""}`,
    `style-src 'self'${development ? " 'unsafe-inline'" : ""}`,
    "img-src 'self' blob:",
    "media-src 'self' blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}
