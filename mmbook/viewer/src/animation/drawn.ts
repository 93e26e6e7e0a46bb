/** Layout and state → what the renderer draws in a frame. */
import { areaOf, withinBand } from "../layout/bands.ts";
import type { Band, Cube, Drawn, Layout, Placed } from "../layout/types.ts";
import type { Ranges, RangesAt } from "../look/ranges.ts";
import { overlap } from "./summed.ts";
import { blockSums, complete, growing } from "./sums.ts";
import type { Area, FigureState, ProductState } from "./types.ts";

/**
 * The entries of one frame: every matrix as far as it is shown, then the sums
 * that grow and the travelling products. With
 * null for `state`, or at the last step, the picture at rest.
 *
 * Every element is drawn once: a joined matrix leaves bands on which cubes hang to their results.
 */
export function drawn(layout: Layout, rangesAt: RangesAt, state: FigureState | null): Drawn[] {
  const lighting = lit(layout, state);
  const depths = new Map(layout.cubes.map(({ path, depth }) => [path, depth]));
  const matrices = layout.placed.flatMap((placed) => {
    const given = placed.role === "leaf" || placed.role === "join";
    if (given && state?.hideInputs) return [];
    const whole = [everything(placed)];
    const product = state?.products.get(placed.path);
    const final = product && complete(product, depths.get(placed.path) ?? 1);
    const shown = final ?? ownOf(placed) ?? whole;
    const parts = overlaps(shown, lighting.get(placed.path) ?? whole);
    // Where cubes hang on all of its bands, a joined matrix still has its place.
    const listed = placed.role === "join" && parts.length === 0 ? [NOTHING] : parts;
    return listed.map((part) => ({
      placed,
      source: { kind: "matrix" as const, name: placed.name },
      range: rangesAt(placed.path).matrix(placed.name),
      reveal: { rows: part.rows, cols: part.cols },
      highlight: part.highlight,
      opacity: 1,
    }));
  });
  const moving = layout.cubes.flatMap((cube) => {
    const product = state?.products.get(cube.path);
    if (!product) return [];
    const ranges = rangesAt(cube.path);
    return [
      ...growing(cube, product, ranges),
      ...blockSums(cube, product, ranges),
      ...products(cube, product, ranges),
    ];
  });
  return [...matrices, ...moving];
}

/** How the operands of moving products are lit, by path; on a band, as it is on the whole. */
function lit(layout: Layout, state: FigureState | null): ReadonlyMap<string, readonly Area[]> {
  const lighting = new Map<string, readonly Area[]>();
  if (!state || state.hideInputs) return lighting;
  const light = ({ path, bands = [] }: Placed, areas: readonly Area[]) => {
    lighting.set(path, areas);
    for (const band of bands) lighting.set(band.path, onBand(band, areas));
  };
  for (const { path, placed } of layout.cubes) {
    const product = state.products.get(path);
    if (product?.phase !== "running") continue;
    light(placed.left, product.left);
    light(placed.right, product.right);
  }
  return lighting;
}

/** Areas of a joined matrix as the part on a band counts rows and columns. */
function onBand(band: Band, areas: readonly Area[]): Area[] {
  return areas.map((area) => ({
    ...withinBand(band, area),
    highlight: area.highlight && withinBand(band, area.highlight),
  }));
}

const NOTHING: Area = { rows: [0, 0], cols: [0, 0], highlight: null };

/** The bands on which no cube hangs; null where there is no other. */
function ownOf({ bands = [] }: Placed): Area[] | null {
  const given = bands.filter(({ role }) => role === "leaf");
  return given.length < bands.length
    ? given.map((band) => ({ ...areaOf(band), highlight: null }))
    : null;
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
