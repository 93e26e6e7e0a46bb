/** Vector-matrix products: row i of the left operand times the whole right operand, row after row. */
import { area, blocksAt, litRows, upTo, whole } from "./blocks.ts";
import type { Sweep } from "./types.ts";

export const vmprod: Sweep = {
  kind: "vmprod",
  travels: ["i"],
  at: (index) => ({ i: index, j: 0, k: 0 }),
  state(index, cuts) {
    const rows = blocksAt(cuts.i, index);
    return {
      travelling: rows.flatMap(({ block, at }) =>
        at === null ? [] : [{ block: [block, 0, 0] as const, index: [at, 0, 0] as const }],
      ),
      result: rows.map((row) => area(upTo(row), whole(cuts.j))),
      sums: [],
      left: litRows(rows, cuts.k),
      right: [area(whole(cuts.k), whole(cuts.j))],
    };
  },
};
