/** The key in the corner: what lines and rows of colours stand for. */
import { PAD, type PlacedEntry, SAMPLE, SIZE, SWATCH, widthOf } from "../../text/key.ts";
import type { Paper } from "../paper.ts";
import { fontOf, MIDDLE, rimOf } from "./lettering.ts";
import { element, escaped } from "./xml.ts";

/** Width of a line's sample. */
const LINE = 3;

export function key(placed: readonly PlacedEntry[], font: string, paper: Paper): string {
  if (placed.length === 0) return "";
  const entries = placed.map(({ entry, x, y }) => {
    const { sample, text } = entry;
    const samples =
      sample.kind === "line"
        ? [
            element("path", {
              d: `M${x} ${y}h${SAMPLE}`,
              stroke: sample.colour,
              "stroke-width": LINE,
              "stroke-dasharray": sample.dash?.join(" "),
            }),
          ]
        : sample.colours.map((fill, n) =>
            element("rect", {
              x: x + n * SWATCH,
              y: y - SWATCH,
              width: SWATCH,
              height: 2 * SWATCH,
              fill,
            }),
          );
    const at = { x: x + widthOf(entry) + PAD, y: y + MIDDLE * SIZE };
    return [...samples, element("text", { ...at, ...rimOf(paper, 4) }, escaped(text))].join("");
  });
  return element("g", { id: "key", fill: paper.ink, ...fontOf(font) }, ...entries);
}
