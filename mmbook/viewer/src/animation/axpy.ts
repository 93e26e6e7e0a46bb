/** Scaled vectors summed up (a x + y): column k of the left operand times one element of the right. */
import type { Span, Summed } from "../layout/types.ts";
import { area, blocksAt, litCols, upTo, whole } from "./blocks.ts";
import type { Area, Axis, Sweep } from "./types.ts";

/** k fastest, then j. */
const at = (index: number, size: Record<Axis, number>) => ({
  i: 0,
  j: Math.floor(index / size.k),
  k: index % size.k,
});

export const axpy: Sweep = {
  kind: "axpy",
  travels: ["k", "j"],
  at,
  state(index, cuts) {
    const local = at(index, { i: cuts.i.block, j: cuts.j.block, k: cuts.k.block });
    const depths = blocksAt(cuts.k, local.k);
    const cols = blocksAt(cuts.j, local.j);
    const pairs = depths.flatMap((depth) => cols.map((col) => [depth, col] as const));
    const complete = local.k === cuts.k.block - 1;
    return {
      travelling: pairs.flatMap(([depth, col]) =>
        depth.at === null || col.at === null
          ? []
          : [
              {
                block: [0, col.block, depth.block] as const,
                index: [0, col.at, depth.at] as const,
              },
            ],
      ),
      result: cols.flatMap(({ span, at: col }): Area[] => {
        const finished: Span = [span[0], col === null ? span[1] : col + (complete ? 1 : 0)];
        return finished[1] > finished[0] ? [area(whole(cuts.i), finished)] : [];
      }),
      sums: cols.flatMap(({ at: col }): Summed[] =>
        col === null || complete
          ? []
          : [{ rows: whole(cuts.i), cols: [col, col + 1], depths: depths.map(upTo) }],
      ),
      left: litCols(cuts.i, depths),
      right: pairs.map(([depth, col]) =>
        area(
          depth.span,
          col.span,
          depth.at === null || col.at === null
            ? null
            : { rows: [depth.at, depth.at + 1], cols: [col.at, col.at + 1] },
        ),
      ),
    };
  },
};
