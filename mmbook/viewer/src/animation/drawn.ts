/** Layout and state → what the renderer draws in a frame. */
import type { Cube, Drawn, Layout, Placed, Span } from "../layout/types.ts";
import type { Ranges } from "../look/ranges.ts";
import type { Area, FigureState, ProductState } from "./types.ts";

/**
 * The entries of one frame: every matrix as far as it is shown, then the travelling products. With
 * null for `state`, or at the last step, the picture at rest.
 */
export function drawn(layout: Layout, ranges: Ranges, state: FigureState | null): Drawn[] {
  const lighting = new Map<Placed, readonly Area[]>();
  for (const { path, placed } of layout.cubes) {
    const product = state?.products.get(path);
    if (product?.phase !== "running" || state?.hideInputs) continue;
    lighting.set(placed.left, product.left).set(placed.right, product.right);
  }
  const matrices = layout.placed.flatMap((placed) => {
    if (placed.role === "leaf" && state?.hideInputs) return [];
    const whole = [everything(placed)];
    const shown = state?.products.get(placed.path)?.result ?? whole;
    return overlaps(shown, lighting.get(placed) ?? whole).map((part) => ({
      placed,
      source: { kind: "matrix" as const, name: placed.name },
      range: ranges.matrix(placed.name),
      reveal: { rows: part.rows, cols: part.cols },
      highlight: part.highlight,
      opacity: 1,
    }));
  });
  const travelling = layout.cubes.flatMap((cube) => {
    const product = state?.products.get(cube.path);
    return product ? products(cube, product, ranges) : [];
  });
  return [...matrices, ...travelling];
}

function products(
  cube: Cube,
  { kind, alg, index, travelling }: ProductState,
  ranges: Ranges,
): Drawn[] {
  const left = cube.placed.left.name;
  const right = cube.placed.right.name;
  return travelling.map((part) => {
    const placed = cube.plane(alg, index, part.block);
    const { rows, cols } = everything(placed);
    return {
      placed,
      source: { kind: "product", alg: kind, left, right, index: part.index },
      range: ranges.product(left, right),
      reveal: { rows, cols },
      highlight: null,
      opacity: 1,
    };
  });
}

function everything({ rows, cols }: Placed): Area {
  return { rows: [0, rows], cols: [0, cols], highlight: null };
}

/** Every part of `shown` under the light of its own part of `lit`. */
function overlaps(shown: readonly Area[], lit: readonly Area[]): Area[] {
  return shown.flatMap((a) =>
    lit.flatMap((b): Area[] => {
      const part = overlap(a, b);
      return part ? [{ ...part, highlight: b.highlight && overlap(part, b.highlight) }] : [];
    }),
  );
}

type Rectangle = Pick<Area, "rows" | "cols">;

function overlap(a: Rectangle, b: Rectangle): Rectangle | null {
  const rows = meet(a.rows, b.rows);
  const cols = meet(a.cols, b.cols);
  return rows && cols && { rows, cols };
}

function meet(a: Span, b: Span): Span | null {
  const from = Math.max(a[0], b[0]);
  const to = Math.min(a[1], b[1]);
  return to > from ? [from, to] : null;
}
