"use client";

import { useEffect } from "react";

/** Registers the service worker, which keeps the pages for the times without a network. */
export function ServiceWorker() {
  useEffect(() => {
    if (process.env.NODE_ENV !== "production" || !("serviceWorker" in navigator)) return;
    // Without it (private windows, http) everything works, only not offline.
    navigator.serviceWorker
      .register("/serwist/sw.js", { scope: "/", type: "module", updateViaCache: "none" })
      .catch((error) => console.warn("No service worker:", error));
  }, []);
  return null;
}
