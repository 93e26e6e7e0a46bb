/** Text of the drawing: names, dimensions, tokens, title, legend. */
import type { Label, Measure } from "../../text/label.ts";
import { HALO, RIM } from "../../text/lettering.ts";
import type { Legend } from "../legend.ts";
import { LEGEND } from "../legend.ts";
import type { Paper } from "../paper.ts";
import { element, escaped } from "./xml.ts";

/** From the middle of a line of text down to its baseline, as a part of its size. */
export const MIDDLE = 0.35;

const GENERIC = /(^|,)\s*(serif|sans-serif|monospace|cursive|fantasy|system-ui|ui-[a-z-]+)\s*$/;

/** A family's name may not be installed where the drawing is shown: some generic one ends the list. */
export const withFallback = (family: string, generic: string): string =>
  GENERIC.test(family) ? family : `${family}, ${generic}`;

/** CSS: weight, size in pixels, family. */
export function fontOf(font: string): Record<string, string> {
  const [, weight = "400", size = "12", family = "sans-serif"] =
    /^(\S+) ([\d.]+)px (.*)$/s.exec(font) ?? [];
  return {
    "font-family": withFallback(family.trim(), "sans-serif"),
    "font-size": size,
    "font-weight": weight,
  };
}

/** With a rim, except where nothing is under it that could have its colour. */
export const rimOf = ({ background, clear }: Paper, width: number): Record<string, string> =>
  clear
    ? {}
    : {
        stroke: background,
        "stroke-width": `${width}`,
        "stroke-opacity": `${RIM}`,
        "stroke-linejoin": "round",
        "paint-order": "stroke",
      };

export function lettered(label: Label, paper: Paper, measure: Measure): string {
  const turn = (label.angle * 180) / Math.PI;
  const place = `translate(${label.x.toFixed(2)} ${label.y.toFixed(2)})`;
  const transform = turn === 0 ? place : `${place} rotate(${turn.toFixed(2)})`;
  let x = 0;
  const runs = label.runs.map(({ text, font, strength }) => {
    const styles = fontOf(font);
    // White space at the beginning is a distance.
    const start = x + measure(/^\s*/.exec(text)?.[0] ?? "", font);
    x += measure(text, font);
    return element(
      "text",
      {
        ...styles,
        x: start,
        y: MIDDLE * Number(styles["font-size"]),
        "fill-opacity": strength < 1 ? strength : null,
      },
      escaped(text.trim()),
    );
  });
  const attributes = { transform, opacity: label.opacity < 1 ? label.opacity : null };
  return element("g", { ...attributes, ...rimOf(paper, HALO) }, ...runs);
}

export function legend({ bar, colours, texts }: Legend, paper: Paper, mono: string): string {
  const stops = colours.map((colour, at) =>
    element("stop", { offset: ((at + 0.5) / colours.length).toFixed(4), "stop-color": colour }),
  );
  const { x, y, width, height } = bar;
  return element(
    "g",
    { id: "legend" },
    element("linearGradient", { id: "colours" }, ...stops),
    element("rect", { x, y, width, height, rx: height / 2, fill: "url(#colours)" }),
    ...texts.map(({ text, x, y, anchor }) =>
      element(
        "text",
        {
          ...rimOf(paper, 3),
          x,
          y: y + MIDDLE * LEGEND.size,
          "text-anchor": anchor === "start" ? null : anchor,
          fill: paper.quiet,
          "font-family": withFallback(mono, "monospace"),
          "font-size": LEGEND.size,
          "font-weight": 500,
        },
        escaped(text),
      ),
    ),
  );
}
