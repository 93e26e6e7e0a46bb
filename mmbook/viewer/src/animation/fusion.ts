/** Fusion: when a product may step before its operands are finished. */
import type { ProductKind } from "../layout/types.ts";
import type { AnimationSettings } from "../settings/types.ts";

export type Fuse = AnimationSettings["fuse"];

/** How a running subtree moves: as one sweep of a kind, not at all, or in ways that do not fit. */
export type Mode = ProductKind | "none" | "mixed";

/** The running modes of the operands that a sweep of a kind can move along with. */
const FITTING: Partial<Record<ProductKind, { left: readonly Mode[]; right: readonly Mode[] }>> = {
  vmprod: { left: ["none", "vmprod"], right: ["none"] },
  mvprod: { left: ["none"], right: ["none", "mvprod"] },
  vvprod: { left: ["none", "mvprod"], right: ["none", "vmprod"] },
};

/**
 * The mode of a joined matrix whose parts run in these modes. Parts that move alike move as one: row
 * i of parts beside each other is ready when each has its row i, and what lies behind a seam is ready
 * before its turn comes, since every part begins with its first row or column.
 */
export function together(parts: readonly Mode[]): Mode {
  const running = new Set(parts.filter((mode) => mode !== "none"));
  const [mode = "none"] = running;
  return running.size > 1 ? "mixed" : mode;
}

/** The mode of a product of kind `own` whose operands' subtrees run in modes `left` and `right`. */
export function joined(own: ProductKind, left: Mode, right: Mode): Mode {
  if (left === "none" && right === "none") return own;
  const fitting = FITTING[own];
  return fitting?.left.includes(left) && fitting.right.includes(right) ? own : "mixed";
}
