/** A piece of text with its place in the picture. */
import type { Box } from "./room.ts";

export interface Run {
  text: string;
  font: string;
  /** Part of the ink's strength. */
  strength: number;
}

export interface Label {
  runs: readonly Run[];
  /** Where the text begins, halfway up its line, in CSS pixels. */
  x: number;
  y: number;
  /** Of the line of text, in radians, clockwise. */
  angle: number;
  opacity: number;
}

export type Measure = (text: string, font: string) => number;

export function boxAround(x: number, y: number, width: number, height: number): Box {
  return { left: x, right: x + width, top: y - height / 2, bottom: y + height / 2 };
}
