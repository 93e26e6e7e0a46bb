/** An evaluated figure in memory. */
import type { Figure, Range } from "../schema/scene.ts";

/** One array of values; a name that occurs twice in the tree is one matrix. */
export interface Matrix {
  name: string;
  rows: number;
  cols: number;
  /** Row after row. */
  data: Float32Array;
  range: Range;
}

export interface Common {
  /** `root`, `left`, `right`, `left.right`, …; parts are counted from 0: `left.0`, `0`. */
  path: string;
  name: string;
  /** What it is called in the picture; several matrices may share a title. */
  title: string;
  rows: number;
  cols: number;
  /** What the rows and columns stand for, where known: one text for each, blank where it is not. */
  rowLabels: readonly string[] | null;
  colLabels: readonly string[] | null;
}

export interface Leaf extends Common {
  role: "leaf";
}

export interface Product extends Common {
  role: "result";
  epilog: string;
  /** Length of the sums: columns of left, rows of right. */
  depth: number;
  left: Node;
  right: Node;
}

/** Parts beside each other (their columns add up) or below each other (their rows add up). */
export interface Join extends Common {
  role: "join";
  /** The axis that adds up. */
  axis: "rows" | "cols";
  parts: readonly Node[];
}

export type Node = Leaf | Product | Join;

export interface Scene {
  /** As written: only what differs from the defaults. */
  figure: Figure;
  tree: Node;
  matrices: ReadonlyMap<string, Matrix>;
  /** The Python that makes this figure; empty if unknown. */
  python: string;
  /** What the figure shows, in words; empty if unknown. */
  description: string;
}

/** A scene as it arrives from the page's Python: JSON of the schema, and arrays by name. */
export interface SceneMessage {
  scene: unknown;
  arrays: Readonly<Record<string, { shape: readonly [number, number]; data: Float32Array }>>;
}
