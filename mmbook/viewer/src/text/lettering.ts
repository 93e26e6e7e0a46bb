/** Text on a 2-D canvas: how wide it is, and how it is written, with a rim that keeps it legible. */
import type { Palette } from "../figure/theme.ts";
import type { Label, Measure } from "./label.ts";

/** Width of the rim over the balls, in CSS pixels. */
export const HALO = 4;
/** Strength of the rim. */
export const RIM = 0.85;
/** Most measured widths kept. */
const REMEMBERED = 2000;

export function createMeasure(context: CanvasRenderingContext2D | null): Measure {
  const widths = new Map<string, number>();
  return (text, font) => {
    const key = `${font}\n${text}`;
    const known = widths.get(key);
    if (known !== undefined) return known;
    if (!context) return 0;
    if (widths.size > REMEMBERED) widths.clear();
    context.font = font;
    const { width } = context.measureText(text);
    widths.set(key, width);
    return width;
  };
}

/** @param clear the ground shows through: the rim takes away what is under it instead of covering it */
export function write(
  context: CanvasRenderingContext2D,
  label: Label,
  palette: Palette,
  measure: Measure,
  clear = false,
): void {
  context.save();
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.lineWidth = HALO;
  context.translate(label.x, label.y);
  context.rotate(label.angle);
  context.strokeStyle = palette.background;
  context.fillStyle = palette.ink;
  for (const rim of [true, false]) {
    context.globalCompositeOperation = rim && clear ? "destination-out" : "source-over";
    let x = 0;
    for (const { text, font, strength } of label.runs) {
      context.font = font;
      context.globalAlpha = label.opacity * (rim ? RIM : strength);
      if (rim) context.strokeText(text, x, 0);
      else context.fillText(text, x, 0);
      x += measure(text, font);
    }
  }
  context.restore();
}
