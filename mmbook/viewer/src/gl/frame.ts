/**
 * One frame as data: which boxes, quads and triangles are drawn with which program, back to front.
 * No GL here.
 */

import { dot, scale, subtract } from "../camera/vector.ts";
import type { Axes } from "../camera.ts";
import type { Stroke } from "../highlight/strokes.ts";
import type { Drawn, Placed, Vec3 } from "../layout.ts";
import type { Composition } from "./compose.ts";
import type { Vane } from "./flow.ts";
import { localEye, PATCH, type Piece, pieces, type Slab } from "./pieces.ts";
import { FADE } from "./shaders/programs.ts";

export interface View {
  eye: Vec3;
  axes: Axes;
  /** Half the picture's height at depth 1. */
  tangent: number;
  near: number;
  /** Device pixels. */
  width: number;
  height: number;
  /** Of a picture that is painted in parts: the slopes, to the right and up, of this part's middle. */
  aim?: readonly [number, number];
  /** Where its lower left corner lies on the canvas, in device pixels; absent: in that of the canvas. */
  corner?: readonly [number, number];
}

/** Floats of one instance: rectangle (4), eye and half thickness (4), whole block (4). */
export const STRIDE = 12;

export interface ElementBatch {
  kind: "near" | "far";
  drawn: Drawn;
  /** An element whose textures serve all instances. */
  row: number;
  col: number;
  /** Whether the far picture shows through anywhere. */
  fade: boolean;
  first: number;
  count: number;
}

export interface SheetBatch {
  kind: "sheet";
  drawn: Drawn;
  first: number;
  count: number;
}

export type Batch = ElementBatch | SheetBatch | Vane | Stroke;

export interface Frame {
  instances: Float32Array;
  batches: Batch[];
}

/** @param side of a value texture */
export function createFrame(
  composition: Composition,
  drawn: readonly Drawn[],
  view: View,
  side: number,
): Frame {
  const numbers: number[] = [];
  const batches: Batch[] = [];
  for (const item of composition.order.from(view.eye)) {
    if (item.kind === "vane" || item.kind === "stroke") batches.push(item);
    else {
      const one = drawn[item.index];
      if (one) place(item, one, view, side, numbers, batches);
    }
  }
  return { instances: Float32Array.from(numbers), batches };
}

function place(
  { kind, rect }: Slab,
  drawn: Drawn,
  view: View,
  side: number,
  numbers: number[],
  batches: Batch[],
): void {
  const { placed } = drawn;
  const eye = localEye(placed, view.eye);
  const parts =
    kind === "sheet"
      ? pieces(placed, rect, eye, Infinity, Infinity)
      : pieces(placed, rect, eye, side, PATCH);
  for (const piece of parts) {
    const shifted: Vec3 = [eye[0] - piece.colGap, eye[1] - piece.rowGap, eye[2]];
    const depths = depthsOf(piece, placed, shifted, view);
    if (!depths) continue;
    const first = numbers.length / STRIDE;
    const pixel = (2 * view.tangent) / view.height / Math.hypot(...placed.colAxis);
    // A slab seen from its edge stays at least a pixel thick.
    const thickness = kind === "sheet" ? 0 : Math.max(0.5, 0.7 * depths.farthest * pixel);
    numbers.push(piece.col, piece.row, piece.colEnd, piece.rowEnd, ...shifted, thickness);
    numbers.push(...blockOf(piece, placed));
    const last = batches.at(-1);
    if (kind === "sheet") {
      if (last?.kind === "sheet" && last.drawn === drawn) last.count++;
      else batches.push({ kind, drawn, first, count: 1 });
      continue;
    }
    const span = 1 / (Math.max(depths.nearest, view.near) * pixel);
    const program = span < FADE[0] ? "far" : "near";
    const fade = 1 / (depths.farthest * pixel) < FADE[1];
    if (
      last?.kind === program &&
      last.drawn === drawn &&
      last.fade === fade &&
      sameTile(last, piece, side)
    )
      last.count++;
    else
      batches.push({ kind: program, drawn, row: piece.row, col: piece.col, fade, first, count: 1 });
  }
}

const sameTile = (batch: ElementBatch, { row, col }: Piece, side: number): boolean =>
  Math.floor(batch.row / side) === Math.floor(row / side) &&
  Math.floor(batch.col / side) === Math.floor(col / side);

function blockOf(piece: Piece, { rows, cols, rowBlock, colBlock }: Placed): number[] {
  const row = Math.floor(piece.row / rowBlock) * rowBlock;
  const col = Math.floor(piece.col / colBlock) * colBlock;
  return [col, row, Math.min(cols, col + colBlock), Math.min(rows, row + rowBlock)];
}

/** Least and greatest depth of a piece, or null where it is outside the picture. */
function depthsOf(
  piece: Piece,
  { rowAxis, colAxis, facing }: Placed,
  eye: Vec3,
  view: View,
): { nearest: number; farthest: number } | null {
  const { axes, tangent, near, width, height } = view;
  const { right, up } = aimed(view);
  const half: Vec3 = [(piece.colEnd - piece.col) / 2, (piece.rowEnd - piece.row) / 2, 0.5];
  const middle: Vec3 = [
    (piece.col + piece.colEnd - 1) / 2 - eye[0],
    (piece.row + piece.rowEnd - 1) / 2 - eye[1],
    -eye[2],
  ];
  /** Where the middle lies along a direction, and how far the box reaches to either side of it. */
  const along = (axis: Vec3): { at: number; reach: number } => {
    const local: Vec3 = [dot(axis, colAxis), dot(axis, rowAxis), dot(axis, facing)];
    const reach = local.reduce((sum, part, i) => sum + Math.abs(part) * (half[i] ?? 0), 0);
    return { at: dot(local, middle), reach };
  };
  const z = along(axes.forward);
  const nearest = z.at - z.reach;
  const farthest = z.at + z.reach;
  if (farthest <= near) return null;
  const aside = (axis: Vec3, slope: number): boolean => {
    const { at, reach } = along(axis);
    const margin = 0.5 + 4 * (tangent / height) * farthest;
    return Math.abs(at) - reach - margin > slope * farthest;
  };
  if (aside(right, (tangent * width) / height) || aside(up, tangent)) return null;
  return { nearest, farthest };
}

/** Directions along which a point lies aside in the picture, or in the part of it that is painted. */
export function aimed({ axes: { right, up, forward }, aim }: View): { right: Vec3; up: Vec3 } {
  if (!aim) return { right, up };
  const turned = (side: Vec3, slope: number): Vec3 => subtract(side, scale(forward, slope));
  return { right: turned(right, aim[0]), up: turned(up, aim[1]) };
}
