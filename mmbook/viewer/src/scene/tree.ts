/** The tree of a scene: checked against itself, given paths, walked and searched. */
import { SceneError } from "../errors.ts";
import type { Leaf, Node, Product } from "./types.ts";

type Json = Readonly<Record<string, unknown>>;

/** Deeper than any figure that can be looked at. */
const DEEPEST = 256;

/** The tree that `value` (JSON of the scene schema's node) describes. */
export function readTree(value: unknown, path = "root", depth = 0): Node {
  const where = `tree, ${path}`;
  const wrong = (problem: string, given?: unknown) => new SceneError(problem, { where, given });
  if (typeof value !== "object" || value === null) throw wrong("no matrix", value);
  if (depth > DEEPEST) throw wrong("nested too deeply");
  const { name, role, shape, epilog = "none", rows, cols, left, right } = value as Json;
  if (typeof name !== "string" || name === "") throw wrong("a matrix without a name", name);
  if (!isShape(shape)) throw wrong(`${name} has no shape`, shape);
  const common = {
    path,
    name,
    rows: shape[0],
    cols: shape[1],
    rowLabels: readLabels(rows, shape[0], `${where}, row labels of ${name}`),
    colLabels: readLabels(cols, shape[1], `${where}, column labels of ${name}`),
  };
  if (role === "leaf") {
    if (left !== undefined || right !== undefined) throw wrong(`the leaf ${name} has operands`);
    return { ...common, role } satisfies Leaf;
  }
  if (role !== "result") throw wrong(`${name} is neither a leaf nor a result`, role);
  if (typeof epilog !== "string") throw wrong(`${name} has a function that is no text`, epilog);
  const l = readTree(left, join(path, "left"), depth + 1);
  const r = readTree(right, join(path, "right"), depth + 1);
  if (l.cols !== r.rows || l.rows !== common.rows || r.cols !== common.cols) {
    throw wrong(
      `shapes that do not fit: ${name} is ${sizes(common)}, ${l.name} is ${sizes(l)} and ${r.name} is ${sizes(r)}`,
    );
  }
  return { ...common, role, epilog, depth: l.cols, left: l, right: r } satisfies Product;
}

/** Every node, in the order left subtree, right subtree, result. */
export function walk(tree: Node): Node[] {
  return tree.role === "leaf" ? [tree] : [...walk(tree.left), ...walk(tree.right), tree];
}

/** The node at a path (`root`, `left`, `left.right`, …). */
export function nodeAt(tree: Node, path: string): Node {
  const nodes = walk(tree);
  const found = nodes.find((node) => node.path === path);
  if (found) return found;
  throw new SceneError("no matrix at this path", {
    given: path,
    possible: nodes.map((node) => node.path),
  });
}

function join(path: string, side: "left" | "right"): string {
  return path === "root" ? side : `${path}.${side}`;
}

function isShape(value: unknown): value is [number, number] {
  return (
    Array.isArray(value) &&
    value.length === 2 &&
    value.every((size) => Number.isSafeInteger(size) && size >= 1)
  );
}

function readLabels(value: unknown, size: number, where: string): string[] | null {
  if (value === undefined) return null;
  if (!Array.isArray(value) || !value.every((text) => typeof text === "string")) {
    throw new SceneError("labels that are no list of texts", { where, given: value });
  }
  if (value.length !== size) {
    throw new SceneError("not one label for each", {
      where,
      given: value.length,
      possible: `${size}`,
    });
  }
  return value;
}

function sizes({ rows, cols }: { rows: number; cols: number }): string {
  return `${rows}×${cols}`;
}
