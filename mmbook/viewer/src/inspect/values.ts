/** Values of many elements of one step: rows of sums that are on their way are made once. */
import { partialRow } from "../animation/partial.ts";
import type { PartialSum } from "../layout.ts";
import type { Matrix } from "../scene.ts";
import { type Cell, valueAt } from "./cell.ts";

export function valuesOf(matrices: ReadonlyMap<string, Matrix>): (cell: Cell) => number {
  const rows = new Map<PartialSum, Map<number, Float64Array>>();
  return (cell) => {
    const { source, row, col } = cell;
    if (source.kind !== "partial") return valueAt(cell, matrices);
    const made = rows.get(source) ?? new Map<number, Float64Array>();
    rows.set(source, made);
    const values = made.get(row) ?? partialRow(source, matrices, row);
    made.set(row, values);
    return values[col] ?? Number.NaN;
  };
}
