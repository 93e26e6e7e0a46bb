/** The canvas over everything: printed values, and what stands in the lens and around it. */
import { boxOf, type Lens } from "../camera/lens.ts";
import type { Size } from "../camera.ts";
import { make } from "../figure/markup.ts";
import type { Palette } from "../figure/theme.ts";
import { type Patch, type Sight, stroke } from "../text/patch.ts";
import { LINE } from "./digits.ts";
import type { Printed } from "./printed.ts";

export interface GlassContent {
  /** On the picture itself; none where the lens stands. */
  values: readonly Printed[];
  lens: {
    lens: Lens;
    values: readonly Printed[];
    /** Lines around the element being read and what it was made from. */
    patches: readonly Patch[];
    sight: Sight;
  } | null;
  /** A fixed-width face. */
  font: string;
  palette: Palette;
}

export interface Glass {
  readonly canvas: HTMLCanvasElement;
  draw(size: Size, content: GlassContent, pixelRatio: number): void;
}

/** Width of the rim around letters, in parts of their size. */
const RIM = 0.3;

export function createGlass(): Glass {
  const canvas = make("canvas", { class: "overlay glass", "aria-hidden": "true" });
  const context = canvas.getContext("2d");
  let empty = true;
  return {
    canvas,
    draw({ width, height }, { values, lens, font, palette }, ratio) {
      const bare = values.length === 0 && !lens;
      if (!context || (bare && empty)) return;
      empty = bare;
      const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)];
      if (canvas.width !== w) canvas.width = w;
      if (canvas.height !== h) canvas.height = h;
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      context.clearRect(0, 0, width, height);
      write(context, values, font, palette);
      if (!lens) return;
      const { left, top, right, bottom } = boxOf(lens.lens);
      const box = [left, top, right - left, bottom - top] as const;
      context.save();
      context.beginPath();
      context.rect(...box);
      context.clip();
      context.clearRect(...box);
      for (const patch of lens.patches) stroke(context, lens.sight, patch, palette, 1.75);
      write(context, lens.values, font, palette);
      context.restore();
      frame(context, box, palette);
    },
  };
}

function write(
  context: CanvasRenderingContext2D,
  values: readonly Printed[],
  font: string,
  { background, ink }: Palette,
): void {
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.strokeStyle = background;
  context.fillStyle = ink;
  for (const { lines, x, y, size } of values) {
    context.font = `600 ${size}px ${font}`;
    context.lineWidth = size * RIM;
    lines.forEach((line, n) => {
      const at = y + (n - (lines.length - 1) / 2) * LINE * size;
      context.strokeText(line, x, at);
      context.fillText(line, x, at);
    });
  }
}

/** Two tones, so that the lens stands out from any picture. */
function frame(
  context: CanvasRenderingContext2D,
  [left, top, width, height]: readonly [number, number, number, number],
  { background, ink }: Palette,
): void {
  context.lineJoin = "miter";
  context.strokeStyle = background;
  context.lineWidth = 4;
  context.strokeRect(left, top, width, height);
  context.strokeStyle = ink;
  context.globalAlpha = 0.55;
  context.lineWidth = 1.25;
  context.strokeRect(left, top, width, height);
  context.globalAlpha = 1;
}
