/**
 * Cell by cell with the keyboard: arrows move, N and B go to the next matrix and the one before,
 * Home and End to a row's ends. Tab stays the page's: nobody is held inside a figure.
 */
import type { Placed } from "../layout.ts";

/** Where a walk stands. */
export interface Stand {
  path: string;
  row: number;
  col: number;
}

export interface Step {
  key: string;
  ctrl: boolean;
}

const clamp = (value: number, count: number): number => Math.min(count - 1, Math.max(0, value));

/** Elements that Page Up and Page Down pass over. */
const PAGE = 10;

/**
 * Where a key leads from one element; null if the key is none of the walk's.
 * @param places the matrices in the figure's order
 */
export function walk(from: Stand, step: Step, places: readonly Placed[]): Stand | null {
  const index = places.findIndex(({ path }) => path === from.path);
  const place = places[index];
  if (!place) return null;
  const to = (row: number, col: number): Stand => ({
    path: from.path,
    row: clamp(row, place.rows),
    col: clamp(col, place.cols),
  });
  const { row, col } = from;
  switch (step.key) {
    case "ArrowLeft":
      return to(row, col - 1);
    case "ArrowRight":
      return to(row, col + 1);
    case "ArrowUp":
      return to(row - 1, col);
    case "ArrowDown":
      return to(row + 1, col);
    case "PageUp":
      return to(row - PAGE, col);
    case "PageDown":
      return to(row + PAGE, col);
    case "Home":
      return step.ctrl ? to(0, 0) : to(row, 0);
    case "End":
      return step.ctrl ? to(place.rows - 1, place.cols - 1) : to(row, place.cols - 1);
    case "n":
    case "b": {
      const by = step.key === "n" ? 1 : places.length - 1;
      const next = places[(index + by) % places.length] ?? place;
      return { path: next.path, row: clamp(row, next.rows), col: clamp(col, next.cols) };
    }
    default:
      return null;
  }
}
