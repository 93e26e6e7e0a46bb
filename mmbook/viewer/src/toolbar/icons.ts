/** The toolbar's drawings: strokes on a 20 × 20 grid, in the colour of the text around them. */
import { makeSvg } from "../figure/markup.ts";

/** Paths of each icon; one that begins with `!` is filled. */
const PATHS = {
  play: ["!M6.5 4.4v11.2L15.5 10z"],
  pause: ["!M6 4.5h2.8v11H6zM11.2 4.5H14v11h-2.8z"],
  stop: ["!M5.2 5.2h9.6v9.6H5.2z"],
  back: ["!M14.5 5v10L7.6 10z", "M5.4 5v10"],
  forward: ["!M5.5 5v10l6.9-5z", "M14.6 5v10"],
  restart: ["M5.2 9.2A5.2 5.2 0 1 1 6 13.2", "M4.4 4.9v4.6H9"],
  loop: [
    "M4 9.4V8.6a2.6 2.6 0 0 1 2.6-2.6h8.2M12.2 3.2 15 6l-2.8 2.8",
    "M16 10.6v.8a2.6 2.6 0 0 1-2.6 2.6H5.2M7.8 16.8 5 14l2.8-2.8",
  ],
  reset: ["M10 3.2 16 6.6v6.8L10 16.8 4 13.4V6.6z", "M4 6.6l6 3.4 6-3.4", "M10 10v6.8"],
  look: ["M3.5 6h4.2M11.3 6h5.2M3.5 14h6.2M13.3 14h3.2", "M9.5 4.2v3.6M11.5 12.2v3.6"],
  link: [
    "M8.6 11.4a3 3 0 0 0 4.3 0l2.6-2.6a3 3 0 0 0-4.3-4.3l-1 1",
    "M11.4 8.6a3 3 0 0 0-4.3 0l-2.6 2.6a3 3 0 0 0 4.3 4.3l1-1",
  ],
  done: ["M4.5 10.5l3.6 3.6 7.4-8"],
  expand: ["M4 7.6V4h3.6M12.4 4H16v3.6M16 12.4V16h-3.6M7.6 16H4v-3.6"],
  shrink: ["M7.6 4v3.6H4M16 7.6h-3.6V4M12.4 16v-3.6H16M4 12.4h3.6V16"],
  help: ["M7.4 7.4a2.6 2.6 0 1 1 3.7 2.5c-.8.4-1.1.9-1.1 1.8", "M10 14.6v.2"],
  close: ["M5.5 5.5l9 9M14.5 5.5l-9 9"],
} as const satisfies Record<string, readonly string[]>;

export type IconName = keyof typeof PATHS;

export function icon(name: IconName): SVGElement {
  const paths = PATHS[name].map((path) =>
    path.startsWith("!")
      ? makeSvg("path", { d: path.slice(1), class: "solid" })
      : makeSvg("path", { d: path }),
  );
  return makeSvg(
    "svg",
    { viewBox: "0 0 20 20", "aria-hidden": "true", focusable: "false" },
    ...paths,
  );
}
