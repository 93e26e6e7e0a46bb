/** What the layout says: where every matrix and every cube stands in the world. */
import type { Animation } from "../schema/figure.ts";

/** World coordinates or a direction: x right, y up, z toward the reader; one unit is one element. */
export type Vec3 = readonly [number, number, number];

/** A way to compute one product before the reader's eyes. */
export type Alg = Exclude<NonNullable<Animation["alg"]>, "none">;

/**
 * A part of a joined matrix: `count` rows or columns from `start` on. Parts that are joined
 * themselves are given by their own parts.
 */
export interface Band {
  path: string;
  name: string;
  /** On the band of a result hangs its cube; its result stands where the band is. */
  role: "leaf" | "result";
  axis: "rows" | "cols";
  start: number;
  count: number;
  /** Along the other axis: all of it, or a part where brackets are nested. */
  across: Span;
}

/** One matrix in the world. */
export interface Placed {
  path: string;
  name: string;
  role: "leaf" | "result" | "intermediate" | "join";
  rows: number;
  cols: number;
  /** World position of element (0, 0). */
  origin: Vec3;
  /** One row further, one column further: unit vectors, shorter ones while a passage shrinks it. */
  rowAxis: Vec3;
  colAxis: Vec3;
  /** Unit normal toward the reader from whom the matrix is legible. */
  facing: Vec3;
  /** Element index q lies at q + floor(q / block) * gap along its axis. */
  rowBlock: number;
  colBlock: number;
  gap: number;
  /** Of a joined matrix, in order; together they cover it. */
  bands?: readonly Band[];
}

/** How an axis of `size` elements is cut: `count` blocks of `block` elements, the last may be short. */
export interface Cut {
  size: number;
  block: number;
  count: number;
}

/** One product C = f(L @ R): L is rows i by depth k, R is depth k by columns j, C is i by j. */
export interface Cube {
  path: string;
  placed: { left: Placed; right: Placed; result: Placed };
  depth: number;
  /** Blocks along each axis, as drawn (empty ones dropped). */
  blocks: { i: number; j: number; k: number };
  cuts: { i: Cut; j: Cut; k: Cut };
  /** The box between the faces: the corner next to element (0, 0, 0) and the edges along i, j and k. */
  frame: { corner: Vec3; i: Vec3; j: Vec3; k: Vec3 };
  /** How far each operand has moved away from its face. */
  scatter: { left: number; right: number };
  /**
   * Where a travelling product stands at step `index` of its block's sweep (see animation/sweep.ts);
   * `block` counts blocks along i, j, k. The part spans all blocks of the axes it does not travel along.
   */
  plane(alg: Alg, index: number, block?: readonly [number, number, number]): Placed;
}

export interface Layout {
  /**
   * In the order left subtree, right subtree, result, recursively. Of a joined matrix: the subtrees
   * of its parts that are products, then the joined matrix; the other parts do not stand alone.
   */
  placed: Placed[];
  /** One for each product, in the same order. */
  cubes: Cube[];
  bounds: { min: Vec3; max: Vec3 };
}

export type ProductKind = "vmprod" | "mvprod" | "vvprod" | "dotprod" | "axpy";

/** Half-open range of element indices: [from, to). */
export type Span = readonly [number, number];

/** A rectangle of a result in which the same summands have been added up; rectangles never overlap. */
export interface Summed {
  rows: Span;
  cols: Span;
  /** Which k the sums run over, ascending and disjoint. */
  depths: readonly Span[];
}

/** A result on its way: epilog(sum over k of L[i, k] R[k, j]), each rectangle over its own summands. */
export interface PartialSum {
  kind: "partial";
  /** The same from step to step, so that a sum can grow. */
  key: string;
  left: string;
  right: string;
  /** Rows, columns, and the length of the whole sum. */
  rows: number;
  cols: number;
  depth: number;
  /** A row function takes the elements of a row that are in `summed`, and no others. */
  epilog: string;
  summed: readonly Summed[];
}

/**
 * One entry of what the renderer draws in a frame.
 *
 * Element (r, c) of a product with index [i, j, k] is
 * vmprod L[i, r] R[r, c]; mvprod L[r, c] R[c, j]; vvprod L[r, k] R[k, c];
 * dotprod (one column) L[i, r] R[r, j]; axpy (one column) L[r, k] R[k, j].
 */
export interface Drawn {
  placed: Placed;
  source:
    | { kind: "matrix"; name: string }
    | {
        kind: "product";
        alg: ProductKind;
        left: string;
        right: string;
        index: readonly [number, number, number];
      }
    | PartialSum;
  /** Colours by level: the matrix that holds which level each element is, from 1, and their number. */
  paint?: { codes: string; levels: number };
  /** Magnitudes that get the smallest and the largest picture; gaps: some elements have no value. */
  range: { lo: number; hi: number; gaps?: boolean };
  /** Elements outside are not drawn. */
  reveal: { rows: Span; cols: Span };
  highlight: { rows: Span; cols: Span } | null;
  opacity: number;
}
