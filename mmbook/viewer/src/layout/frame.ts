/** Rigid frames: quarter turns and shifts, as the images of the unit axes and of the origin. */
import type { Vec3 } from "./types.ts";

export interface Frame {
  readonly x: Vec3;
  readonly y: Vec3;
  readonly z: Vec3;
  readonly origin: Vec3;
}

/** The root's axes (x right, y down, z away) in the world's (x right, y up, z toward the reader). */
export function rootFrame(origin: Vec3): Frame {
  return { x: [1, 0, 0], y: [0, -1, 0], z: [0, 0, -1], origin };
}

/** Rotation by a quarter turn about y (left operands) with a shift along x and z. */
export function turnedAboutY(sign: 1 | -1, x: number, z: number): Frame {
  return { x: [0, 0, -sign], y: [0, 1, 0], z: [sign, 0, 0], origin: [x, 0, z] };
}

/** Rotation by a quarter turn about x (right operands) with a shift along y and z. */
export function turnedAboutX(sign: 1 | -1, y: number, z: number): Frame {
  return { x: [1, 0, 0], y: [0, 0, sign], z: [0, -sign, 0], origin: [0, y, z] };
}

/** A frame moved along its own axes. */
export function moved(frame: Frame, by: Vec3): Frame {
  return { ...frame, origin: point(frame, by) };
}

/** `inner`, which is given in `outer`, in the frame `outer` itself is given in. */
export function compose(outer: Frame, inner: Frame): Frame {
  return {
    x: direction(outer, inner.x),
    y: direction(outer, inner.y),
    z: direction(outer, inner.z),
    origin: point(outer, inner.origin),
  };
}

export function point(frame: Frame, [x, y, z]: Vec3): Vec3 {
  return add(frame.origin, direction(frame, [x, y, z]));
}

export function direction(frame: Frame, [x, y, z]: Vec3): Vec3 {
  return add(add(scale(frame.x, x), scale(frame.y, y)), scale(frame.z, z));
}

export function add(a: Vec3, b: Vec3): Vec3 {
  return [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
}

/** Never yields -0, so that equal directions compare equal. */
export function scale(a: Vec3, factor: number): Vec3 {
  return [a[0] * factor + 0, a[1] * factor + 0, a[2] * factor + 0];
}
