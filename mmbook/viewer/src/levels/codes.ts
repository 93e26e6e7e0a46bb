/**
 * Values that are levels times a scale → which level each is, and the scale of every block. The
 * largest magnitude of a block stands on an end level, so the values themselves say what the scale is.
 */
import type { Matrix } from "../scene.ts";

export interface Codes {
  /** Of the matrix, row after row: 1 for the first level; NaN without a value. */
  codes: Float32Array;
  /** One for each block: as many rows as there are steps down, and columns as there are along a row. */
  scales: Matrix;
  /** Rows of the matrix for each row of scales, and columns for each column. */
  block: { rows: number; cols: number };
}

/** How a block of consecutive elements lies: part of a row, or whole rows; all where it fits neither. */
export function blockShape(
  rows: number,
  cols: number,
  block = rows * cols,
): { rows: number; cols: number } {
  if (block <= cols && cols % block === 0) return { rows: 1, cols: block };
  if (block % cols === 0 && rows % (block / cols) === 0) return { rows: block / cols, cols };
  return { rows, cols };
}

export function codesOf(
  { name, rows, cols, data }: Matrix,
  levels: readonly number[],
  size: number | undefined,
): Codes {
  const block = blockShape(rows, cols, size);
  const [down, along] = [rows / block.rows, cols / block.cols];
  const scales = new Float32Array(down * along);
  const scaleAt = (at: number): number =>
    Math.floor(Math.floor(at / cols) / block.rows) * along + Math.floor((at % cols) / block.cols);
  for (const [at, value] of data.entries()) {
    const scale = scaleAt(at);
    if (Math.abs(value) > (scales[scale] ?? 0)) scales[scale] = Math.abs(value);
  }
  const codes = data.map((value, at) => {
    const scale = scales[scaleAt(at)] ?? 0;
    return Number.isNaN(value) ? value : 1 + nearest(levels, scale > 0 ? value / scale : 0);
  });
  const largest = scales.reduce((most, scale) => Math.max(most, scale), 0);
  const smallest = scales.reduce((least, scale) => Math.min(least, scale), largest);
  const range = { min: smallest, max: largest, smallest, largest, missing: 0 };
  return {
    codes,
    scales: { name: `scales of ${name}`, rows: down, cols: along, data: scales, range },
    block,
  };
}

function nearest(levels: readonly number[], value: number): number {
  let best = 0;
  for (const [n, level] of levels.entries())
    if (Math.abs(level - value) < Math.abs((levels[best] ?? 0) - value)) best = n;
  return best;
}
