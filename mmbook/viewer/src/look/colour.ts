/** Magnitude and sign → colour, for dark and for light surroundings. */
import type { LookSettings } from "../settings/types.ts";

export type Theme = "light" | "dark";

/** sRGB, 0 to 255. */
export type Rgb = readonly [number, number, number];

/**
 * An element without a value (NaN). Every number but an infinite one is fully saturated, so grey is
 * never the colour of one.
 */
export const NO_VALUE: Readonly<Record<Theme, Rgb>> = {
  dark: [150, 150, 150],
  light: [128, 128, 128],
};

/** On paper: lightness below which the ramp flattens, and where it ends. */
const KNEE = 0.3;
const DARKEST = 0.16;

/** Infinite elements stand out from everything. */
export const INFINITE: Readonly<Record<Theme, Rgb>> = { dark: [255, 255, 255], light: [0, 0, 0] };

/**
 * Colour of a finite number other than 0: `sign` is 1 or -1, `magnitude` runs from 0 (smallest) to 1.
 *
 * In the dark, large magnitudes are light. On paper the ramp is mirrored, and no colour is lighter
 * to the eye than a grey of the same lightness: a cyan of HSL would all but vanish there.
 */
export function signedColour(
  sign: 1 | -1,
  magnitude: number,
  look: LookSettings,
  theme: Theme,
): Rgb {
  const { zero_hue, hue_gap, hue_spread } = look;
  const hue = zero_hue + sign * hue_gap + hue_spread * sign * magnitude ** 2;
  const least = Math.max(look.min_light, 1e-5);
  const most = Math.max(look.max_light, least);
  const lightness = least + (most - least) * magnitude;
  if (theme === "dark") return rounded(hsl(hue, lightness));
  const onPaper = mirrored(lightness);
  return rounded(dimmed(hsl(hue, onPaper), luminance([onPaper, onPaper, onPaper])));
}

/** Lightness on paper; where the mirror image would let both signs meet in black, it falls slower. */
function mirrored(lightness: number): number {
  const mirror = 1 - lightness;
  return mirror >= KNEE ? mirror : DARKEST + (mirror / KNEE) * (KNEE - DARKEST);
}

/** Fully saturated HSL → sRGB, 0 to 1; `hue` in turns, of which only the fraction counts. */
function hsl(hue: number, lightness: number): [number, number, number] {
  const chroma = Math.min(lightness, 1 - lightness);
  const channel = (offset: number) => {
    const at = modulo(offset + hue * 12, 12);
    return lightness - chroma * Math.max(-1, Math.min(at - 3, 9 - at, 1));
  };
  return [channel(0), channel(8), channel(4)];
}

/** `colour` scaled in light so that its luminance is at most `most`. */
function dimmed(colour: readonly [number, number, number], most: number): [number, number, number] {
  const factor = Math.min(1, most / Math.max(luminance(colour), Number.MIN_VALUE));
  const [r, g, b] = colour.map((channel) => encoded(linear(channel) * factor));
  return [r ?? 0, g ?? 0, b ?? 0];
}

/** Relative luminance (WCAG) of an sRGB colour, 0 to 1. */
export function luminance([r, g, b]: readonly [number, number, number]): number {
  return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
}

function linear(channel: number): number {
  return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
}

function encoded(light: number): number {
  return light <= 0.0031308 ? light * 12.92 : 1.055 * light ** (1 / 2.4) - 0.055;
}

function rounded([r, g, b]: readonly [number, number, number]): Rgb {
  return [Math.round(r * 255), Math.round(g * 255), Math.round(b * 255)];
}

function modulo(value: number, base: number): number {
  return ((value % base) + base) % base;
}
