import { PrivacyView } from "./privacy-view.tsx";

/** How the promise is kept and how to check it. */
export default function PrivacyPage() {
  return <PrivacyView />;
}
