/** Products that add up → entries of the drawing list: results that grow, and the sums of split k. */
import { blockSpan } from "../layout/cut.ts";
import { offsetAlong } from "../layout/position.ts";
import type {
  Cube,
  Drawn,
  PartialSum,
  Placed,
  ProductKind,
  Span,
  Summed,
  Vec3,
} from "../layout/types.ts";
import type { Ranges } from "../look/ranges.ts";
import { epilogOf } from "./epilog.ts";
import type { Area, ProductState } from "./types.ts";

/** What is shown of a result as it will stay: nothing of a row whose function is not done. */
export function complete(product: ProductState, depth: number): readonly Area[] {
  return rowsGrow(product, depth) ? [] : product.result;
}

/**
 * The part of a result that changes with every summand. With a row function that is every element
 * that has begun: the function takes the row as far as it is there.
 */
export function growing(cube: Cube, product: ProductState, ranges: Ranges): Drawn[] {
  const { result: placed } = cube.placed;
  const done = rowsGrow(product, cube.depth)
    ? product.result.map(({ rows, cols }): Summed => ({ rows, cols, depths: [[0, cube.depth]] }))
    : [];
  const summed = [...done, ...product.sums];
  if (summed.length === 0) return [];
  const source = partial(cube, { key: cube.path, epilog: product.epilog, summed });
  return summed.map(({ rows, cols }) =>
    entry(placed, source, ranges.matrix(placed.name), { rows, cols }),
  );
}

/**
 * Where the depth is cut and products cross every block of it: a plane a block, with the sums over
 * that block alone, before the epilog, so that together they are what the epilog is applied to.
 */
export function blockSums(cube: Cube, product: ProductState, ranges: Ranges): Drawn[] {
  const { cuts, placed } = cube;
  if (product.phase !== "running" || addsUp(product.kind) || cuts.k.count < 2) return [];
  const rows = hull(product.result.map((area) => area.rows));
  const cols = hull(product.result.map((area) => area.cols));
  const blocks = Array.from({ length: cuts.k.count }, (_, block) => blockSpan(cuts.k, block));
  const range = isPlain(product, cube.depth)
    ? ranges.matrix(placed.result.name)
    : ranges.sums(placed.left.name, placed.right.name, blocks);
  return blocks.flatMap((depths, block) => {
    const summed = [{ rows, cols, depths: [depths] }];
    const source = partial(cube, { key: `${cube.path}:${block}`, epilog: "none", summed });
    const plane = blockPlane(cube, depths);
    return product.result.map((area) => entry(plane, source, range, area));
  });
}

function partial(cube: Cube, own: Pick<PartialSum, "key" | "epilog" | "summed">): PartialSum {
  const { left, right, result } = cube.placed;
  return {
    kind: "partial",
    left: left.name,
    right: right.name,
    rows: result.rows,
    cols: result.cols,
    depth: cube.depth,
    ...own,
  };
}

/** The result's own plane moved into the gap before a block, on the side of the result. */
function blockPlane({ placed: { result }, frame, cuts }: Cube, [from, to]: Span): Placed {
  const length = Math.hypot(...frame.k);
  const along = frame.k.map((part) => part / length);
  const at = ([x, y, z]: Vec3) => x * (along[0] ?? 0) + y * (along[1] ?? 0) + z * (along[2] ?? 0);
  const start = at(result.origin) - at(frame.corner);
  const { gap } = result;
  const lie = (index: number) => gap + offsetAlong(index, cuts.k.block, gap);
  const near = start < length / 2 ? lie(from) - gap / 2 : lie(to - 1) + gap / 2;
  const moved = (axis: 0 | 1 | 2) => result.origin[axis] + (near - start) * (along[axis] ?? 0);
  const { bands: _, ...plane } = result;
  return { ...plane, name: "", role: "intermediate", origin: [moved(0), moved(1), moved(2)] };
}

const entry = (
  placed: Placed,
  source: PartialSum,
  range: Drawn["range"],
  { rows, cols }: Drawn["reveal"],
): Drawn => ({ placed, source, range, reveal: { rows, cols }, highlight: null, opacity: 1 });

const hull = (spans: readonly Span[]): Span => [
  Math.min(...spans.map(([from]) => from)),
  Math.max(...spans.map(([, to]) => to)),
];

/** Whether the row function of a result still waits for elements: also between two columns. */
function rowsGrow({ kind, epilog, phase, index, length }: ProductState, depth: number): boolean {
  const growing = phase === "running" && index < length - 1 && addsUp(kind);
  return growing && epilogOf(epilog, depth).row !== "none";
}

const addsUp = (kind: ProductKind): boolean => kind === "vvprod" || kind === "axpy";

function isPlain({ epilog }: ProductState, depth: number): boolean {
  const { scale, point, row } = epilogOf(epilog, depth);
  return scale === 1 && point === "none" && row === "none";
}
