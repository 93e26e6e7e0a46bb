/** One element of what is drawn: of a matrix, or of a product on its way through a cube. */
import { partialAt } from "../animation/partial.ts";
import type { Drawn, Placed, Span } from "../layout.ts";
import type { Matrix } from "../scene.ts";

export interface Cell {
  placed: Placed;
  source: Drawn["source"];
  row: number;
  col: number;
}

export const sameCell = (a: Cell | null, b: Cell | null): boolean =>
  a === b ||
  (a !== null &&
    b !== null &&
    a.row === b.row &&
    a.col === b.col &&
    a.placed.path === b.placed.path &&
    a.source.kind === b.source.kind &&
    (a.source.kind !== "partial" || b.source.kind !== "partial" || a.source.key === b.source.key));

export const within = (index: number, [from, to]: Span): boolean => index >= from && index < to;

/** Whether an element is drawn at this moment. */
export function shown(drawn: Drawn, row: number, col: number): boolean {
  return drawn.opacity > 0 && within(row, drawn.reveal.rows) && within(col, drawn.reveal.cols);
}

/** Elements of the operands whose product a travelling element is: L[i, k] · R[k, j]. */
export function factors(
  { alg, index: [i, j, k] }: Extract<Drawn["source"], { kind: "product" }>,
  row: number,
  col: number,
): { left: [number, number]; right: [number, number] } {
  switch (alg) {
    case "vmprod":
      return { left: [i, row], right: [row, col] };
    case "mvprod":
      return { left: [row, col], right: [col, j] };
    case "vvprod":
      return { left: [row, k], right: [k, col] };
    case "dotprod":
      return { left: [i, row], right: [row, j] };
    case "axpy":
      return { left: [row, k], right: [k, j] };
  }
}

/** The element's value: NaN where there is none. */
export function valueAt({ source, row, col }: Cell, matrices: ReadonlyMap<string, Matrix>): number {
  const at = (name: string, r: number, c: number): number => {
    const matrix = matrices.get(name);
    return matrix?.data[r * matrix.cols + c] ?? Number.NaN;
  };
  if (source.kind === "matrix") return at(source.name, row, col);
  if (source.kind === "partial") return partialAt(source, matrices, row, col);
  const { left, right } = factors(source, row, col);
  return at(source.left, ...left) * at(source.right, ...right);
}

/** The same element as a step shows it: of a result that adds up, the sum so far. */
export function asShown(cell: Cell, drawn: readonly Drawn[]): Cell {
  const { placed, row, col } = cell;
  if (cell.source.kind === "product") return cell;
  const key = cell.source.kind === "partial" ? cell.source.key : null;
  const entry = drawn.find(
    (one) =>
      one.placed.path === placed.path &&
      one.placed.role === placed.role &&
      (placed.role !== "intermediate" ||
        (one.source.kind === "partial" && one.source.key === key)) &&
      shown(one, row, col),
  );
  return entry ? { ...cell, source: entry.source } : cell;
}
