/**
 * The nearest place from which a set of points fits into the picture, for a given direction of view.
 *
 * In camera axes a point (x, y, z), z forward, is inside when |x - cx| <= tx (z - cz), and the same
 * for y. Each side of the picture thus bounds one linear form of the eye (cx, cy, cz): the tightest
 * bounds of the four sides give the eye without any search.
 */
import type { Vec3 } from "../layout.ts";
import { add, dot, scale } from "./vector.ts";
import type { Axes } from "./view.ts";

export interface Fit {
  position: Vec3;
  /** Distance to the middle of the points' depth, where the target belongs. */
  distance: number;
}

/**
 * @param points at least one, world coordinates
 * @param axes orthonormal directions of the camera
 * @param tangentX half width of the picture at depth 1, margins already taken off; tangentY likewise
 */
export function nearestFit(
  points: readonly Vec3[],
  axes: Axes,
  tangentX: number,
  tangentY: number,
): Fit {
  const side = { right: -Infinity, left: Infinity, top: -Infinity, bottom: Infinity };
  let nearest = Infinity;
  let farthest = -Infinity;
  for (const point of points) {
    const x = dot(point, axes.right);
    const y = dot(point, axes.up);
    const z = dot(point, axes.forward);
    side.right = Math.max(side.right, x - tangentX * z);
    side.left = Math.min(side.left, x + tangentX * z);
    side.top = Math.max(side.top, y - tangentY * z);
    side.bottom = Math.min(side.bottom, y + tangentY * z);
    nearest = Math.min(nearest, z);
    farthest = Math.max(farthest, z);
  }
  const z = Math.min(
    (side.left - side.right) / (2 * tangentX),
    (side.bottom - side.top) / (2 * tangentY),
  );
  const position = add(
    add(
      scale(axes.right, (side.right + side.left) / 2),
      scale(axes.up, (side.top + side.bottom) / 2),
    ),
    scale(axes.forward, z),
  );
  return { position, distance: Math.max((nearest + farthest) / 2 - z, 1) };
}
