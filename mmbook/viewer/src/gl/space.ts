/** Uniforms that say where the camera is, in the axes of what is drawn. */
import { dot } from "../camera/vector.ts";
import type { Placed, Vec3 } from "../layout.ts";
import { aimed, type View } from "./frame.ts";
import type { Program } from "./program.ts";

export interface Frame3 {
  x: Vec3;
  y: Vec3;
  z: Vec3;
}

export const WORLD: Frame3 = { x: [1, 0, 0], y: [0, 1, 0], z: [0, 0, 1] };

export const axesOfMatrix = ({ colAxis, rowAxis, facing }: Placed): Frame3 => ({
  x: colAxis,
  y: rowAxis,
  z: facing,
});

/** A world direction in the given axes. */
export const inAxes = ({ x, y, z }: Frame3, v: Vec3): Vec3 => [dot(v, x), dot(v, y), dot(v, z)];

/** Handedness: 1 if z is x cross y, -1 if it is the opposite. */
export function handedness({ x, y, z }: Frame3): number {
  return Math.sign(
    z[0] * (x[1] * y[2] - x[2] * y[1]) +
      z[1] * (x[2] * y[0] - x[0] * y[2]) +
      z[2] * (x[0] * y[1] - x[1] * y[0]),
  );
}

/** Sets uAxes, uProjection, uForward and uPixel, as far as the program has them. */
export function setSpace(
  gl: WebGL2RenderingContext,
  program: Program,
  axes: Frame3,
  view: View,
): void {
  const { forward } = view.axes;
  const { right, up } = aimed(view);
  const columns = [axes.x, axes.y, axes.z].flatMap((axis) => [
    dot(axis, right),
    dot(axis, up),
    -dot(axis, forward),
  ]);
  gl.uniformMatrix3fv(program.uniform("uAxes"), false, columns);
  const scale = 1 / view.tangent;
  gl.uniform3f(
    program.uniform("uProjection"),
    (scale * view.height) / view.width,
    scale,
    view.near,
  );
  gl.uniform3f(program.uniform("uForward"), ...inAxes(axes, forward));
  // In elements, which are smaller than a unit of the world where a matrix is shrunk.
  gl.uniform1f(program.uniform("uPixel"), (2 * view.tangent) / view.height / Math.hypot(...axes.x));
}
