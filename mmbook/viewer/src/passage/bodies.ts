/** The matrices of a picture one by one: joined ones as their parts, each with a place of its own. */
import { add, scale } from "../camera/vector.ts";
import type { Picture } from "../figure/picture.ts";
import { offsetAlong } from "../layout/position.ts";
import { bandPlace, inPlane } from "../layout/seams.ts";
import type { Placed, Vec3 } from "../layout/types.ts";
import type { MagnitudeRange } from "../look.ts";
import type { Matrix } from "../scene.ts";

export interface Body {
  placed: Placed;
  matrix: Matrix;
  range: MagnitudeRange;
}

export function bodiesOf({ layout, ranges, scene: { matrices } }: Picture): Body[] {
  const body = (placed: Placed, whole: Placed): Body[] => {
    const matrix = matrices.get(placed.name);
    return matrix ? [{ placed, matrix, range: ranges(whole.path).matrix(whole.name) }] : [];
  };
  return layout.placed.flatMap((placed) =>
    placed.role === "join"
      ? (placed.bands ?? [])
          .filter(({ role }) => role === "leaf")
          .flatMap((band) => body(bandPlace(placed, band), placed))
      : body(placed, placed),
  );
}

export function extentOf({ rows, cols, rowBlock, colBlock, gap }: Placed): [number, number] {
  return [offsetAlong(rows - 1, rowBlock, gap), offsetAlong(cols - 1, colBlock, gap)];
}

export function centreOf(placed: Placed): Vec3 {
  const [down, along] = extentOf(placed);
  return inPlane(placed, down / 2, along / 2);
}

/** The matrix about another middle, and shrunk: 1 leaves its size. */
export function placedAt(placed: Placed, centre: Vec3, size: number): Placed {
  const [rowAxis, colAxis, facing] = [placed.rowAxis, placed.colAxis, placed.facing].map((axis) =>
    scale(axis, size),
  ) as [Vec3, Vec3, Vec3];
  const [down, along] = extentOf(placed);
  const corner = add(scale(rowAxis, -down / 2), scale(colAxis, -along / 2));
  return { ...placed, origin: add(centre, corner), rowAxis, colAxis, facing };
}

export const sameShape = (a: Body, b: Body): boolean =>
  a.placed.rows === b.placed.rows && a.placed.cols === b.placed.cols;

const PARALLEL = 1e-6;

/** Whether two matrices stand the same way round. */
export const aligned = (a: Body, b: Body): boolean =>
  [a.placed.rowAxis, a.placed.colAxis].every((axis, n) => {
    const other = n === 0 ? b.placed.rowAxis : b.placed.colAxis;
    return axis.every((part, i) => Math.abs(part - (other[i] ?? 0)) < PARALLEL);
  });

/** Values compared before two matrices of one name and one range count as the same. */
const COMPARED = 4096;

export function sameValues(a: Matrix, b: Matrix): boolean {
  if (a.data === b.data) return true;
  if (a.rows !== b.rows || a.cols !== b.cols) return false;
  if (JSON.stringify(a.range) !== JSON.stringify(b.range)) return false;
  return a.data.subarray(0, COMPARED).every((value, n) => Object.is(value, b.data[n]));
}
