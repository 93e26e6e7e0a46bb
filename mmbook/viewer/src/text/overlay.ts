/** The 2-D canvas over the picture: names, tokens, and the mark around the element being read. */
import type { Camera } from "../camera.ts";
import type { Palette } from "../figure/theme.ts";
import type { Placed } from "../layout.ts";
import type { Label } from "./label.ts";
import { type NameStyle, Names, type Title } from "./names.ts";
import { at, outline } from "./outline.ts";
import { type Box, Room } from "./room.ts";
import { type Axis, Tokens } from "./tokens.ts";

export interface OverlayContent {
  /** Every matrix on the picture: text avoids them. */
  placed: readonly Placed[];
  titles: readonly Title[];
  axes: readonly Axis[];
  /** The element being read. */
  mark: Patch | null;
  /** Rows and columns it was made from. */
  strips: readonly Patch[];
  /** Part of the picture that other things cover. */
  taken: readonly Box[];
  style: NameStyle;
  palette: Palette;
}

/** A rectangle of a matrix, as offsets of its first and last element. */
export interface Patch {
  placed: Placed;
  down: readonly [number, number];
  along: readonly [number, number];
}

export interface Overlay {
  readonly canvas: HTMLCanvasElement;
  draw(camera: Camera, content: OverlayContent, pixelRatio: number): void;
  /** The matrix whose name was drawn at a point of the picture. */
  named(at: { x: number; y: number }): Placed | null;
}

/** Width of the rim that keeps text legible over the balls, in CSS pixels. */
const HALO = 4;
/** Most measured widths kept. */
const REMEMBERED = 2000;

export function createOverlay(): Overlay {
  const canvas = document.createElement("canvas");
  canvas.className = "overlay";
  canvas.setAttribute("aria-hidden", "true");
  const context = canvas.getContext("2d");
  const widths = new Map<string, number>();
  const names = new Names();
  const tokens = new Tokens();

  const measure = (text: string, font: string): number => {
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

  const write = (ctx: CanvasRenderingContext2D, label: Label, palette: Palette): void => {
    ctx.save();
    ctx.translate(label.x, label.y);
    ctx.rotate(label.angle);
    ctx.strokeStyle = palette.background;
    ctx.fillStyle = palette.ink;
    for (const rim of [true, false]) {
      let x = 0;
      for (const { text, font, strength } of label.runs) {
        ctx.font = font;
        ctx.globalAlpha = label.opacity * (rim ? 0.85 : strength);
        if (rim) ctx.strokeText(text, x, 0);
        else ctx.fillText(text, x, 0);
        x += measure(text, font);
      }
    }
    ctx.restore();
  };

  return {
    canvas,
    named: (at) => names.at(at),
    draw(camera, content, pixelRatio) {
      const { width, height } = camera.size;
      const [w, h] = [Math.round(width * pixelRatio), Math.round(height * pixelRatio)];
      if (canvas.width !== w) canvas.width = w;
      if (canvas.height !== h) canvas.height = h;
      if (!context) return;
      context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
      context.clearRect(0, 0, width, height);
      context.textBaseline = "middle";
      context.lineJoin = "round";
      context.lineWidth = HALO;

      const { palette, style, mark, strips } = content;
      const outlines = content.placed.map((placed) => outline(placed, camera));
      const room = new Room();
      room.take(...content.taken);
      // Tokens have their one place; a name finds another.
      const labels = tokens.place(content.axes, outlines, camera, room, measure, style.sans);
      if (style.legends > 0)
        labels.push(...names.place(content.titles, outlines, camera, room, measure, style));
      for (const strip of strips) stroke(context, camera, strip, palette, 1.25);
      if (mark) stroke(context, camera, mark, palette, 1.75);
      for (const label of labels) write(context, label, palette);
    },
  };
}

/** Patches smaller than this many CSS pixels get a ring that can be seen around them. */
const VISIBLE = 7;

/** A thin line around a patch, in two tones so that it shows on any colour. */
function stroke(
  ctx: CanvasRenderingContext2D,
  camera: Camera,
  { placed, down, along }: Patch,
  palette: Palette,
  width: number,
): void {
  const [top, bottom, left, right] = [down[0] - 0.5, down[1] + 0.5, along[0] - 0.5, along[1] + 0.5];
  const corners = [
    at(placed, top, left),
    at(placed, top, right),
    at(placed, bottom, right),
    at(placed, bottom, left),
  ].map((corner) => camera.project(corner));
  if (corners.some(({ depth }) => depth <= camera.near)) return;
  const path = new Path2D();
  const middle = camera.project(at(placed, (top + bottom) / 2, (left + right) / 2));
  const size = middle.scale * Math.max(bottom - top, right - left);
  if (size < VISIBLE) path.arc(middle.x, middle.y, VISIBLE, 0, 2 * Math.PI);
  else {
    for (const { x, y } of corners) path.lineTo(x, y);
    path.closePath();
  }
  ctx.save();
  ctx.lineJoin = "round";
  ctx.strokeStyle = palette.background;
  ctx.lineWidth = width + 2;
  ctx.globalAlpha = 0.75;
  ctx.stroke(path);
  ctx.strokeStyle = palette.ink;
  ctx.lineWidth = width;
  ctx.globalAlpha = 1;
  ctx.stroke(path);
  ctx.restore();
}
