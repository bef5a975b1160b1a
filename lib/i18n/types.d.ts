import type { Locale } from "../preferences.ts";
import type { Messages } from "./en.ts";

declare module "use-intl" {
  /** Lets the compiler check every key of a message. */
  interface AppConfig {
    Locale: Locale;
    Messages: Messages;
  }
}
