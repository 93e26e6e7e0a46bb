/** World → picture: polygons and lines, as far as they are before the camera. */
import type { Camera } from "../../camera.ts";
import type { Vec3 } from "../../layout.ts";
import { before, type Point } from "../../text/outline.ts";
import { decimal } from "./xml.ts";

/** In CSS pixels; null where none of it can be seen. */
export function polygon(camera: Camera, corners: readonly Vec3[]): Point[] | null {
  const points = before(camera, corners).map((corner) => camera.project(corner));
  return points.length > 2 ? points : null;
}

export function segment(camera: Camera, from: Vec3, to: Vec3): readonly [Point, Point] | null {
  const [a, b] = before(camera, [from, to]);
  return a && b ? [camera.project(a), camera.project(b)] : null;
}

export const pointsOf = (points: readonly Point[]): string =>
  points.map(({ x, y }) => `${decimal(x)},${decimal(y)}`).join(" ");

export const pathOf = (lines: readonly (readonly [Point, Point])[]): string =>
  lines
    .map(([a, b]) => `M${decimal(a.x)} ${decimal(a.y)}L${decimal(b.x)} ${decimal(b.y)}`)
    .join("");
