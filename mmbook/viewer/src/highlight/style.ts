/**
 * How groups are told apart: by a colour that is neither of the two signs', and by the rhythm of the
 * line, for readers to whom two colours are one.
 */
import type { Theme } from "../look.ts";

/** sRGB, 0 to 1. */
export type Ink = readonly [number, number, number];

export interface GroupStyle {
  ink: Ink;
  /** CSS pixels drawn and left out, in turn; null for an unbroken line. */
  dash: readonly [number, number] | null;
}

const bytes = (hex: number): Ink => [
  ((hex >> 16) & 255) / 255,
  ((hex >> 8) & 255) / 255,
  (hex & 255) / 255,
];

/** Green, violet, ochre, pink, olive, grey: between the hues of the signs, far apart in lightness. */
export const INKS: Readonly<Record<Theme, readonly Ink[]>> = {
  light: [0x1a7f37, 0x5b2bb5, 0xb07d00, 0xc2309a, 0x4d5a12, 0x3a3f4b].map(bytes),
  dark: [0x57d98a, 0xb79bff, 0xf2cc3d, 0xff8fdc, 0xc3d47a, 0xe8ebf2].map(bytes),
};

const DASHES: readonly GroupStyle["dash"][] = [null, [9, 4], [3, 3], [16, 5], [5, 7], [2, 6]];

export const STYLES = DASHES.length;

export function styleOf(index: number, theme: Theme): GroupStyle {
  const at = index % STYLES;
  return { ink: INKS[theme][at] ?? [0, 0, 0], dash: DASHES[at] ?? null };
}

export const cssOf = ([r, g, b]: Ink): string =>
  `rgb(${[r, g, b].map((part) => Math.round(part * 255)).join(" ")})`;
