/** Element index → world position. */
import type { Placed, Vec3 } from "./types.ts";

/** Distance of element `index` from element 0 along an axis cut into blocks of `block` elements. */
export function offsetAlong(index: number, block: number, gap: number): number {
  return index + Math.floor(index / block) * gap;
}

/** World position of element (row, col). */
export function cellPosition(placed: Placed, row: number, col: number): Vec3 {
  const down = offsetAlong(row, placed.rowBlock, placed.gap);
  const along = offsetAlong(col, placed.colBlock, placed.gap);
  const { origin, rowAxis, colAxis } = placed;
  return [
    origin[0] + down * rowAxis[0] + along * colAxis[0],
    origin[1] + down * rowAxis[1] + along * colAxis[1],
    origin[2] + down * rowAxis[2] + along * colAxis[2],
  ];
}
