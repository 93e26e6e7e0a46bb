/** What the renderer needs to know about colours: the lookup table and the inks of the theme. */
import type { Drawn } from "../layout.ts";
import { levelColours } from "../levels/colours.ts";
import { INFINITE, lookup, NO_VALUE, NO_VALUE_SIZE, type Rgb, type Theme } from "../look.ts";
import type { LookSettings, Style, StyleAt } from "../settings.ts";
import { UNITS } from "./elements.ts";
import type { Program } from "./program.ts";

export interface Look {
  /** From `lookup(look, theme)` of look.ts. */
  lookup: Uint8Array;
  look: LookSettings;
  theme: Theme;
}

/** Every look that occurs, and which one a matrix has. */
export interface Looks {
  theme: Theme;
  all: readonly Look[];
  at(path: string): Look;
}

/** @param styles the settings that occur; each gets a table of its own */
export function looksOf(styles: { all: readonly Style[]; at: StyleAt }, theme: Theme): Looks {
  const looks = new Map<LookSettings, Look>();
  for (const { look } of styles.all) {
    if (!looks.has(look)) looks.set(look, { lookup: lookup(look, theme), look, theme });
  }
  return { theme, all: [...looks.values()], at: (path) => looks.get(styles.at(path).look) as Look };
}

export type Colour = readonly [number, number, number];

export interface Inks {
  /** Lines and sheets. */
  ink: Colour;
  /** What highlighted elements are brought toward, and how far. */
  highlight: readonly [...Colour, number];
  /** Vanes of the flow arrow: from the left and from the right operand. */
  left: Colour;
  right: Colour;
  /** Strength of sheets, frames and guide lines. */
  sheet: number;
  frame: number;
  guide: number;
}

export const INKS: Record<Theme, Inks> = {
  light: {
    ink: [0.13, 0.15, 0.2],
    highlight: [0.08, 0.09, 0.13, 0.45],
    left: [0.2, 0.46, 0.86],
    right: [0.85, 0.3, 0.3],
    sheet: 0.03,
    frame: 0.22,
    guide: 0.3,
  },
  dark: {
    ink: [0.86, 0.9, 1],
    highlight: [1, 1, 1, 0.5],
    left: [0.55, 0.76, 1],
    right: [1, 0.56, 0.56],
    sheet: 0.035,
    frame: 0.2,
    guide: 0.26,
  },
};

/** Element scale at which neighbours touch. */
export const TOUCHING = 1.2071;

const bytes = ([r, g, b]: Rgb): Colour => [r / 255, g / 255, b / 255];

/** Sets what decides an element's picture; the lookup table must be bound to its unit. */
export function setAppearance(
  gl: WebGL2RenderingContext,
  program: Program,
  { look, theme }: Look,
  { range, paint }: Pick<Drawn, "range" | "paint">,
): void {
  gl.uniform1i(program.uniform("uLevels"), paint?.levels ?? 0);
  if (paint)
    gl.uniform3fv(
      program.uniform("uLevelColours"),
      levelColours(paint.levels, theme).flatMap((colour) => bytes(colour)),
    );
  const span = range.hi - range.lo;
  gl.uniform1i(program.uniform("uLook"), UNITS.look);
  gl.uniform2f(program.uniform("uRange"), range.lo, span > 0 ? 1 / span : 0);
  const full = (0.5 * look.elem_scale) / TOUCHING;
  const hollow = Math.min(0.5, NO_VALUE_SIZE * full);
  gl.uniform3f(program.uniform("uRadius"), full, look.min_size * full, hollow);
  gl.uniform3f(program.uniform("uMissing"), ...bytes(NO_VALUE[theme]));
  gl.uniform3f(program.uniform("uEndless"), ...bytes(INFINITE[theme]));
}
