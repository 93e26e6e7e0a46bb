/** The 2-D canvas over the picture: names, tokens, and the mark around the element being read. */
import type { Camera } from "../camera.ts";
import type { Palette } from "../figure/theme.ts";
import type { Placed } from "../layout.ts";
import { drawKey, placeKey } from "./key.ts";
import { Labelling, type Wording } from "./labelling.ts";
import { createMeasure, write } from "./lettering.ts";
import { at } from "./outline.ts";

export interface OverlayContent extends Wording {
  /** The element being read. */
  mark: Patch | null;
  /** Rows and columns it was made from. */
  strips: readonly Patch[];
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
  readonly labelling: Labelling;
  draw(camera: Camera, content: OverlayContent, pixelRatio: number): void;
  /** The matrix whose name was drawn at a point of the picture. */
  named(at: { x: number; y: number }): Placed | null;
}

export function createOverlay(): Overlay {
  const canvas = document.createElement("canvas");
  canvas.className = "overlay";
  canvas.setAttribute("aria-hidden", "true");
  const context = canvas.getContext("2d");
  const measure = createMeasure(context);
  const labelling = new Labelling();

  return {
    canvas,
    labelling,
    named: (at) => labelling.named(at),
    draw(camera, content, pixelRatio) {
      const { width, height } = camera.size;
      const [w, h] = [Math.round(width * pixelRatio), Math.round(height * pixelRatio)];
      if (canvas.width !== w) canvas.width = w;
      if (canvas.height !== h) canvas.height = h;
      if (!context) return;
      context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
      context.clearRect(0, 0, width, height);
      const { palette, mark, strips } = content;
      const labels = labelling.place(camera, content, measure);
      for (const strip of strips) stroke(context, camera, strip, palette, 1.25);
      if (mark) stroke(context, camera, mark, palette, 1.75);
      for (const label of labels) write(context, label, palette, measure);
      drawKey(context, placeKey(content, measure), palette);
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
