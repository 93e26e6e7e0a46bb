/** The tree of a scene: checked against itself, given paths, walked and searched. */
import { SceneError } from "../errors.ts";
import type { Common, Join, Leaf, Node, Product } from "./types.ts";

type Json = Readonly<Record<string, unknown>>;

/** Deeper than any figure that can be looked at. */
const DEEPEST = 256;

/** The tree that `value` (JSON of the scene schema's node) describes. */
export function readTree(value: unknown, path = "root", depth = 0): Node {
  const where = `tree, ${path}`;
  const wrong = (problem: string, given?: unknown) => new SceneError(problem, { where, given });
  if (typeof value !== "object" || value === null) throw wrong("no matrix", value);
  if (depth > DEEPEST) throw wrong("nested too deeply");
  const json = value as Json;
  const { name, role, shape, rows, cols } = json;
  if (typeof name !== "string" || name === "") throw wrong("a matrix without a name", name);
  const { title = name } = json;
  if (typeof title !== "string" || title === "")
    throw wrong(`${name} has a title that is no text`, title);
  if (!isShape(shape)) throw wrong(`${name} has no shape`, shape);
  const common: Common = {
    path,
    name,
    title,
    rows: shape[0],
    cols: shape[1],
    rowLabels: readLabels(rows, shape[0], `${where}, row labels of ${name}`),
    colLabels: readLabels(cols, shape[1], `${where}, column labels of ${name}`),
  };
  const made = ["left", "right", "parts"].some((key) => json[key] !== undefined);
  const below = (child: unknown, at: string) => readTree(child, join(path, at), depth + 1);
  if (role === "leaf") {
    if (made) throw wrong(`the leaf ${name} has operands`);
    return { ...common, role } satisfies Leaf;
  }
  if (role === "join") return readJoin(common, json, below, wrong);
  if (role === "result") return readProduct(common, json, below, wrong);
  throw wrong(`${name} is neither a leaf nor a result nor joined`, role);
}

type Below = (child: unknown, at: string) => Node;
type Wrong = (problem: string, given?: unknown) => SceneError;

function readProduct(common: Common, json: Json, below: Below, wrong: Wrong): Product {
  const { name } = common;
  const { epilog = "none" } = json;
  if (typeof epilog !== "string") throw wrong(`${name} has a function that is no text`, epilog);
  const left = below(json.left, "left");
  const right = below(json.right, "right");
  if (left.cols !== right.rows || left.rows !== common.rows || right.cols !== common.cols) {
    throw wrong(
      `shapes that do not fit: ${name} is ${sizes(common)}, ${left.name} is ${sizes(left)} and ${right.name} is ${sizes(right)}`,
    );
  }
  return { ...common, role: "result", epilog, depth: left.cols, left, right };
}

function readJoin(common: Common, json: Json, below: Below, wrong: Wrong): Join {
  const { name } = common;
  const { axis } = json;
  if (axis !== "rows" && axis !== "cols") throw wrong(`${name} is joined along no axis`, axis);
  if (!Array.isArray(json.parts) || json.parts.length < 2) {
    throw wrong(`${name} is not joined from parts`, json.parts);
  }
  const parts = json.parts.map((part, at) => below(part, `${at}`));
  const across = axis === "cols" ? "rows" : "cols";
  const along = parts.reduce((sum, part) => sum + part[axis], 0);
  if (along !== common[axis] || parts.some((part) => part[across] !== common[across])) {
    const list = parts.map((part) => `${part.name} is ${sizes(part)}`).join(", ");
    throw wrong(`parts that do not fit: ${name} is ${sizes(common)}, ${list}`);
  }
  return { ...common, role: "join", axis, parts };
}

/** What a node is made from: the operands of a product, the parts of a joined matrix. */
export function childrenOf(node: Node): readonly Node[] {
  if (node.role === "leaf") return [];
  return node.role === "join" ? node.parts : [node.left, node.right];
}

/** Every node, in the order left subtree, right subtree, result; the parts of a join, the join. */
export function walk(tree: Node): Node[] {
  return [...childrenOf(tree).flatMap(walk), tree];
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

function join(path: string, child: string): string {
  return path === "root" ? child : `${path}.${child}`;
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
