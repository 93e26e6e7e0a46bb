/** Values of results on their way, in float64 on the CPU: for the read-out and where the GPU cannot. */
import type { Drawn, PartialSum } from "../layout/types.ts";
import { applyPointwise, applyRow, epilogOf } from "./epilog.ts";
import { depthsAt } from "./summed.ts";

export interface Operand {
  rows: number;
  cols: number;
  /** Row-major. */
  data: Float32Array;
}

export type Operands = Pick<ReadonlyMap<string, Operand>, "get">;

/** One element; NaN where nothing has been added up yet. */
export function partialAt(
  source: PartialSum,
  operands: Operands,
  row: number,
  col: number,
): number {
  if (!depthsAt(source.summed, row, col)) return Number.NaN;
  const epilog = epilogOf(source.epilog, source.depth);
  if (epilog.row === "none") return applyPointwise(epilog, sumAt(source, operands, row, col));
  return partialRow(source, operands, row)[col] ?? Number.NaN;
}

/** rows x cols elements, row-major; NaN where nothing has been added up yet. */
export function partialMatrix(source: PartialSum, operands: Operands): Float32Array {
  const data = new Float32Array(source.rows * source.cols);
  for (let row = 0; row < source.rows; row += 1) {
    data.set(partialRow(source, operands, row), row * source.cols);
  }
  return data;
}

/**
 * What a step shows of one matrix of the layout, rows x cols elements, row-major: complete elements,
 * sums so far, NaN where nothing is shown.
 * @param list of the step, from `drawn`
 */
export function shownMatrix(
  list: readonly Drawn[],
  path: string,
  operands: Operands,
): Float32Array | null {
  const entries = list.filter(
    ({ placed }) => placed.path === path && placed.role !== "intermediate",
  );
  const [first] = entries;
  if (!first) return null;
  const { rows, cols } = first.placed;
  const shown = new Float32Array(rows * cols).fill(Number.NaN);
  const made = new Map<Drawn["source"], Float32Array | undefined>();
  for (const { source, reveal } of entries) {
    if (source.kind === "product") continue;
    if (!made.has(source)) {
      const values =
        source.kind === "matrix"
          ? operands.get(source.name)?.data
          : partialMatrix(source, operands);
      made.set(source, values);
    }
    for (let row = reveal.rows[0]; row < reveal.rows[1]; row += 1) {
      const [from, to] = [row * cols + reveal.cols[0], row * cols + reveal.cols[1]];
      const values = made.get(source)?.subarray(from, to);
      if (values) shown.set(values, from);
    }
  }
  return shown;
}

/** One row; NaN where nothing has been added up yet. */
export function partialRow(source: PartialSum, operands: Operands, row: number): Float64Array {
  const epilog = epilogOf(source.epilog, source.depth);
  const present = (col: number) => depthsAt(source.summed, row, col) !== null;
  const values = Float64Array.from({ length: source.cols }, (_, col) =>
    applyPointwise(epilog, sumAt(source, operands, row, col)),
  );
  return applyRow(epilog, values, present, row);
}

/** Before the epilog. */
function sumAt(source: PartialSum, operands: Operands, row: number, col: number): number {
  const [left, right] = [operands.get(source.left), operands.get(source.right)];
  const depths = depthsAt(source.summed, row, col);
  if (!left || !right || !depths) return Number.NaN;
  let sum = 0;
  for (const [from, to] of depths) {
    for (let k = from; k < to; k += 1) {
      const x = left.data[row * left.cols + k] ?? Number.NaN;
      const y = right.data[k * right.cols + col] ?? Number.NaN;
      sum += x * y;
    }
  }
  return sum;
}
