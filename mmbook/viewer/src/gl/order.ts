/**
 * Painter's order of thin boxes that lie in planes across the world's axes: a tree of cutting planes
 * (a BSP). A box that a plane cuts is split, so that any arrangement, also one that interpenetrates,
 * is drawn from back to front exactly, for every place of the eye and without a depth buffer.
 */
import type { Vec3 } from "../layout.ts";

export type AxisIndex = 0 | 1 | 2;

export interface Flat<T> {
  /** Axis across which it lies, and where. */
  axis: AxisIndex;
  at: number;
  min: Vec3;
  max: Vec3;
  /** Coplanar items of lower rank are drawn first. */
  rank: number;
  /** Parts below and above a plane across another axis; null if it cannot be cut. */
  cut(axis: AxisIndex, at: number): readonly [Flat<T>, Flat<T>] | null;
  item: T;
}

interface Node<T> {
  axis: AxisIndex;
  at: number;
  here: Flat<T>[];
  below: Node<T> | null;
  above: Node<T> | null;
}

export interface Order<T> {
  /** All items, the farthest first. */
  from(eye: Vec3): T[];
}

/** Elements reach half a unit out of their plane. */
const THICKNESS = 0.51;
/** Steps a unit in which distances of planes are told apart. */
const EXACT = 4096;

export function createOrder<T>(items: readonly Flat<T>[]): Order<T> {
  const root = build(items);
  return {
    from(eye) {
      const result: T[] = [];
      visit(root, eye, result);
      return result;
    },
  };
}

function visit<T>(node: Node<T> | null, eye: Vec3, result: T[]): void {
  if (!node) return;
  const above = eye[node.axis] > node.at;
  visit(above ? node.below : node.above, eye, result);
  // What lies in one plane may have been placed by different ways round: no more exact than this.
  const away = (flat: Flat<T>): number =>
    Math.round(Math.abs(eye[flat.axis] - flat.at) * EXACT) / EXACT;
  const here = [...node.here].sort((a, b) => away(b) - away(a) || a.rank - b.rank);
  for (const flat of here) result.push(flat.item);
  visit(above ? node.above : node.below, eye, result);
}

function build<T>(items: readonly Flat<T>[]): Node<T> | null {
  const splitter = choose(items);
  if (!splitter) return null;
  const { axis, at } = splitter;
  const below: Flat<T>[] = [];
  const above: Flat<T>[] = [];
  const here: Flat<T>[] = [];
  for (const flat of items) {
    const place = side(flat, axis, at);
    if (place === "here") here.push(flat);
    else if (place === "below") below.push(flat);
    else if (place === "above") above.push(flat);
    else {
      const parts = flat.cut(axis, at);
      if (parts) {
        below.push(parts[0]);
        above.push(parts[1]);
      } else (flat.min[axis] + flat.max[axis] < 2 * at ? below : above).push(flat);
    }
  }
  return { axis, at, here, below: build(below), above: build(above) };
}

function side<T>(flat: Flat<T>, axis: AxisIndex, at: number): "here" | "below" | "above" | "both" {
  if (flat.axis === axis && Math.abs(flat.at - at) < THICKNESS) return "here";
  if (flat.max[axis] <= at + THICKNESS) return "below";
  if (flat.min[axis] >= at - THICKNESS) return "above";
  return "both";
}

/** The plane that cuts fewest, and of those the one that halves best. */
function choose<T>(items: readonly Flat<T>[]): Flat<T> | null {
  let best: Flat<T> | null = null;
  let least = Infinity;
  for (const candidate of items) {
    const count = { here: 0, below: 0, above: 0, both: 0 };
    for (const flat of items) count[side(flat, candidate.axis, candidate.at)]++;
    const cost = 8 * count.both + Math.abs(count.below - count.above);
    if (cost < least) {
      least = cost;
      best = candidate;
    }
  }
  return best;
}
