/**
 * The lens: a square of the picture in which what lies around a point is seen enlarged. Its picture
 * is a part of the whole one, so that a straight edge runs on in it; only the scale is another.
 */
import type { Size } from "./view.ts";

interface Point {
  x: number;
  y: number;
}

export interface Lens {
  /** What it enlarges: a point of the picture, in CSS pixels. */
  at: Point;
  /** The square, in CSS pixels from the picture's left and top. */
  left: number;
  top: number;
  side: number;
  magnification: number;
}

export interface LensSettings {
  lens_size: number;
  magnification: number;
}

/** CSS pixels between a finger and the lens above it. */
const FINGER = 36;

const clamp = (value: number, least: number, most: number): number =>
  Math.min(Math.max(value, least), Math.max(least, most));

/**
 * @param beside a finger hides what lies under it: the lens stands above it, or next to it
 * @returns null where the lens has no size
 */
export function lensAt(
  at: Point,
  { width, height }: Size,
  { lens_size, magnification }: LensSettings,
  beside = false,
): Lens | null {
  const side = Math.min(lens_size * height, width);
  if (side < 1) return null;
  const middle = { left: at.x - side / 2, top: at.y - side / 2 };
  if (!beside) return { at, ...middle, side, magnification };
  const left = clamp(middle.left, 0, width - side);
  const above = at.y - FINGER - side;
  if (above >= 0) return { at, left, top: above, side, magnification };
  const away = at.x > width / 2 ? at.x - FINGER - side : at.x + FINGER;
  const top = clamp(middle.top, 0, height - side);
  return { at, left: clamp(away, 0, width - side), top, side, magnification };
}

export const boxOf = ({ left, top, side }: Lens) => ({
  left,
  top,
  right: left + side,
  bottom: top + side,
});

/** Where a point of the picture stands in the lens, in CSS pixels of the picture. */
export function magnified({ at, left, top, side, magnification }: Lens, { x, y }: Point): Point {
  return {
    x: left + side / 2 + (x - at.x) * magnification,
    y: top + side / 2 + (y - at.y) * magnification,
  };
}

/**
 * The lens as a camera of its own: half its height at depth 1, and the slopes, to the right and up,
 * of the ray through its middle.
 * @param tangent half the whole picture's height at depth 1
 */
export function lensView(
  { at, side, magnification }: Lens,
  { width, height }: Size,
  tangent: number,
): { tangent: number; aim: readonly [number, number] } {
  const perPixel = (2 * tangent) / height;
  return {
    tangent: (perPixel * side) / (2 * magnification),
    aim: [(at.x - width / 2) * perPixel, (height / 2 - at.y) * perPixel],
  };
}
