/** A line in the plane of a matrix → its place in the painter's order, and the ribbons that draw it. */
import { add, cross, dot, normalize, scale, subtract } from "../camera/vector.ts";
import type { Stroke } from "../highlight/strokes.ts";
import { type Ink, styleOf } from "../highlight/style.ts";
import type { Vec3 } from "../layout.ts";
import type { Theme } from "../look.ts";
import type { View } from "./frame.ts";
import type { AxisIndex, Flat } from "./order.ts";

/** Widths in CSS pixels; the rim, on either side, lets a line show on any colour. */
export const WIDTHS = { seam: 1.5, ring: 2.25, rim: 1.25 } as const;
/** Strength of the rim. */
export const RIM_STRENGTH = 0.8;
/** Most dashes of one line. */
const MOST = 300;

export const RIMS: Readonly<Record<Theme, Ink>> = { light: [1, 1, 1], dark: [0.04, 0.05, 0.08] };
export const SEAMS: Readonly<Record<Theme, Ink>> = {
  light: [0.1, 0.11, 0.15],
  dark: [0.94, 0.96, 1],
};

/** After the elements of its plane. */
const RANK = 2;

export function flatStroke(item: Stroke): Flat<Stroke> {
  const { from, to, facing } = item;
  const axis = ([0, 1, 2] as const).reduce<AxisIndex>(
    (most, a) => (Math.abs(facing[a]) > Math.abs(facing[most]) ? a : most),
    0,
  );
  const each = (pick: (...values: number[]) => number): Vec3 => [
    pick(from[0], to[0]),
    pick(from[1], to[1]),
    pick(from[2], to[2]),
  ];
  return {
    axis,
    at: from[axis],
    min: each(Math.min),
    max: each(Math.max),
    rank: RANK,
    item,
    cut: (across, at) => cut(item, across, at),
  };
}

function cut(
  item: Stroke,
  across: AxisIndex,
  at: number,
): readonly [Flat<Stroke>, Flat<Stroke>] | null {
  const { from, to } = item;
  const way = to[across] - from[across];
  const part = (at - from[across]) / way;
  if (!(part > 0 && part < 1)) return null;
  const point = add(from, scale(subtract(to, from), part));
  const [first, second] = [
    { ...item, to: point },
    { ...item, from: point },
  ].map(flatStroke);
  if (!first || !second) return null;
  return way > 0 ? [first, second] : [second, first];
}

export interface Ribbon {
  /** Corners of its quads, four each, from the eye. */
  quads: Vec3[][];
  colour: readonly [number, number, number, number];
}

/** What is to be painted for a line, in order. @param line width of a thin line in device pixels */
export function ribbons(stroke: Stroke, view: View, theme: Theme, line: number): Ribbon[] {
  const style = stroke.group === null ? null : styleOf(stroke.group, theme);
  const width = (style ? WIDTHS.ring : WIDTHS.seam) * line;
  const [from, to] = [subtract(stroke.from, view.eye), subtract(stroke.to, view.eye)];
  const middle = scale(add(from, to), 0.5);
  const depth = Math.max(dot(middle, view.axes.forward), view.near);
  const pixel = (2 * view.tangent * depth) / view.height;
  const spans = style?.dash
    ? dashes(Math.hypot(...subtract(to, from)), style.dash, pixel * line)
    : ([[0, 1]] as const);
  const ribbon = (wide: number, ink: Ink, strength: number, parts: typeof spans): Ribbon => ({
    quads: parts.map(([start, end]) => {
      const at = (part: number): Vec3 => add(from, scale(subtract(to, from), part));
      return quad(at(start), at(end), wide, view);
    }),
    colour: [...ink, strength],
  });
  return [
    ribbon(width + 2 * WIDTHS.rim * line, RIMS[theme], RIM_STRENGTH, [[0, 1]]),
    ribbon(width, style?.ink ?? SEAMS[theme], 1, spans),
  ];
}

/** Parts of a line that are drawn, from 0 to 1; `length` and `pixel` in world units. */
function dashes(
  length: number,
  [on, off]: readonly [number, number],
  pixel: number,
): (readonly [number, number])[] {
  const period = Math.max(((on + off) * pixel) / length, 1 / MOST);
  const drawn = (period * on) / (on + off);
  const count = Math.ceil(1 / period);
  return Array.from({ length: count }, (_, n) => {
    const start = n * period;
    return [start, Math.min(1, start + drawn)] as const;
  });
}

/** A quad that faces the eye, as wide everywhere as the line and its soft edges. */
function quad(from: Vec3, to: Vec3, width: number, view: View): Vec3[] {
  const way = subtract(to, from);
  return [from, to].flatMap((point) => {
    const half = ((width + 1) * view.tangent * Math.hypot(...point)) / view.height;
    const aside = scale(normalize(cross(way, point)), half);
    return [subtract(point, aside), add(point, aside)];
  });
}
