/** A matrix as it appears in the picture: its corners, and whether a point lies on it. */

import { add, scale, subtract } from "../camera/vector.ts";
import type { Camera } from "../camera.ts";
import { offsetAlong, type Placed, type Vec3 } from "../layout.ts";

export interface Point {
  x: number;
  y: number;
}

export interface Outline {
  placed: Placed;
  /** In order around the part of the matrix before the camera; null where all of it is behind. */
  corners: readonly Point[] | null;
  /** CSS pixels that one element spans in the middle; 0 behind the camera. */
  scale: number;
}

/** World position at fractional offsets along the rows and the columns. */
export function at(placed: Placed, down: number, along: number): Vec3 {
  return add(placed.origin, add(scale(placed.rowAxis, down), scale(placed.colAxis, along)));
}

/** Offset of the last element along each axis, block gaps included. */
export function extent(placed: Placed): { down: number; along: number } {
  return {
    down: offsetAlong(placed.rows - 1, placed.rowBlock, placed.gap),
    along: offsetAlong(placed.cols - 1, placed.colBlock, placed.gap),
  };
}

export function outline(placed: Placed, camera: Camera): Outline {
  const { down, along } = extent(placed);
  const middle = camera.project(at(placed, down / 2, along / 2));
  const corners = before(camera, [
    at(placed, -0.5, -0.5),
    at(placed, -0.5, along + 0.5),
    at(placed, down + 0.5, along + 0.5),
    at(placed, down + 0.5, -0.5),
  ]).map((corner) => camera.project(corner));
  return {
    placed,
    corners: corners.length > 2 ? corners : null,
    scale: middle.depth > camera.near ? middle.scale : 0,
  };
}

/** The part of a polygon that the camera has before it: edges end at the nearest visible depth. */
export function before(camera: Camera, polygon: readonly Vec3[]): Vec3[] {
  const depths = polygon.map((point) => camera.project(point).depth - camera.near);
  return polygon.flatMap((point, i): Vec3[] => {
    const [here = 0, next = 0] = [depths[i], depths[(i + 1) % depths.length]];
    const kept = here > 0 ? [point] : [];
    if (here > 0 === next > 0) return kept;
    const way = subtract(polygon[(i + 1) % polygon.length] ?? point, point);
    // A little beyond, so that rounding leaves it before the camera.
    const part = here / (here - next) - Math.sign(here) * 1e-6;
    return [...kept, add(point, scale(way, part))];
  });
}

/** Whether a point of the picture lies on the matrix. */
export function covers({ corners }: Outline, { x, y }: Point): boolean {
  if (!corners) return false;
  let side = 0;
  for (const [i, a] of corners.entries()) {
    const b = corners[(i + 1) % corners.length] ?? a;
    const turn = Math.sign((b.x - a.x) * (y - a.y) - (b.y - a.y) * (x - a.x));
    if (turn === 0) continue;
    if (side !== 0 && turn !== side) return false;
    side = turn;
  }
  return side !== 0;
}
