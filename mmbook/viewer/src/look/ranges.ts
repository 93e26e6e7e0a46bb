/** Sensitivity: between which magnitudes size and colour run, for every matrix and every product. */
import type { Span } from "../layout/types.ts";
import type { Matrix, Scene } from "../scene/types.ts";
import type { Style, StyleAt } from "../settings/styles.ts";
import type { LookSettings } from "../settings/types.ts";

/** Magnitudes that get the smallest and the largest picture. */
export interface MagnitudeRange {
  lo: number;
  hi: number;
  /** Some of the elements have no value. */
  gaps?: boolean;
}

export interface Ranges {
  matrix(name: string): MagnitudeRange;
  /** Of the elementwise products L[i, k] R[k, j], over the whole cube: it holds for every step. */
  product(left: string, right: string): MagnitudeRange;
  /** Of the sums over each of some ranges of k, before any epilog. */
  sums(left: string, right: string, depths: readonly Span[]): MagnitudeRange;
}

/** Ranges of the matrix at a path, or of the product there: each goes by its own sensitivity. */
export type RangesAt = (path: string) => Ranges;

type Sensitivity = LookSettings["sensitivity"];

export function rangesOf(
  { matrices }: Pick<Scene, "matrices">,
  { sensitivity }: Pick<LookSettings, "sensitivity">,
): Ranges {
  const global = Math.max(0, ...[...matrices.values()].map(({ range }) => range.largest ?? 0));
  const known = new Map<string, MagnitudeRange>();
  const once = (
    left: string,
    right: string,
    what: string,
    largest: (l: Matrix, r: Matrix) => number,
  ): MagnitudeRange => {
    const key = JSON.stringify([left, right, what]);
    let range = known.get(key);
    if (!range) {
      const [l, r] = [matrices.get(left), matrices.get(right)];
      // A plane shows a part of its cube: its own least magnitude would change with every step.
      range = {
        ...magnitudeRange(sensitivity, 0, l && r ? largest(l, r) : 0, global),
        ...gapsOf(l, r),
      };
      known.set(key, range);
    }
    return range;
  };
  return {
    matrix(name) {
      const matrix = matrices.get(name);
      const { smallest, largest } = matrix?.range ?? {};
      return {
        ...magnitudeRange(sensitivity, smallest ?? 0, largest ?? 0, global),
        ...gapsOf(matrix),
      };
    },
    product: (left, right) => once(left, right, "", largestProduct),
    sums: (left, right, depths) =>
      once(left, right, depths.join(";"), (l, r) => largestSum(l, r, depths)),
  };
}

const gapsOf = (...matrices: readonly (Matrix | undefined)[]): Pick<MagnitudeRange, "gaps"> =>
  matrices.some((matrix) => matrix && matrix.range.missing > 0) ? { gaps: true } : {};

/** @param all the styles that occur */
export function rangesAt(
  scene: Pick<Scene, "matrices">,
  { at, all }: { at: StyleAt; all: readonly Style[] },
): RangesAt {
  const ranges = new Map<Sensitivity, Ranges>();
  for (const { look } of all) {
    if (!ranges.has(look.sensitivity)) ranges.set(look.sensitivity, rangesOf(scene, look));
  }
  return (path) => ranges.get(at(path).look.sensitivity) as Ranges;
}

/** The range of a matrix whose magnitudes span `smallest` to `largest`; `global` is the figure's largest. */
export function magnitudeRange(
  sensitivity: Sensitivity,
  smallest: number,
  largest: number,
  global: number,
): MagnitudeRange {
  switch (sensitivity) {
    case "global":
      return { lo: 0, hi: global };
    case "semilocal":
      return { lo: 0, hi: Math.sqrt(largest * global) };
    case "local":
      return { lo: 0, hi: largest };
    case "superlocal":
      return { lo: smallest, hi: largest };
  }
}

/**
 * max over i, k, j of |L[i, k] R[k, j]|: for each k the largest of L's column times the largest of
 * R's row. Elements that are not finite are left out.
 */
export function largestProduct(left: Matrix, right: Matrix): number {
  const columns = new Float64Array(left.cols);
  for (let i = 0; i < left.rows; i += 1) {
    for (let k = 0; k < left.cols; k += 1) {
      const size = finiteMagnitude(left.data[i * left.cols + k] ?? 0);
      if (size > (columns[k] ?? 0)) columns[k] = size;
    }
  }
  let largest = 0;
  for (let k = 0; k < right.rows; k += 1) {
    let row = 0;
    for (let at = k * right.cols; at < (k + 1) * right.cols; at += 1) {
      row = Math.max(row, finiteMagnitude(right.data[at] ?? 0));
    }
    largest = Math.max(largest, row * (columns[k] ?? 0));
  }
  return largest;
}

/** Multiplications that may be spent on finding the largest sum. */
const SAMPLED = 2 ** 22;

/**
 * max over i, j and the ranges of |sum of L[i, k] R[k, j] over k in the range|. Of large products
 * only evenly spread rows and columns are looked at: colour then saturates a little early.
 */
export function largestSum(left: Matrix, right: Matrix, depths: readonly Span[]): number {
  const stride = Math.max(1, Math.ceil(Math.sqrt((left.rows * right.cols * left.cols) / SAMPLED)));
  let largest = 0;
  for (let i = 0; i < left.rows; i += stride) {
    for (let j = 0; j < right.cols; j += stride) {
      for (const [from, to] of depths) {
        let sum = 0;
        for (let k = from; k < to; k += 1) {
          sum += (left.data[i * left.cols + k] ?? 0) * (right.data[k * right.cols + j] ?? 0);
        }
        largest = Math.max(largest, finiteMagnitude(sum));
      }
    }
  }
  return largest;
}

function finiteMagnitude(value: number): number {
  return Number.isFinite(value) ? Math.abs(value) : 0;
}
