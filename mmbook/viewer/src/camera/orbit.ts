/**
 * A place on a sphere about a target: turn about the world's y axis, height above the horizon,
 * distance. The poles are out of reach by a hair, so that up is always up.
 */
import type { Vec3 } from "../layout.ts";
import { add, length, subtract } from "./vector.ts";

export interface Orbit {
  target: Vec3;
  /** Angle about y in radians; 0 looks from +z, a quarter turn from +x. */
  turn: number;
  /** Angle above the horizontal plane in radians. */
  height: number;
  distance: number;
}

const HIGHEST = Math.PI / 2 - 1e-3;

export const clampHeight = (height: number): number =>
  Math.min(HIGHEST, Math.max(-HIGHEST, height));

export function toOrbit(position: Vec3, target: Vec3): Orbit {
  const from = subtract(position, target);
  const distance = length(from);
  if (distance === 0) return { target, turn: 0, height: 0, distance: 1 };
  return {
    target,
    turn: Math.atan2(from[0], from[2]),
    height: clampHeight(Math.asin(Math.max(-1, Math.min(1, from[1] / distance)))),
    distance,
  };
}

export function toPosition(orbit: Orbit): Vec3 {
  const level = orbit.distance * Math.cos(orbit.height);
  return add(orbit.target, [
    level * Math.sin(orbit.turn),
    orbit.distance * Math.sin(orbit.height),
    level * Math.cos(orbit.turn),
  ]);
}

/** The way from one orbit to another; `part` from 0 to 1. Distance runs evenly in ratios. */
export function between(from: Orbit, to: Orbit, part: number): Orbit {
  const mix = (a: number, b: number): number => a + (b - a) * part;
  return {
    target: [
      mix(from.target[0], to.target[0]),
      mix(from.target[1], to.target[1]),
      mix(from.target[2], to.target[2]),
    ],
    turn: mix(from.turn, to.turn),
    height: mix(from.height, to.height),
    distance: from.distance * (to.distance / from.distance) ** part,
  };
}

/** Whether the eye would notice a difference: a tenth of a pixel in a thousand. */
export function near(a: Orbit, b: Orbit): boolean {
  return (
    Math.abs(a.turn - b.turn) < 1e-4 &&
    Math.abs(a.height - b.height) < 1e-4 &&
    Math.abs(a.distance / b.distance - 1) < 1e-4 &&
    length(subtract(a.target, b.target)) < 1e-4 * b.distance
  );
}
