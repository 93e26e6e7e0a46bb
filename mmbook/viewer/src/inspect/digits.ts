/** How numbers are printed on the elements of a grid: as many digits as fit, and never two in one place. */
import { formatNumber } from "./number.ts";

interface Vector {
  x: number;
  y: number;
}

/** The way from one element to the next in the picture, in CSS pixels: along a row, along a column. */
export interface Grid {
  along: Vector;
  down: Vector;
}

export interface Print {
  /** Lines of each value's text, in the order of the values. */
  texts: readonly (readonly string[])[];
  /** Of the letters, in CSS pixels. */
  size: number;
}

/** Width of a letter and height of a line of the fixed-width face, in parts of its size. */
export const LETTER = 0.62;
export const LINE = 1.16;
/** Letters that are read without effort, and the smallest that can be read. */
const GOOD = 10.5;
const LEAST = 8.5;
const LARGEST = 15;
/** Letters beside an element that is larger than they need look lost: parts of its span. */
const OF_SPAN = 0.4;
const MOST_DIGITS = 5;
/** Neighbours this many elements away can still touch where a plane is seen aslant. */
const REACH = 4;

/** The largest size at which texts of `letters` by `lines` on a grid keep clear of each other. */
export function largestSize({ along, down }: Grid, letters: number, lines: number): number {
  const [width, height] = [letters * LETTER, lines * LINE];
  let size = Number.POSITIVE_INFINITY;
  for (let i = -REACH; i <= REACH; i += 1) {
    for (let j = 0; j <= REACH; j += 1) {
      if (j === 0 && i <= 0) continue;
      const x = Math.abs(i * along.x + j * down.x);
      const y = Math.abs(i * along.y + j * down.y);
      size = Math.min(size, Math.max(x / width, y / height));
    }
  }
  return size;
}

/** Of an element without a value the words, one below the other. */
const linesOf = (value: number, digits: number): string[] =>
  Number.isNaN(value) ? formatNumber(value).split(" ") : [formatNumber(value, digits)];

/** CSS pixels that an element spans at least where a digit finds room. */
export const LEAST_SPAN = LEAST / OF_SPAN / 2;

/**
 * The most digits at which the letters are of a good size, and failing that the fewest at which they
 * can be read; null where not even those fit.
 * @param grids as seen at the elements' places: the narrowest decides
 */
export function printOf(values: readonly number[], grids: readonly Grid[]): Print | null {
  let last: Print | null = null;
  for (let digits = MOST_DIGITS; digits > 0; digits -= 1) {
    const texts = values.map((value) => linesOf(value, digits));
    const letters = Math.max(...texts.flat().map(({ length }) => length));
    const lines = Math.max(...texts.map(({ length }) => length));
    const room = Math.min(...grids.map((grid) => largestSize(grid, letters, lines)));
    const span = Math.min(
      ...grids.map(({ along, down }) =>
        Math.max(Math.hypot(along.x, along.y), Math.hypot(down.x, down.y)),
      ),
    );
    const size = Math.min(room * 0.94, LARGEST, Math.max(GOOD, OF_SPAN * span));
    last = { texts, size };
    if (size >= GOOD) return last;
  }
  return last && last.size >= LEAST ? last : null;
}
