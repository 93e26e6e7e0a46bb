/** Values printed on elements: what is written where, as data. */
import { add } from "../camera/vector.ts";
import type { Vec3 } from "../layout.ts";
import { type Box, Room } from "../text/room.ts";
import { type Grid, LEAST_SPAN, LETTER, LINE, printOf } from "./digits.ts";
import type { Spot } from "./spotlight.ts";

export interface Printed {
  path: string;
  row: number;
  col: number;
  /** One below the other. */
  lines: readonly string[];
  /** The middle, in CSS pixels of the picture. */
  x: number;
  y: number;
  /** Of the letters, in CSS pixels. */
  size: number;
}

interface Pixel {
  x: number;
  y: number;
  /** Not visible where it is not positive. */
  depth: number;
}

/** The room a text takes. */
export function boxOf({ lines, x, y, size }: Printed): Box {
  const width = Math.max(...lines.map(({ length }) => length)) * LETTER * size;
  const height = lines.length * LINE * size;
  return {
    left: x - width / 2,
    right: x + width / 2,
    top: y - height / 2,
    bottom: y + height / 2,
  };
}

/**
 * @param spots the nearest plane first: where texts of two planes would meet, the nearer stays
 * @param project where a world point stands in the picture, or in the lens
 * @param clip texts lie inside of it as a whole
 */
export function printValues(
  spots: readonly Spot[],
  read: (spot: Spot) => number,
  project: (point: Vec3) => Pixel,
  clip: Box,
): Printed[] {
  const room = new Room();
  return [...byPlane(spots)].flatMap((plane) => {
    const standing = plane.flatMap((spot) => {
      const pixel = project(spot.at);
      return pixel.depth > 0 ? [{ spot, pixel, grid: gridAt(spot, pixel, project) }] : [];
    });
    const grids = standing.map(({ grid }) => grid);
    if (grids.length === 0 || !grids.every(hasRoom)) return [];
    const print = printOf(
      standing.map(({ spot }) => read(spot)),
      grids,
    );
    if (!print) return [];
    const texts = standing.map(({ spot: { placed, row, col }, pixel }, index): Printed => {
      const { x, y } = pixel;
      const lines = print.texts[index] ?? [];
      return { path: placed.path, row, col, lines, x, y, size: print.size };
    });
    const kept = texts.filter((text) => {
      const box = boxOf(text);
      return contains(clip, box) && room.free([box]);
    });
    room.take(...kept.map(boxOf));
    return kept;
  });
}

/** Spots of one matrix, or of one travelling product, together. */
function byPlane(spots: readonly Spot[]): Iterable<Spot[]> {
  const planes = new Map<Spot["placed"], Spot[]>();
  for (const spot of spots) {
    const plane = planes.get(spot.placed);
    if (plane) plane.push(spot);
    else planes.set(spot.placed, [spot]);
  }
  return planes.values();
}

function gridAt({ placed, at }: Spot, from: Pixel, project: (point: Vec3) => Pixel): Grid {
  const way = (axis: Vec3) => {
    const to = project(add(at, axis));
    return { x: to.x - from.x, y: to.y - from.y };
  };
  return { along: way(placed.colAxis), down: way(placed.rowAxis) };
}

const hasRoom = ({ along, down }: Grid): boolean =>
  Math.max(Math.hypot(along.x, along.y), Math.hypot(down.x, down.y)) >= LEAST_SPAN;

const contains = (outer: Box, inner: Box): boolean =>
  inner.left >= outer.left &&
  inner.right <= outer.right &&
  inner.top >= outer.top &&
  inner.bottom <= outer.bottom;
