/**
 * Lights what made an element: its row of the left operand and its column of the right one. Entries
 * of the drawing list are copied, never changed, so that the list can be kept between frames.
 */
import { depthsAt } from "../animation/summed.ts";
import { withinBand } from "../layout/bands.ts";
import type { Drawn, PartialSum, Span } from "../layout.ts";
import type { Node } from "../scene.ts";
import { type Cell, factors } from "./cell.ts";

type Lit = NonNullable<Drawn["highlight"]>;

const join = (path: string, side: "left" | "right"): string =>
  path === "root" ? side : `${path}.${side}`;

const at = (index: number): Span => [index, index + 1];

/** Paths of the operands and the part of each that the element was made from. */
export function operandsOf(
  { source, row, col }: Pick<Cell, "source" | "row" | "col">,
  node: Node,
): ReadonlyMap<string, Lit> {
  if (node.role !== "result") return new Map();
  const sides = [join(node.path, "left"), join(node.path, "right")] as const;
  if (source.kind === "product") {
    const { left, right } = factors(source, row, col);
    return new Map([
      [sides[0], { rows: at(left[0]), cols: at(left[1]) }],
      [sides[1], { rows: at(right[0]), cols: at(right[1]) }],
    ]);
  }
  const all = source.kind === "partial" ? reach(source, row, col) : ([0, node.depth] as const);
  return new Map([
    [sides[0], { rows: at(row), cols: all }],
    [sides[1], { rows: all, cols: at(col) }],
  ]);
}

/** From the first to the last summand of a sum so far. */
function reach({ summed }: PartialSum, row: number, col: number): Span {
  const depths = depthsAt(summed, row, col);
  return [depths?.[0]?.[0] ?? 0, depths?.at(-1)?.[1] ?? 0];
}

/**
 * The drawing list with the origin of an element lit.
 * @param node the matrix in the tree; of a travelling product, the result it belongs to
 */
export function light(
  drawn: readonly Drawn[],
  cell: Cell | null,
  node: Node | null,
): readonly Drawn[] {
  if (!cell || !node) return drawn;
  const operands = new Map(operandsOf(cell, node));
  if (operands.size === 0) return drawn;
  // What stands on a band of a joined operand is lit as that part of the operand is.
  for (const { placed } of drawn) {
    const lit = placed.role === "join" && operands.get(placed.path);
    if (!lit) continue;
    for (const band of placed.bands ?? []) operands.set(band.path, withinBand(band, lit));
  }
  return drawn.map((entry) => {
    const lit = entry.source.kind === "product" ? undefined : operands.get(entry.placed.path);
    return lit && entry.placed.role !== "intermediate" ? { ...entry, highlight: lit } : entry;
  });
}
