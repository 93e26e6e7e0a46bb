/** Value → size and colour, and the table from which the GPU takes its colours. */
import { INFINITE, NO_VALUE, type Rgb, signedColour, type Theme } from "./look/colour.ts";
import type { MagnitudeRange } from "./look/ranges.ts";
import type { LookSettings } from "./settings/types.ts";

export { INFINITE, NO_VALUE, type Rgb, type Theme } from "./look/colour.ts";
export {
  type MagnitudeRange,
  magnitudeRange,
  type Ranges,
  type RangesAt,
  rangesAt,
  rangesOf,
} from "./look/ranges.ts";

/** Entries of the lookup table: the first half for negative, the second for positive numbers. */
export const LOOKUP_SIZE = 1024;
const HALF = LOOKUP_SIZE / 2;

/** Size of the mark of an element without a value, as a fraction of full size. */
export const NO_VALUE_SIZE = 0.6;

/** sqrt((|x| - lo) / (hi - lo)), 0 to 1; 0 where the range is empty, 1 for an infinite number. */
export function magnitudeOf(value: number, { lo, hi }: MagnitudeRange): number {
  const size = Math.abs(value);
  if (size === Infinity) return 1;
  if (!(hi > lo)) return 0;
  return Math.sqrt(Math.min(1, Math.max(0, (size - lo) / (hi - lo))));
}

/**
 * Diameter as a fraction of full size (`elem_scale`): 0 for an exact 0, full for an infinite number;
 * an element without a value has a size of its own.
 */
export function sizeOf(value: number, range: MagnitudeRange, { min_size }: LookSettings): number {
  if (Number.isNaN(value)) return NO_VALUE_SIZE;
  if (value === 0) return 0;
  return min_size + (1 - min_size) * magnitudeOf(value, range);
}

/** Colour of an element. That of an exact 0 is never seen, since its size is 0. */
export function colourOf(
  value: number,
  range: MagnitudeRange,
  look: LookSettings,
  theme: Theme,
): Rgb {
  if (Number.isNaN(value)) return NO_VALUE[theme];
  if (Math.abs(value) === Infinity) return INFINITE[theme];
  return signedColour(value < 0 ? -1 : 1, magnitudeOf(value, range), look, theme);
}

/** Where the table holds a number's colour: outward from the middle, by sign and magnitude. */
export function lookupIndex(value: number, range: MagnitudeRange): number {
  const step = Math.round(magnitudeOf(value, range) * (HALF - 1));
  return value < 0 ? HALF - 1 - step : HALF + step;
}

/**
 * The table: LOOKUP_SIZE opaque RGBA entries. Entry HALF + n, and HALF - 1 - n for the other sign,
 * stands for magnitude n / (HALF - 1).
 */
export function lookup(look: LookSettings, theme: Theme): Uint8Array {
  const table = new Uint8Array(LOOKUP_SIZE * 4);
  for (let step = 0; step < HALF; step += 1) {
    const magnitude = step / (HALF - 1);
    table.set([...signedColour(1, magnitude, look, theme), 255], (HALF + step) * 4);
    table.set([...signedColour(-1, magnitude, look, theme), 255], (HALF - 1 - step) * 4);
  }
  return table;
}
