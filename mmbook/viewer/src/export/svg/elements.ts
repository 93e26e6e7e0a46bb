/** Elements as discs: where the page shows a ball, the drawing has a disc of its mean colour. */
import { partialMatrix } from "../../animation/partial.ts";
import type { Camera } from "../../camera.ts";
import { INKS, TOUCHING } from "../../gl/appearance.ts";
import type { Slab } from "../../gl/pieces.ts";
import { RING } from "../../gl/shaders/element.ts";
import { valueAt } from "../../inspect/cell.ts";
import { cellPosition, type Drawn } from "../../layout.ts";
import { levelColours } from "../../levels/colours.ts";
import { colourOf, sizeOf, type Theme } from "../../look.ts";
import type { Matrix } from "../../scene.ts";
import type { LookSettings } from "../../settings.ts";
import { element, rgb } from "./xml.ts";

/** Smaller discs cannot be seen. */
const FAINTEST = 0.05;

interface Disc {
  depth: number;
  text: string;
}

export function elements(
  { rect }: Slab,
  drawn: Drawn,
  camera: Camera,
  look: LookSettings,
  theme: Theme,
  matrices: ReadonlyMap<string, Matrix>,
): string {
  const { placed, range, highlight, opacity, paint } = drawn;
  const codes = paint && matrices.get(paint.codes);
  const colours = paint ? levelColours(paint.levels, theme) : [];
  const value = valuesOf(drawn, matrices);
  const { width, height } = camera.size;
  const full = (0.5 * look.elem_scale) / TOUCHING;
  const discs: Disc[] = [];
  for (let row = rect.row; row < rect.rowEnd; row += 1) {
    for (let col = rect.col; col < rect.colEnd; col += 1) {
      const x = value(row, col);
      const { x: cx, y: cy, depth, scale } = camera.project(cellPosition(placed, row, col));
      const level = colours[(codes?.data[row * codes.cols + col] ?? 0) - 1];
      const size = level ? 1 : sizeOf(x, range, look);
      const r = Math.min(0.5, full * size) * scale;
      if (depth <= camera.near || !(r > FAINTEST)) continue;
      if (cx < -r || cy < -r || cx > width + r || cy > height + r) continue;
      const lit = highlight !== null && inside(row, highlight.rows) && inside(col, highlight.cols);
      const colour = rgb(brought(level ?? colourOf(x, range, look, theme), lit ? theme : null));
      discs.push({
        depth,
        text: Number.isNaN(x) ? ring(cx, cy, r, colour) : disc(cx, cy, r, colour),
      });
    }
  }
  discs.sort((a, b) => b.depth - a.depth);
  const attributes = { "data-path": placed.path, opacity: opacity < 1 ? opacity : null };
  return element("g", attributes, ...discs.map(({ text }) => text));
}

const disc = (cx: number, cy: number, r: number, fill: string): string =>
  element("circle", { cx, cy, r, fill });

/** No value: hollow. */
function ring(cx: number, cy: number, r: number, stroke: string): string {
  const width = r * (1 - RING);
  return element("circle", {
    cx,
    cy,
    r: r - width / 2,
    fill: "none",
    stroke,
    "stroke-width": width,
  });
}

const inside = (index: number, [from, to]: readonly [number, number]): boolean =>
  index >= from && index < to;

/** A lit element's colour goes part of the way to that of the light. */
function brought(colour: readonly number[], theme: Theme | null): readonly number[] {
  if (!theme) return colour;
  const [r, g, b, part] = INKS[theme].highlight;
  return [r, g, b].map((light, n) => (colour[n] ?? 0) * (1 - part) + 255 * light * part);
}

function valuesOf(
  { placed, source }: Drawn,
  matrices: ReadonlyMap<string, Matrix>,
): (row: number, col: number) => number {
  if (source.kind !== "partial")
    return (row, col) => valueAt({ placed, source, row, col }, matrices);
  const sums = partialMatrix(source, matrices);
  return (row, col) => sums[row * source.cols + col] ?? Number.NaN;
}
