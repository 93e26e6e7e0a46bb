/**
 * Cell by cell with the keyboard, along rows and columns and from matrix to matrix. Tab stays the
 * page's: nobody is held inside a figure.
 */
import type { Placed } from "../layout.ts";

/** Where a walk stands. */
export interface Stand {
  path: string;
  row: number;
  col: number;
}

/** Elements that Page Up and Page Down pass over. */
const PAGE = 10;

type Place = Pick<Placed, "path" | "rows" | "cols">;

/** Within one matrix; indices beyond it are brought back to its edge. */
const WITHIN: Readonly<Record<string, (row: number, col: number, place: Place) => number[]>> = {
  "cell-left": (row, col) => [row, col - 1],
  "cell-right": (row, col) => [row, col + 1],
  "cell-up": (row, col) => [row - 1, col],
  "cell-down": (row, col) => [row + 1, col],
  "page-up": (row, col) => [row - PAGE, col],
  "page-down": (row, col) => [row + PAGE, col],
  "row-start": (row) => [row, 0],
  "row-end": (row, _, { cols }) => [row, cols],
  "first-cell": () => [0, 0],
  "last-cell": (_, __, { rows, cols }) => [rows, cols],
};

/** How far along the figure's matrices. */
const AMONG: Readonly<Record<string, 1 | -1>> = { "next-matrix": 1, "previous-matrix": -1 };

/** The actions of a walk. */
export const STEPS: ReadonlySet<string> = new Set([...Object.keys(WITHIN), ...Object.keys(AMONG)]);

/** Those that begin one. */
export const leadsElsewhere = (action: string): boolean => action in AMONG;

/**
 * Where an action leads from one element; null if it is none of the walk's.
 * @param places the matrices in the figure's order
 */
export function walk(from: Stand, action: string, places: readonly Place[]): Stand | null {
  const index = places.findIndex(({ path }) => path === from.path);
  const place = places[index];
  if (!place) return null;
  const by = AMONG[action];
  if (by) {
    const next = places[(index + by + places.length) % places.length] ?? place;
    return held(next, from.row, from.col);
  }
  const move = WITHIN[action];
  if (!move) return null;
  const [row = 0, col = 0] = move(from.row, from.col, place);
  return held(place, row, col);
}

function held({ path, rows, cols }: Place, row: number, col: number): Stand {
  const clamp = (value: number, count: number) => Math.min(count - 1, Math.max(0, value));
  return { path, row: clamp(row, rows), col: clamp(col, cols) };
}
