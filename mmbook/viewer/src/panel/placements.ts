/** Where a scheme places every product: what the custom scheme begins with, so that nothing jumps. */
import { leftPlacement, rightPlacement, touching } from "../layout/scheme.ts";
import { childrenOf, type Node } from "../scene.ts";
import { type PlacementSettings, resultSettings, type Settings } from "../settings.ts";

export function placementsOf(
  tree: Node,
  settings: Pick<Settings, "layout" | "results">,
): Map<string, PlacementSettings> {
  const { scheme, polarity, left, right, result } = settings.layout;
  const found = new Map<string, PlacementSettings>();

  function visit(node: Node, rule: (own: Partial<PlacementSettings>) => PlacementSettings): void {
    if (node.role !== "result") {
      for (const part of childrenOf(node)) visit(part, rule);
      return;
    }
    const placement = rule(resultSettings(settings, node.name).layout);
    found.set(node.name, placement);
    for (const [side, choose] of [
      ["left", leftPlacement],
      ["right", rightPlacement],
    ] as const) {
      const child = node[side];
      // A product on the band of a joined matrix has its result where the band is.
      const band = child.role === "result" ? {} : { result: touching(side, placement) };
      visit(child, (own) => ({ ...choose(scheme, placement, own), ...band }));
    }
  }

  visit(tree, () => ({ polarity, left, right, result }));
  return found;
}
