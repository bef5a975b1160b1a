"use client";

import { useRouter } from "next/navigation";
import { useCallback } from "react";
import { useChoices } from "../../../lib/ui/preferences.tsx";

/** What a word does to the page, by the id of its class; each is a word of sound.commands. */
export const appCommands = {
  up: "scroll",
  down: "scroll",
  left: "language",
  right: "language",
  on: "appearance",
  off: "appearance",
  stop: "stop",
  go: "go",
} as const;

/** Does what a word says to the page; words that mean nothing to it do nothing. */
export function useAppCommands(onStop: () => void): (word: string) => void {
  const router = useRouter();
  const { setLocale, setTheme } = useChoices();
  return useCallback(
    (word) => {
      switch (word) {
        case "up":
        case "down":
          return scrollBy({ top: (word === "up" ? -0.5 : 0.5) * innerHeight });
        case "left":
        case "right":
          return setLocale(word === "left" ? "en" : "zh");
        case "on":
        case "off":
          return setTheme(word === "on" ? "light" : "dark");
        case "stop":
          return onStop();
        case "go":
          onStop();
          return router.push("/");
      }
    },
    [onStop, router, setLocale, setTheme],
  );
}
