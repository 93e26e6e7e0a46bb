/** Sensitivity: between which magnitudes size and colour run, for every matrix and every product. */
import type { Matrix, Scene } from "../scene/types.ts";
import type { LookSettings } from "../settings/types.ts";

/** Magnitudes that get the smallest and the largest picture. */
export interface MagnitudeRange {
  lo: number;
  hi: number;
}

export interface Ranges {
  matrix(name: string): MagnitudeRange;
  /** Of the elementwise products L[i, k] R[k, j], over the whole cube: it holds for every step. */
  product(left: string, right: string): MagnitudeRange;
}

type Sensitivity = LookSettings["sensitivity"];

export function rangesOf(
  { matrices }: Pick<Scene, "matrices">,
  { sensitivity }: Pick<LookSettings, "sensitivity">,
): Ranges {
  const global = Math.max(0, ...[...matrices.values()].map(({ range }) => range.largest ?? 0));
  const products = new Map<string, MagnitudeRange>();
  return {
    matrix(name) {
      const range = matrices.get(name)?.range;
      return magnitudeRange(sensitivity, range?.smallest ?? 0, range?.largest ?? 0, global);
    },
    product(left, right) {
      const key = JSON.stringify([left, right]);
      const known = products.get(key);
      if (known) return known;
      const [l, r] = [matrices.get(left), matrices.get(right)];
      const largest = l && r ? largestProduct(l, r) : 0;
      // A plane shows a part of its cube: its own least magnitude would change with every step.
      const range = magnitudeRange(sensitivity, 0, largest, global);
      products.set(key, range);
      return range;
    },
  };
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

function finiteMagnitude(value: number): number {
  return Number.isFinite(value) ? Math.abs(value) : 0;
}
