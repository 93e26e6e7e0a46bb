/** What the timeline says about every product at one step. */
import type { Alg, Cube, ProductKind, Span, Summed } from "../layout/types.ts";

export type Axis = "i" | "j" | "k";

export type Phase = "waiting" | "running" | "done";

/** A rectangle of elements, and the part of it that is lit. */
export interface Area {
  rows: Span;
  cols: Span;
  highlight: { rows: Span; cols: Span } | null;
}

/** A travelling product: one block's share of the current step. */
export interface Travelling {
  /** Of the block: along i, j, k. */
  block: readonly [number, number, number];
  /** Of the elements in question: i, j, k; 0 along an axis the product extends along. */
  index: readonly [number, number, number];
}

/** What one step of one sweep shows. */
export interface SweepState {
  travelling: readonly Travelling[];
  /** The part of the result that is complete. */
  result: readonly Area[];
  /** The part that is being added up: the sums so far. */
  sums: readonly Summed[];
  /** How the operands are lit; together the areas cover each operand. */
  left: readonly Area[];
  right: readonly Area[];
}

/** One algorithm: the order in which it visits a block, and what each step shows. */
export interface Sweep {
  kind: ProductKind;
  /** Axes along which the product travels, the fastest first; it extends along the others. */
  travels: readonly Axis[];
  /** Element of a block (counted from the block's own corner) at step `index`. */
  at(index: number, size: Record<Axis, number>): Record<Axis, number>;
  /** The picture at step `index`, in every block at once. */
  state(index: number, cuts: Cube["cuts"]): SweepState;
}

/** One animated product at one step. */
export interface ProductState extends SweepState {
  path: string;
  name: string;
  alg: Alg;
  kind: ProductKind;
  epilog: string;
  phase: Phase;
  /** Step within the product's own sweep: -1 while waiting, `length` when done. */
  index: number;
  length: number;
}

export interface FigureState {
  step: number;
  /** At `steps` the picture is the resting one. */
  steps: number;
  hideInputs: boolean;
  /** Animated products by path; any other product is simply there. */
  products: ReadonlyMap<string, ProductState>;
}
