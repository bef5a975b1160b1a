import type { MetadataRoute } from "next";

const png = (size: number, file: string, purpose: "any" | "maskable") =>
  ({ src: `/icons/${file}`, sizes: `${size}x${size}`, type: "image/png", purpose }) as const;

/**
 * Lets a browser install the site like an app. The colours repeat those of globals.css, which cannot reach here;
 * the icons are renderings of icon.svg, the maskable one without its round corners.
 */
export default function manifest(): MetadataRoute.Manifest {
  return {
    id: "/",
    name: "Nacre",
    short_name: "Nacre",
    description: "Knows what is in your picture. Everything happens on your own device.",
    start_url: "/",
    display: "standalone",
    background_color: "#f8f6f0",
    theme_color: "#f8f6f0",
    icons: [
      { src: "/icon.svg", sizes: "any", type: "image/svg+xml" },
      png(192, "192.png", "any"),
      png(512, "512.png", "any"),
      png(512, "maskable.png", "maskable"),
    ],
  };
}
