/** What a camera shows: directions, projection of points, rays through pixels. */
import type { Vec3 } from "../layout.ts";
import { add, cross, dot, normalize, scale, subtract } from "./vector.ts";

export interface Axes {
  right: Vec3;
  up: Vec3;
  forward: Vec3;
}

/** Size of the picture in CSS pixels. */
export interface Size {
  width: number;
  height: number;
}

const UP: Vec3 = [0, 1, 0];

/** Directions of a camera at `position` that looks at `target` with the world's y upward. */
export function axesOf(position: Vec3, target: Vec3): Axes {
  const forward = normalize(subtract(target, position));
  const level = cross(forward, UP);
  // Straight up or down has no level of its own: keep x to the right.
  const right: Vec3 = Math.hypot(...level) > 1e-9 ? normalize(level) : [1, 0, 0];
  return { right, up: cross(right, forward), forward };
}

/** Tangent of half the vertical angle of view: 45 degrees, wider where the picture is upright. */
export function tangent(size: Size): number {
  const degrees = 45 / Math.min(1, size.width / size.height);
  return Math.tan((degrees * Math.PI) / 360);
}

export interface Projected {
  /** CSS pixels from the left and the top. */
  x: number;
  y: number;
  /** Distance along the direction of view; not visible where it is not positive. */
  depth: number;
  /** CSS pixels that one world unit spans at this depth. */
  scale: number;
}

export function project(point: Vec3, position: Vec3, axes: Axes, size: Size): Projected {
  const from = subtract(point, position);
  const depth = dot(from, axes.forward);
  const perUnit = size.height / (2 * tangent(size) * depth);
  return {
    x: size.width / 2 + dot(from, axes.right) * perUnit,
    y: size.height / 2 - dot(from, axes.up) * perUnit,
    depth,
    scale: perUnit,
  };
}

/** Unit direction through a point of the picture, in CSS pixels from the left and the top. */
export function through(x: number, y: number, axes: Axes, size: Size): Vec3 {
  const perPixel = (2 * tangent(size)) / size.height;
  return normalize(
    add(
      axes.forward,
      add(
        scale(axes.right, (x - size.width / 2) * perPixel),
        scale(axes.up, (size.height / 2 - y) * perPixel),
      ),
    ),
  );
}
