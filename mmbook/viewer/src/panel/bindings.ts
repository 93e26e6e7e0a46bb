/** Controls tied to places in a figure's state: what they show, and which patch a change of them is. */
import { childrenOf, type Node, type Product, walk } from "../scene.ts";
import type { Figure } from "../schema/figure.ts";
import type { Patch } from "../settings.ts";

/** Keys from the figure down to one option. */
export type Path = readonly string[];

/** What stands at a place; undefined where nothing does. */
export function read(figure: unknown, path: Path): unknown {
  let at = figure;
  for (const key of path) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, key)) return undefined;
    at = (at as Record<string, unknown>)[key];
  }
  return at;
}

/** The patch that puts `value` at a place. */
export function patchAt(path: Path, value: unknown): Patch {
  return path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value) as Patch;
}

/** The products of a tree, each name once, the outermost first: the order in which readers ask for them. */
export function productsOf(tree: Node): Product[] {
  const found = new Map<string, Product>();
  for (const node of walk(tree).reverse()) {
    if (node.role === "result" && !found.has(node.name)) found.set(node.name, node);
  }
  return [...found.values()];
}

export type BlockAxis = "i" | "j" | "k";

/**
 * Whose blocks cut an axis of a product. A left operand is cut along its rows as its parent's
 * result, along its columns as the depth; a right one along its rows as the depth, along its columns
 * as the result; a part as the joined matrix. So an axis begins at a depth, or at the root.
 */
export function blockOwner(
  tree: Node,
  path: string,
  axis: BlockAxis,
): { name: string; axis: BlockAxis } {
  const line = lineTo(tree, path);
  let at = axis;
  for (let index = line.length - 1; index > 0; index -= 1) {
    const node = line[index] as Node;
    const parent = line[index - 1] as Node;
    if (at === "k" && node.role === "result") return { name: node.name, axis: "k" };
    if (parent.role !== "result") continue;
    if (node === parent.left && at === "j") at = "k";
    else if (node === parent.right && at === "i") at = "k";
  }
  return { name: tree.name, axis: at };
}

/** The nodes from the root down to a path. */
function lineTo(tree: Node, path: string): Node[] {
  if (tree.path === path) return [tree];
  for (const child of childrenOf(tree)) {
    const line = lineTo(child, path);
    if (line.length > 0) return [tree, ...line];
  }
  return [];
}

/** Whether a figure's shapes decide that labels fit; said as a sentence where they do not. */
export function misfit(labels: unknown, count: number, what: string): string | null {
  if (!Array.isArray(labels) || labels.length === count) return null;
  return `${labels.length} labels for ${count} ${what}: give one a line, or none.`;
}

/** A state without what only says where the reader stands: camera, step, playing. */
export function withoutPlace(figure: Figure): Figure {
  const { camera: _, animation, ...rest } = figure;
  const { step: __, playing: ___, ...kept } = animation ?? {};
  return { ...rest, animation: kept };
}
