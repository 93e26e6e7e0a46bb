/** The legend of colour as part of a picture: where its parts stand, and how they are drawn. */
import { NARROW } from "../figure/styles.ts";
import { colourOf } from "../look.ts";
import { endsOf, type ScaleView, samples } from "../text/scale.ts";
import type { Paper } from "./paper.ts";

/** In CSS pixels; `above` is the height it takes where it stands above the picture. */
export const LEGEND = { above: 36, width: 124, bar: 7, top: 10, right: 14, size: 11, line: 16 };

export interface LegendText {
  text: string;
  x: number;
  y: number;
  anchor: "start" | "middle" | "end";
}

export interface Legend {
  bar: { x: number; y: number; width: number; height: number };
  /** From left to right, as CSS colours. */
  colours: string[];
  texts: LegendText[];
}

/** Null where there is no range to show. */
export function legendOf(view: ScaleView, width: number): Legend | null {
  const { name, range, look, theme } = view;
  if (!(range.hi > 0)) return null;
  const narrow = width < NARROW;
  const named = name !== "" && !narrow;
  const bar = {
    x: width - LEGEND.right - LEGEND.width,
    y: LEGEND.top + (named ? LEGEND.line : 0),
    width: LEGEND.width,
    height: LEGEND.bar,
  };
  const below = bar.y + bar.height + 3 + LEGEND.size * 0.65;
  const ends = endsOf(view);
  const texts: LegendText[] = ends.map((text, at) => {
    const part = at / (ends.length - 1);
    const anchor = part === 0 ? "start" : part === 1 ? "end" : "middle";
    return { text, x: bar.x + part * bar.width, y: below, anchor };
  });
  if (named)
    texts.push({ text: name, x: bar.x + bar.width / 2, y: LEGEND.top + 5, anchor: "middle" });
  else if (name !== "") texts.push({ text: name, x: 12, y: bar.y + 4, anchor: "start" });
  const colours = samples(view).map(
    (value) => `rgb(${colourOf(value, range, look, theme).join(" ")})`,
  );
  return { bar, colours, texts };
}

export function drawLegend(
  context: CanvasRenderingContext2D,
  view: ScaleView,
  paper: Paper,
  { mono }: { mono: string },
  width: number,
): void {
  const legend = legendOf(view, width);
  if (!legend) return;
  const { bar, colours, texts } = legend;
  context.save();
  context.beginPath();
  context.roundRect(bar.x, bar.y, bar.width, bar.height, bar.height / 2);
  const gradient = context.createLinearGradient(bar.x, 0, bar.x + bar.width, 0);
  for (const [at, colour] of colours.entries())
    gradient.addColorStop((at + 0.5) / colours.length, colour);
  context.fillStyle = gradient;
  context.fill();
  context.font = `500 ${LEGEND.size}px ${mono}`;
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.lineWidth = 3;
  context.strokeStyle = paper.background;
  context.fillStyle = paper.quiet;
  for (const { text, x, y, anchor } of texts) {
    context.textAlign = anchor === "middle" ? "center" : anchor;
    context.globalCompositeOperation = paper.clear ? "destination-out" : "source-over";
    context.strokeText(text, x, y);
    context.globalCompositeOperation = "source-over";
    context.fillText(text, x, y);
  }
  context.restore();
}
