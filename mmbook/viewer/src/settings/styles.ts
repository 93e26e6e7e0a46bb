/** What every matrix looks like: the figure's look and marks, under those of the products it is in. */
import type { Node } from "../scene/types.ts";
import { resultSettings } from "./results.ts";
import type { LookSettings, MarkSettings, Settings } from "./types.ts";

export interface Style {
  look: LookSettings;
  marks: MarkSettings;
}

/** From the path of a matrix to its style; the figure's own for any other path. */
export type StyleAt = (path: string) => Style;

/**
 * Options of a product hold for it and for everything in it. Matrices of the same style share one
 * object; `all` has each of them once, the figure's own first.
 */
export function stylesOf(
  tree: Node,
  settings: Pick<Settings, "look" | "marks" | "results">,
): { at: StyleAt; all: readonly Style[] } {
  const shared: Style = { look: settings.look, marks: settings.marks };
  const styles = new Map<string, Style>();
  const visit = (node: Node, outer: Style): void => {
    const { look, marks } = resultSettings(settings, node.name);
    const own =
      node.role === "result" && (look || marks)
        ? {
            look: look ? { ...outer.look, ...look } : outer.look,
            marks: marks ? { ...outer.marks, ...marks } : outer.marks,
          }
        : outer;
    styles.set(node.path, own);
    const inside =
      node.role === "leaf" ? [] : node.role === "join" ? node.parts : [node.left, node.right];
    for (const child of inside) visit(child, own);
  };
  visit(tree, shared);
  return {
    at: (path) => styles.get(path) ?? shared,
    all: [...new Set([shared, ...styles.values()])],
  };
}
