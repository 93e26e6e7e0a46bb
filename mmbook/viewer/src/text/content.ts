/** Which texts a scene has: names and dimensions, and what rows and columns stand for. */
import type { Placed } from "../layout.ts";
import { type Node, walk } from "../scene.ts";
import type { MarkSettings } from "../settings.ts";
import type { Title } from "./names.ts";
import type { Axis } from "./tokens.ts";

/** Every node of the tree by its path. */
export function nodesByPath(tree: Node): ReadonlyMap<string, Node> {
  return new Map(walk(tree).map((node) => [node.path, node]));
}

/** The root result first, then the others from the largest: so the important ones find room. */
export function titlesOf(
  nodes: ReadonlyMap<string, Node>,
  placed: readonly Placed[],
  marks: MarkSettings,
): Title[] {
  const titles = placed.map((place) => {
    const measured = marks.shape && (place.role === "leaf" || place.path === "root");
    return {
      placed: place,
      name: nodes.get(place.path)?.title ?? place.name,
      shape: measured ? `${place.rows} × ${place.cols}` : "",
    };
  });
  const weight = ({ placed: { path, rows, cols } }: Title): number =>
    path === "root" ? Number.POSITIVE_INFINITY : rows * cols;
  return titles.sort((a, b) => weight(b) - weight(a));
}

export function axesOf(
  nodes: ReadonlyMap<string, Node>,
  placed: readonly Placed[],
  marks: MarkSettings,
): Axis[] {
  if (!marks.tokens) return [];
  return placed.flatMap((place) => {
    const node = nodes.get(place.path);
    const axes: Axis[] = [];
    if (node?.rowLabels) axes.push({ placed: place, along: "rows", labels: node.rowLabels });
    if (node?.colLabels) axes.push({ placed: place, along: "cols", labels: node.colLabels });
    return axes;
  });
}
