/** A source of values → the textures and the index arithmetic with which the shader computes them. */
import type { Drawn, PartialSum } from "../layout.ts";
import type { Program } from "./program.ts";
import type { Tile } from "./values.ts";

/** Where textures come from, by name: matrices as given, and sums by the name of their values. */
export interface ValueSource {
  /** The texture that holds an element; null where there is none. */
  at(name: string, row: number, col: number): Tile | null;
  /** Another number whenever the values are others. */
  version(name: string): number;
}

type Triple = readonly [number, number, number];

/** Element (r, c) is L[i, k], times R[k, j] if there is a right operand; (i, j, k) = base + r row + c col. */
export interface Indexing {
  left: string;
  right: string | null;
  base: Triple;
  row: Triple;
  col: Triple;
}

const NONE: Triple = [0, 0, 0];
const I: Triple = [1, 0, 0];
const J: Triple = [0, 1, 0];
const K: Triple = [0, 0, 1];

const ALONG = {
  vmprod: { row: K, col: J },
  mvprod: { row: I, col: K },
  vvprod: { row: I, col: J },
  dotprod: { row: K, col: NONE },
  axpy: { row: I, col: NONE },
} as const;

/** The name of a sum's values; no matrix has one like it. */
export const nameOfSum = ({ key }: PartialSum): string => `\u0000${key}`;

export function indexing({ source, paint }: Pick<Drawn, "source" | "paint">): Indexing {
  if (paint) return { left: paint.codes, right: null, base: NONE, row: I, col: K };
  if (source.kind === "matrix")
    return { left: source.name, right: null, base: NONE, row: I, col: K };
  if (source.kind === "partial")
    return { left: nameOfSum(source), right: null, base: NONE, row: I, col: K };
  return { left: source.left, right: source.right, base: source.index, ...ALONG[source.alg] };
}

/** (i, j, k) of element (row, col). */
export function termAt({ base, row, col }: Indexing, r: number, c: number): Triple {
  const at = (axis: 0 | 1 | 2): number => base[axis] + r * row[axis] + c * col[axis];
  return [at(0), at(1), at(2)];
}

/** Texture units: values of either operand, the lookup table, the pyramid, sums so far, row statistics. */
export const UNITS = { left: 0, right: 1, look: 2, pyramid: 3, sum: 4, rows: 5 } as const;

/**
 * Binds the values around element (row, col) and says how they are indexed.
 * @returns false where a matrix is not there: then there is nothing to draw
 */
export function bindValues(
  gl: WebGL2RenderingContext,
  program: Program,
  values: ValueSource,
  index: Indexing,
  row: number,
  col: number,
): boolean {
  const [i, j, k] = termAt(index, row, col);
  const left = values.at(index.left, i, k);
  const right = index.right === null ? left : values.at(index.right, k, j);
  if (!left || !right) return false;
  gl.activeTexture(gl.TEXTURE0 + UNITS.left);
  gl.bindTexture(gl.TEXTURE_2D, left.texture);
  gl.activeTexture(gl.TEXTURE0 + UNITS.right);
  gl.bindTexture(gl.TEXTURE_2D, right.texture);
  gl.uniform1i(program.uniform("uLeft"), UNITS.left);
  gl.uniform1i(program.uniform("uRight"), UNITS.right);
  gl.uniform4i(program.uniform("uTile"), left.row, left.col, right.row, right.col);
  gl.uniform3i(program.uniform("uBase"), ...index.base);
  gl.uniform3i(program.uniform("uRow"), ...index.row);
  gl.uniform3i(program.uniform("uCol"), ...index.col);
  gl.uniform1i(program.uniform("uProduct"), index.right === null ? 0 : 1);
  return true;
}
