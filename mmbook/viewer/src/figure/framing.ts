/** Which camera a figure begins with, and whether a reader's camera still means the same. */
import type { Bounds, Camera } from "../camera.ts";
import type { Placed, Vec3 } from "../layout.ts";
import type { Node } from "../scene.ts";
import type { Settings } from "../settings.ts";
import { at, extent } from "../text/outline.ts";

/** The box of a matrix, with half an element to spare. */
export function boxOf(placed: Placed): Bounds {
  const { down, along } = extent(placed);
  const ends = [at(placed, -0.5, -0.5), at(placed, down + 0.5, along + 0.5)] as const;
  const each = (pick: (...values: number[]) => number): Vec3 => [
    pick(ends[0][0], ends[1][0]),
    pick(ends[0][1], ends[1][1]),
    pick(ends[0][2], ends[1][2]),
  ];
  return { min: each(Math.min), max: each(Math.max) };
}

/** The figure's own camera, or one that shows all of it. */
export function frameFigure(
  camera: Camera,
  settings: Settings,
  placed: readonly Placed[],
  smoothly: boolean,
): void {
  if (settings.camera) camera.state = settings.camera;
  else camera.frameAll(placed.map(boxOf), undefined, smoothly);
}

/** Whether two trees have the same products over matrices of the same shapes. */
export function sameShape(a: Node, b: Node): boolean {
  if (a.rows !== b.rows || a.cols !== b.cols) return false;
  if (a.role === "leaf" || b.role === "leaf") return a.role === b.role;
  return sameShape(a.left, b.left) && sameShape(a.right, b.right);
}
