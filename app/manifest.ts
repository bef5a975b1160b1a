import type { MetadataRoute } from "next";

/** Lets a browser keep the site like an app. The colours repeat those of globals.css, which cannot reach here. */
export default function manifest(): MetadataRoute.Manifest {
  return {
    name: "Nacre",
    short_name: "Nacre",
    start_url: "/",
    display: "standalone",
    background_color: "#f8f6f0",
    theme_color: "#f8f6f0",
    icons: [{ src: "/icon.svg", sizes: "any", type: "image/svg+xml" }],
  };
}
