/**
 * Ray → cell. A matrix is a plane; where the ray meets it, two dot products give the row and the
 * column, so the cost does not depend on how many elements the matrix has.
 */
import { dot, scale, subtract } from "../camera/vector.ts";
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

/** Element whose cell (half a unit to either side) holds the offset; null in a gap or outside. */
export function indexAt(at: number, count: number, block: number, gap: number): number | null {
  const stride = block + gap;
  const piece = Math.floor((at + 0.5) / stride);
  const within = Math.floor(at + 0.5 - piece * stride);
  const index = piece * block + within;
  return piece >= 0 && within < block && index < count ? index : null;
}

export function pick(ray: Ray, placed: Placed): Hit | null {
  const slope = dot(ray.direction, placed.facing);
  if (Math.abs(slope) < 1e-9) return null; // edge on: a plane without thickness shows no cell
  const away = subtract(placed.origin, ray.origin);
  const distance = dot(away, placed.facing) / slope;
  if (distance <= 0) return null;
  const local = subtract(scale(ray.direction, distance), away);
  const row = indexAt(dot(local, placed.rowAxis), placed.rows, placed.rowBlock, placed.gap);
  const col = indexAt(dot(local, placed.colAxis), placed.cols, placed.colBlock, placed.gap);
  return row === null || col === null ? null : { row, col, distance };
}

/** The nearest of several; `accepts` leaves out cells that are not drawn. */
export function pickNearest<T extends { placed: Placed }>(
  ray: Ray,
  candidates: Iterable<T>,
  accepts: (candidate: T, hit: Hit) => boolean = () => true,
): { candidate: T; hit: Hit } | null {
  let nearest: { candidate: T; hit: Hit } | null = null;
  for (const candidate of candidates) {
    const hit = pick(ray, candidate.placed);
    if (!hit || (nearest && hit.distance >= nearest.hit.distance)) continue;
    if (accepts(candidate, hit)) nearest = { candidate, hit };
  }
  return nearest;
}
