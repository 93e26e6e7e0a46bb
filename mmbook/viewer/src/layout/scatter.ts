/** Scatter: how far a product, or a joined matrix with the products on it, moves from its parent. */
import { childrenOf } from "../scene/tree.ts";
import type { Node } from "../scene/types.ts";
import type { LayoutSettings } from "../settings/types.ts";

/** Products in a subtree; a leaf has none. */
export function productCount(node: Node): number {
  const below = childrenOf(node).reduce((sum, child) => sum + productCount(child), 0);
  return node.role === "result" ? 1 + below : below;
}

/**
 * Distance in elements between a child with `count` products and its parent's face, in a figure of
 * `total` products. Leaves and subtrees smaller than a molecule stay attached.
 */
export function scatterDistance(
  count: number,
  total: number,
  { scatter, molecule, blast }: Pick<LayoutSettings, "scatter" | "molecule" | "blast">,
): number {
  if (count === 0 || count < molecule) return 0;
  return scatter * (blast >= 0 ? count ** blast : (total - count) ** -blast);
}
