/** What the timeline says about every product at one step. */
import type { Alg, ProductKind, Span } from "../layout/types.ts";

export type Phase = "waiting" | "running" | "done";

/** A rectangle of elements, and the part of it that is lit. */
export interface Area {
  rows: Span;
  cols: Span;
  highlight: { rows: Span; cols: Span } | null;
}

/** A travelling product: one block's share of the current step. */
export interface Travelling {
  kind: ProductKind;
  /** Of the block: along i, j, k. */
  block: readonly [number, number, number];
  /** Of the elements in question: i, j, k; an axis along which the product extends is 0. */
  index: readonly [number, number, number];
}

/** One animated product at one step. */
export interface ProductState {
  path: string;
  alg: Alg;
  phase: Phase;
  /** Step within the product's own sweep: -1 while waiting, `length` when done. */
  index: number;
  length: number;
  travelling: readonly Travelling[];
  /** What is shown of the result. */
  result: readonly Area[];
  /** How the operands are lit; together the areas cover each operand. */
  left: readonly Area[];
  right: readonly Area[];
}

export interface FigureState {
  step: number;
  /** At `steps` the picture is the resting one. */
  steps: number;
  hideInputs: boolean;
  /** Animated products by path; any other product is simply there. */
  products: ReadonlyMap<string, ProductState>;
}
