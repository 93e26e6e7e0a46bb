/** Where the camera goes: a figure's first view, one element, and whether a view still means the same. */

import { add, dot, normalize, scale, subtract } from "../camera/vector.ts";
import type { Bounds, Camera } from "../camera.ts";
import type { Cell } from "../inspect/cell.ts";
import { offsetAlong, type Placed, type Vec3 } from "../layout.ts";
import { childrenOf, type Node } from "../scene.ts";
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

/** Whether two trees are made alike from matrices of the same shapes. */
export function sameShape(a: Node, b: Node): boolean {
  if (a.role !== b.role || a.rows !== b.rows || a.cols !== b.cols) return false;
  const [ours, theirs] = [childrenOf(a), childrenOf(b)];
  return (
    ours.length === theirs.length &&
    ours.every((child, at) => {
      const other = theirs[at];
      return other !== undefined && sameShape(child, other);
    })
  );
}

/** Elements around the one being looked at that come into the picture with it, to each side. */
const NEIGHBOURS = 12;

/** Goes to an element: its surroundings as large as they fit, seen from where they are legible. */
export function approach(camera: Camera, cell: Cell): void {
  const { placed, row, col } = cell;
  const offset = (index: number, count: number, block: number): number =>
    offsetAlong(Math.min(count - 1, Math.max(0, index)), block, placed.gap);
  const corner = (by: number): Vec3 =>
    at(
      placed,
      offset(row + by, placed.rows, placed.rowBlock),
      offset(col + by, placed.cols, placed.colBlock),
    );
  const [from, to] = [corner(-NEIGHBOURS), corner(NEIGHBOURS)];
  const each = (pick: (...values: number[]) => number, by: number): Vec3 => [
    pick(from[0], to[0]) + by,
    pick(from[1], to[1]) + by,
    pick(from[2], to[2]) + by,
  ];
  const box = { min: each(Math.min, -0.5), max: each(Math.max, 0.5) };
  // Mostly face on, and a little from where the reader stands now: space stays space.
  const away = normalize(subtract(camera.position, camera.target));
  const side = dot(away, placed.facing) < 0 ? -1 : 1;
  camera.frame(box, add(scale(placed.facing, 1.6 * side), away), true);
}
