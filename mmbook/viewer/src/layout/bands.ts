/** Bands: which part of a joined matrix lies where, and which axes stay whole for the cubes on them. */
import type { Join, Leaf, Node, Product } from "../scene/types.ts";
import type { BlockCounts } from "./cut.ts";
import { productCount } from "./scatter.ts";
import type { Band, Span } from "./types.ts";

/** A part of a joined matrix, down to those that are not joined themselves. */
export interface Part {
  node: Leaf | Product;
  /** The axis along which it lies next to others. */
  axis: Join["axis"];
  /** Its element (0, 0) in the whole. */
  row: number;
  col: number;
}

export function partsOf(join: Join, row = 0, col = 0): Part[] {
  const { axis } = join;
  const at = { rows: row, cols: col };
  return join.parts.flatMap((node): Part[] => {
    const [r, c] = [at.rows, at.cols];
    at[axis] += node[axis];
    return node.role === "join" ? partsOf(node, r, c) : [{ node, axis, row: r, col: c }];
  });
}

export function bandOf({ node, axis, row, col }: Part): Band {
  const { path, name, role, rows, cols } = node;
  const common = { path, name, role, axis };
  return axis === "rows"
    ? { ...common, start: row, count: rows, across: [col, col + cols] }
    : { ...common, start: col, count: cols, across: [row, row + rows] };
}

/** The elements of the whole that a band holds. */
export function areaOf({ axis, start, count, across }: Band): { rows: Span; cols: Span } {
  const along: Span = [start, start + count];
  return axis === "rows" ? { rows: along, cols: across } : { rows: across, cols: along };
}

/** A rectangle of the whole as the part on a band counts rows and columns; it may reach beyond it. */
export function withinBand(
  band: Band,
  { rows, cols }: { rows: Span; cols: Span },
): { rows: Span; cols: Span } {
  const area = areaOf(band);
  const back = ([from, to]: Span, by: number): Span => [from - by, to - by];
  return { rows: back(rows, area.rows[0]), cols: back(cols, area.cols[0]) };
}

/**
 * Blocks of a matrix and of everything it is made from, without those that would cut an axis on a
 * band of which a cube hangs: its own elements lie side by side, and seams may lie anywhere.
 */
export function uncut(node: Node, { i, j, k }: BlockCounts): BlockCounts {
  const { rows, cols, depth } = carriers(node);
  return { i: rows ? 1 : i, j: cols ? 1 : j, k: depth ? 1 : k };
}

/** The axes along which a matrix, or an operand that shares the axis, has bands with cubes. */
function carriers(node: Node): { rows: boolean; cols: boolean; depth: boolean } {
  if (node.role === "leaf") return { rows: false, cols: false, depth: false };
  if (node.role === "result") {
    const [left, right] = [carriers(node.left), carriers(node.right)];
    return { rows: left.rows, cols: right.cols, depth: left.cols || right.rows };
  }
  const parts = node.parts.map(carriers);
  const own = { rows: parts.some(({ rows }) => rows), cols: parts.some(({ cols }) => cols) };
  return { ...own, [node.axis]: productCount(node) > 0, depth: false };
}
