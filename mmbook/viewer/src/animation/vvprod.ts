/** Vector-vector (outer) products: column k times row k, summed over the depth. */
import { area, blocksAt, litCols, litRows, upTo, whole } from "./blocks.ts";
import type { Sweep } from "./types.ts";

export const vvprod: Sweep = {
  kind: "vvprod",
  travels: ["k"],
  at: (index) => ({ i: 0, j: 0, k: index }),
  state(index, cuts) {
    const depths = blocksAt(cuts.k, index);
    const complete = index >= cuts.k.block - 1;
    return {
      travelling: depths.flatMap(({ block, at }) =>
        at === null ? [] : [{ block: [0, 0, block] as const, index: [0, 0, at] as const }],
      ),
      result: complete ? [area(whole(cuts.i), whole(cuts.j))] : [],
      sums: complete
        ? []
        : [{ rows: whole(cuts.i), cols: whole(cuts.j), depths: depths.map(upTo) }],
      left: litCols(cuts.i, depths),
      right: litRows(depths, cuts.j),
    };
  },
};
