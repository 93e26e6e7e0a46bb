/** A figure's title in the corner of its picture, in as many lines as it takes. */
import type { Label, Measure } from "../text/label.ts";

const SIZE = 13.5;
const LINE = 18;
const LEFT = 12;
const TOP = 9;
/** Room for the legend beside it. */
const BESIDE = 170;

export function titleLabels(title: string, width: number, sans: string, measure: Measure): Label[] {
  const font = `600 ${SIZE}px ${sans}`;
  return lines(title, (text) => measure(text, font) <= width - BESIDE).map((text, at) => ({
    runs: [{ text, font, strength: 1 }],
    x: LEFT,
    y: TOP + (at + 0.5) * LINE,
    angle: 0,
    opacity: 1,
  }));
}

/** Words that fit side by side; a word alone on its line may be too long. */
export function lines(text: string, fits: (line: string) => boolean): string[] {
  const found: string[] = [];
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const last = found.at(-1);
    if (last !== undefined && fits(`${last} ${word}`)) found[found.length - 1] = `${last} ${word}`;
    else found.push(word);
  }
  return found;
}
