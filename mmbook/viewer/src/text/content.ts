/** Which texts a scene has: names and dimensions, and what rows and columns stand for. */
import { bandPlace } from "../layout/seams.ts";
import type { Placed } from "../layout.ts";
import { type Join, type Node, walk } from "../scene.ts";
import type { StyleAt } from "../settings.ts";
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
  styleAt: StyleAt,
): Title[] {
  const titled = (place: Placed, measured: boolean): Title[] => {
    const { marks } = styleAt(place.path);
    const { legends } = marks;
    if (legends === 0) return [];
    const name = nodes.get(place.path)?.title ?? place.name;
    const shape = measured && marks.shape ? `${place.rows} × ${place.cols}` : "";
    return [{ placed: place, name, legends, shape }];
  };
  const titles = placed.flatMap((place) => {
    const node = nodes.get(place.path);
    if (node?.role !== "join") return titled(place, place.role === "leaf" || place.path === "root");
    // Parts that are products stand on their bands themselves.
    const given = (place.bands ?? []).filter(({ role }) => role === "leaf");
    const parts = given.flatMap((band) =>
      titled(bandPlace(place, band), true).map((title) => ({ ...title, on: place.path })),
    );
    return named(node) ? [...titled(place, true), ...parts] : parts;
  });
  const weight = ({ placed: { path, rows, cols } }: Title): number =>
    path === "root" ? Number.POSITIVE_INFINITY : rows * cols;
  return titles.sort((a, b) => weight(b) - weight(a));
}

/** Whether a joined matrix has a name of its own; otherwise it is called by its parts. */
function named({ title, axis, parts }: Join): boolean {
  const bare = (text: string): string => text.replaceAll(/[`() ]/g, "");
  const own = parts.map((part) => part.title).join(axis === "cols" ? "|" : ";");
  return bare(title) !== bare(`[${own}]`);
}

export function axesOf(
  nodes: ReadonlyMap<string, Node>,
  placed: readonly Placed[],
  styleAt: StyleAt,
): Axis[] {
  const bands = new Map(
    placed.flatMap((whole) => (whole.bands ?? []).map((band) => [band.path, { whole, band }])),
  );
  return placed.flatMap((place) => {
    if (!styleAt(place.path).marks.tokens) return [];
    const node = nodes.get(place.path);
    if (!node) return [];
    const on = bands.get(place.path);
    const whole = on && nodes.get(on.whole.path);
    return (["rows", "cols"] as const).flatMap((along): Axis[] => {
      const labels = along === "rows" ? node.rowLabels : node.colLabels;
      // Across its band the whole has its labels already, along it each part has its own.
      const told = along === "rows" ? whole?.rowLabels : whole?.colLabels;
      if (!labels || (on && along !== on.band.axis && told)) return [];
      return [{ placed: place, along, labels: shownLabels(node, along, labels) }];
    });
  });
}

/** Of a joined matrix: without those that a part which stands there shows, and without blanks. */
function shownLabels(
  node: Node,
  along: "rows" | "cols",
  labels: readonly string[],
): readonly (string | null)[] {
  if (node.role !== "join" || node.axis !== along) return labels;
  const kept = node.parts.flatMap((part) => {
    const known = (along === "rows" ? part.rowLabels : part.colLabels) !== null;
    return Array.from({ length: part[along] }, () => ({
      all: !known,
      blanks: known && part.role !== "result",
    }));
  });
  return labels.map((label, at) => {
    const { all = true, blanks = true } = kept[at] ?? {};
    return label === "" ? (blanks ? label : null) : all || blanks ? label : null;
  });
}
