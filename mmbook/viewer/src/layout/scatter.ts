/** Scatter: how far a product moves away from its parent. */
import type { Node } from "../scene/types.ts";
import type { LayoutSettings } from "../settings/types.ts";

/** Products in a subtree; a leaf has none. */
export function productCount(node: Node): number {
  return node.role === "leaf" ? 0 : 1 + productCount(node.left) + productCount(node.right);
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
