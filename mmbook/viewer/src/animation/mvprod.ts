/** Matrix-vector products: the whole left operand times column j of the right, column after column. */
import { area, blocksAt, litCols, upTo, whole } from "./blocks.ts";
import type { Sweep } from "./types.ts";

export const mvprod: Sweep = {
  kind: "mvprod",
  travels: ["j"],
  at: (index) => ({ i: 0, j: index, k: 0 }),
  state(index, cuts) {
    const cols = blocksAt(cuts.j, index);
    return {
      travelling: cols.flatMap(({ block, at }) =>
        at === null ? [] : [{ block: [0, block, 0] as const, index: [0, at, 0] as const }],
      ),
      result: cols.map((col) => area(whole(cuts.i), upTo(col))),
      sums: [],
      left: [area(whole(cuts.i), whole(cuts.k))],
      right: litCols(cuts.k, cols),
    };
  },
};
