/** Dot products: row i times column j, one element of the result after the other. */
import type { Span } from "../layout/types.ts";
import { area, type BlockAt, blocksAt, litCols, litRows, upTo } from "./blocks.ts";
import type { Axis, Sweep } from "./types.ts";

/** Along rows: j fastest, then i. */
export const dotprodRowMajor: Sweep = dotprod(["j", "i"]);

/** Down columns: i fastest, then j. */
export const dotprodColumnMajor: Sweep = dotprod(["i", "j"]);

function dotprod(travels: readonly ["i" | "j", "i" | "j"]): Sweep {
  const [fast, slow] = travels;
  const at = (index: number, size: Record<Axis, number>) => ({
    i: 0,
    j: 0,
    k: 0,
    [fast]: index % size[fast],
    [slow]: Math.floor(index / size[fast]),
  });
  return {
    kind: "dotprod",
    travels,
    at,
    state(index, cuts) {
      const local = at(index, { i: cuts.i.block, j: cuts.j.block, k: cuts.k.block });
      const rows = blocksAt(cuts.i, local.i);
      const cols = blocksAt(cuts.j, local.j);
      const pairs = rows.flatMap((row) => cols.map((col) => [row, col] as const));
      return {
        travelling: pairs.flatMap(([row, col]) =>
          row.at === null || col.at === null
            ? []
            : [{ block: [row.block, col.block, 0] as const, index: [row.at, col.at, 0] as const }],
        ),
        result: pairs.flatMap(([row, col]) =>
          slow === "i"
            ? visited(row, col).map(([rows, cols]) => area(rows, cols))
            : visited(col, row).map(([cols, rows]) => area(rows, cols)),
        ),
        sums: [],
        left: litRows(rows, cuts.k),
        right: litCols(cuts.k, cols),
      };
    },
  };
}

/** What a sweep has visited of a block: the finished lines, and the current line up to its element. */
function visited(slow: BlockAt, fast: BlockAt): (readonly [Span, Span])[] {
  if (slow.at === null) return [[slow.span, fast.span]];
  const current = [[slow.at, slow.at + 1] as const, upTo(fast)] as const;
  return slow.at > slow.span[0] ? [[[slow.span[0], slow.at], fast.span], current] : [current];
}
