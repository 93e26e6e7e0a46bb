/**
 * Ray → cell. A matrix is a plane; where the ray meets it, two dot products give the row and the
 * column, so the cost does not depend on how many elements the matrix has.
 */
import type { Placed, Vec3 } from "../layout.ts";

export interface Ray {
  origin: Vec3;
  direction: Vec3;
}

export interface Hit {
  row: number;
  col: number;
  /** Along the ray, in lengths of its direction. */
  distance: number;
}

const dot = (a: Vec3, b: Vec3): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

/** World offset of element `index` along its axis, block gaps included. */
export function offset(index: number, block: number, gap: number): number {
  return index + Math.floor(index / block) * gap;
}

/** Element whose cell (half a unit to either side) holds the offset; null in a gap or outside. */
export function indexAt(at: number, count: number, block: number, gap: number): number | null {
  const piece = Math.floor((at + 0.5) / (block + gap));
  const within = Math.floor(at + 0.5 - piece * (block + gap));
  const index = piece * block + within;
  return piece >= 0 && within < block && index < count ? index : null;
}

/** World position of the middle of an element. */
export function elementAt(placed: Placed, row: number, col: number): Vec3 {
  const { origin, rowAxis, colAxis } = placed;
  const r = offset(row, placed.rowBlock, placed.gap);
  const c = offset(col, placed.colBlock, placed.gap);
  return [
    origin[0] + r * rowAxis[0] + c * colAxis[0],
    origin[1] + r * rowAxis[1] + c * colAxis[1],
    origin[2] + r * rowAxis[2] + c * colAxis[2],
  ];
}

export function pick(ray: Ray, placed: Placed): Hit | null {
  const slope = dot(ray.direction, placed.facing);
  if (Math.abs(slope) < 1e-9) return null; // edge on: a plane without thickness shows no cell
  const away: Vec3 = [
    placed.origin[0] - ray.origin[0],
    placed.origin[1] - ray.origin[1],
    placed.origin[2] - ray.origin[2],
  ];
  const distance = dot(away, placed.facing) / slope;
  if (distance <= 0) return null;
  const local: Vec3 = [
    ray.direction[0] * distance - away[0],
    ray.direction[1] * distance - away[1],
    ray.direction[2] * distance - away[2],
  ];
  const row = indexAt(dot(local, placed.rowAxis), placed.rows, placed.rowBlock, placed.gap);
  const col = indexAt(dot(local, placed.colAxis), placed.cols, placed.colBlock, placed.gap);
  return row === null || col === null ? null : { row, col, distance };
}

/** The nearest of several; `accepts` leaves out cells that are not drawn. */
export function pickNearest<T extends { placed: Placed }>(
  ray: Ray,
  candidates: Iterable<T>,
  accepts: (candidate: T, hit: Hit) => boolean,
): { candidate: T; hit: Hit } | null {
  let nearest: { candidate: T; hit: Hit } | null = null;
  for (const candidate of candidates) {
    const hit = pick(ray, candidate.placed);
    if (!hit || (nearest && hit.distance >= nearest.hit.distance)) continue;
    if (accepts(candidate, hit)) nearest = { candidate, hit };
  }
  return nearest;
}
