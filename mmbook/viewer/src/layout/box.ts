/** The box of one product: the faces on which its operands and its result stand. */
import type { PlacementSettings } from "../settings/types.ts";
import { drawnLength } from "./cut.ts";
import { type Frame, turnedAboutX, turnedAboutY } from "./frame.ts";
import type { Cut } from "./types.ts";

/** A product's own frame: x right along j, y down along i, z away from the reader of its result. */
export interface Box {
  gap: number;
  placement: PlacementSettings;
  cuts: { i: Cut; j: Cut; k: Cut };
  /** Extents along x, y and z; the margin is one gap on every side. */
  x: number;
  y: number;
  z: number;
}

export function box(cuts: Box["cuts"], gap: number, placement: PlacementSettings): Box {
  const extent = (axis: Cut) => drawnLength(axis, gap) + 2 * gap - 1;
  return { gap, placement, cuts, x: extent(cuts.j), y: extent(cuts.i), z: extent(cuts.k) };
}

/** z of the result's plane. */
export function resultZ(of: Box): number {
  return of.placement.result === "back" ? of.z : 0;
}

/** z of depth index 0, and whether z grows or falls with the index. */
export function depthStart(of: Box): { z: number; sign: 1 | -1 } {
  return of.placement.polarity === "positive"
    ? { z: of.gap, sign: 1 }
    : { z: of.z - of.gap, sign: -1 };
}

/**
 * Frame of the left operand in its parent's. `extent` is the operand's own z extent (0 for a leaf),
 * `distance` how far it has moved away.
 */
export function leftFrame(parent: Box, extent: number, distance: number): Frame {
  const onRight = parent.placement.left === "right";
  if (parent.placement.polarity === "positive") {
    return turnedAboutY(-1, onRight ? parent.x + extent + distance : -distance, 0);
  }
  return turnedAboutY(1, onRight ? parent.x + distance : -(extent + distance), parent.z);
}

/** Frame of the right operand in its parent's. */
export function rightFrame(parent: Box, extent: number, distance: number): Frame {
  const onBottom = parent.placement.right === "bottom";
  if (parent.placement.polarity === "positive") {
    return turnedAboutX(1, onBottom ? parent.y + extent + distance : -distance, 0);
  }
  return turnedAboutX(-1, onBottom ? parent.y + distance : -(extent + distance), parent.z);
}
