"use client";

import { useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import { Notice } from "../lib/ui/notice.tsx";

/** A page that stays open asks for a new version at most this often, in ms: every hour. */
const askInterval = 3_600_000;

/**
 * Registers the service worker, which keeps the pages for the times without a network, and offers a new version of
 * it that waits. The old one goes on until the reader agrees: it has the program files of the pages that are open.
 */
export function ServiceWorker() {
  const t = useTranslations("update");
  const [waiting, setWaiting] = useState<globalThis.ServiceWorker>();

  useEffect(() => {
    if (process.env.NODE_ENV !== "production" || !("serviceWorker" in navigator)) return;
    let over = false;
    let stop = () => {};
    navigator.serviceWorker
      .register("/serwist/sw.js", { scope: "/", type: "module", updateViaCache: "none" })
      .then((registration) => {
        if (!over) stop = watchForUpdates(registration, setWaiting);
      })
      // Without it (private windows, http) everything works, only not offline.
      .catch((error) => console.warn("No service worker:", error));
    return () => {
      over = true;
      stop();
    };
  }, []);

  if (waiting === undefined) return null;
  function load() {
    navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
    waiting?.postMessage({ type: "SKIP_WAITING" });
  }
  return <Notice text={t("app")} action={t("load")} onAction={load} />;
}

/** Tells of a version that is installed but waits for the one in use; returns how to stop that. */
function watchForUpdates(
  registration: ServiceWorkerRegistration,
  onWaiting: (waiting: globalThis.ServiceWorker) => void,
): () => void {
  const tell = () => {
    // The very first version replaces nothing and doesn't wait.
    if (registration.waiting !== null && registration.active !== null) onWaiting(registration.waiting);
  };
  const follow = () => registration.installing?.addEventListener("statechange", tell);
  let asked = performance.now();
  const ask = () => {
    if (document.visibilityState === "hidden" || performance.now() - asked < askInterval) return;
    asked = performance.now();
    registration.update().catch(() => undefined); // offline: the next time, then
  };
  tell();
  follow();
  registration.addEventListener("updatefound", follow);
  document.addEventListener("visibilitychange", ask);
  return () => {
    registration.removeEventListener("updatefound", follow);
    document.removeEventListener("visibilitychange", ask);
  };
}
