/** Width over height of what a figure draws, seen as it is seen now. */
import { add, dot, subtract } from "../camera/vector.ts";
import { axesOf } from "../camera/view.ts";
import type { FigureDescription } from "../figure/describe.ts";

/** No frame is taller or flatter than a page of text can take. */
const SLIMMEST = 1.2;
const FLATTEST = 2.2;

export function ratioOf({
  matrices,
  camera,
}: Pick<FigureDescription, "matrices" | "camera">): number {
  const { right, up } = axesOf(camera.position, camera.target);
  const corners = matrices.flatMap(({ first, last_row, last_col }) => [
    first,
    last_row,
    last_col,
    add(last_row, subtract(last_col, first)),
  ]);
  const extent = (axis: typeof right): number => {
    const along = corners.map((corner) => dot(corner, axis));
    return Math.max(...along) - Math.min(...along) + 1;
  };
  const ratio = extent(right) / extent(up);
  return Number((Math.min(FLATTEST, Math.max(SLIMMEST, ratio)) || 1.6).toFixed(2));
}
