/** A line around a part of a matrix: the element being read, the rows and columns it was made from. */
import type { Projected } from "../camera.ts";
import type { Palette } from "../figure/theme.ts";
import type { Placed, Vec3 } from "../layout.ts";
import { at } from "./outline.ts";

/** A rectangle of a matrix, as offsets of its first and last element. */
export interface Patch {
  placed: Placed;
  down: readonly [number, number];
  along: readonly [number, number];
}

/** Where world points stand: in the picture, or in the lens. */
export interface Sight {
  near: number;
  project(point: Vec3): Projected;
}

/** Patches smaller than this many CSS pixels get a ring that can be seen around them. */
const VISIBLE = 7;

/** A thin line around a patch, in two tones so that it shows on any colour. */
export function stroke(
  ctx: CanvasRenderingContext2D,
  sight: Sight,
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
  ].map((corner) => sight.project(corner));
  if (corners.some(({ depth }) => depth <= sight.near)) return;
  const path = new Path2D();
  const middle = sight.project(at(placed, (top + bottom) / 2, (left + right) / 2));
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
