/**
 * A rectangle of a matrix → the boxes that are drawn: cut at block gaps and at the borders of
 * textures, and where the matrix is large into patches that each get the program they need.
 */
import type { Placed, Vec3 } from "../layout.ts";
import type { AxisIndex, Flat } from "./order.ts";

/** Half-open ranges of element indices. */
export interface Rect {
  row: number;
  col: number;
  rowEnd: number;
  colEnd: number;
}

/** What the painter's order sorts: a matrix's sheet (drawn once a matrix) or its elements. */
export interface Slab {
  kind: "sheet" | "elements";
  /** Which entry of the list that is drawn. */
  index: number;
  placed: Placed;
  rect: Rect;
}

export interface Piece extends Rect {
  /** Offset of this block beyond the element index, along rows and columns. */
  rowGap: number;
  colGap: number;
}

export const PATCH = 256;

const dot = (a: Vec3, b: Vec3): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

/** Where element `index` lies along its axis. */
const lie = (index: number, block: number, gap: number): number =>
  index + Math.floor(index / block) * gap;

function axisOf(v: Vec3): AxisIndex {
  const [x, y, z] = [Math.abs(v[0]), Math.abs(v[1]), Math.abs(v[2])];
  return x > y && x > z ? 0 : y > z ? 1 : 2;
}

/** World position of local coordinates (x along a row, y along a column). */
function worldOf(placed: Placed, x: number, y: number): Vec3 {
  const { origin, rowAxis, colAxis } = placed;
  const along = (i: AxisIndex): number => origin[i] + y * rowAxis[i] + x * colAxis[i];
  return [along(0), along(1), along(2)];
}

export function slab(item: Slab): Flat<Slab> {
  const { placed, rect } = item;
  const x = [
    lie(rect.col, placed.colBlock, placed.gap),
    lie(rect.colEnd - 1, placed.colBlock, placed.gap),
  ];
  const y = [
    lie(rect.row, placed.rowBlock, placed.gap),
    lie(rect.rowEnd - 1, placed.rowBlock, placed.gap),
  ];
  const from = worldOf(placed, (x[0] ?? 0) - 0.5, (y[0] ?? 0) - 0.5);
  const to = worldOf(placed, (x[1] ?? 0) + 0.5, (y[1] ?? 0) + 0.5);
  const axis = axisOf(placed.facing);
  return {
    axis,
    at: placed.origin[axis],
    min: [Math.min(from[0], to[0]), Math.min(from[1], to[1]), Math.min(from[2], to[2])],
    max: [Math.max(from[0], to[0]), Math.max(from[1], to[1]), Math.max(from[2], to[2])],
    rank: item.kind === "sheet" ? 0 : 1,
    item,
    cut: (across, at) => cut(item, across, at),
  };
}

function cut(item: Slab, across: AxisIndex, at: number): readonly [Flat<Slab>, Flat<Slab>] | null {
  const { placed, rect } = item;
  const alongRows = axisOf(placed.rowAxis) === across;
  const direction = (alongRows ? placed.rowAxis : placed.colAxis)[across];
  const block = alongRows ? placed.rowBlock : placed.colBlock;
  const [from, to] = alongRows ? [rect.row, rect.rowEnd] : [rect.col, rect.colEnd];
  const wanted = (at - placed.origin[across]) / direction;
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (lie(middle, block, placed.gap) > wanted) high = middle;
    else low = middle + 1;
  }
  if (low <= from || low >= to) return null;
  const part = (changed: Partial<Rect>): Flat<Slab> =>
    slab({ ...item, rect: { ...rect, ...changed } });
  const first = part(alongRows ? { rowEnd: low } : { colEnd: low });
  const second = part(alongRows ? { row: low } : { col: low });
  return direction > 0 ? [first, second] : [second, first];
}

/** The eye in a matrix's own axes and elements: along a row, along a column, along the normal. */
export function localEye(placed: Placed, eye: Vec3): Vec3 {
  const from: Vec3 = [
    eye[0] - placed.origin[0],
    eye[1] - placed.origin[1],
    eye[2] - placed.origin[2],
  ];
  const square = dot(placed.colAxis, placed.colAxis);
  const along = (axis: Vec3): number => dot(from, axis) / square;
  return [along(placed.colAxis), along(placed.rowAxis), along(placed.facing)];
}

/**
 * The pieces of a rectangle, the farthest first: the outer ones first along each axis, which is the
 * painter's order of a grid in one plane.
 * @param side of a texture
 * @param patch largest side of a piece
 */
export function pieces(
  placed: Placed,
  rect: Rect,
  eye: Vec3,
  side: number,
  patch: number,
): Piece[] {
  const rows = parts(rect.row, rect.rowEnd, placed.rowBlock, placed.gap, side, patch, eye[1]);
  const cols = parts(rect.col, rect.colEnd, placed.colBlock, placed.gap, side, patch, eye[0]);
  return rows.flatMap((row) =>
    cols.map((col) => ({
      row: row.from,
      rowEnd: row.to,
      rowGap: row.gap,
      col: col.from,
      colEnd: col.to,
      colGap: col.gap,
    })),
  );
}

function parts(
  from: number,
  to: number,
  block: number,
  gap: number,
  side: number,
  patch: number,
  eye: number,
): { from: number; to: number; gap: number }[] {
  const result: { from: number; to: number; gap: number }[] = [];
  for (let at = from; at < to; ) {
    const next = (step: number): number => (Math.floor(at / step) + 1) * step;
    const end = Math.min(to, next(block), next(side), next(patch));
    result.push({ from: at, to: end, gap: Math.floor(at / block) * gap });
    at = end;
  }
  const away = (part: { from: number; to: number; gap: number }): number =>
    Math.abs((part.from + part.to - 1) / 2 + part.gap - eye);
  return result.sort((a, b) => away(b) - away(a));
}
