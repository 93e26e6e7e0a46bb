/** What the algorithms share: blocks that advance side by side, and rectangles of elements. */
import { blockSpan } from "../layout/cut.ts";
import type { Cut, Span } from "../layout/types.ts";
import type { Area, Axis } from "./types.ts";

/** One block of an axis and the element it has reached; null where a short last block sits out. */
export interface BlockAt {
  block: number;
  span: Span;
  at: number | null;
}

/** Every block of an axis at element `local` of its own. */
export function blocksAt(cut: Cut, local: number): BlockAt[] {
  return Array.from({ length: cut.count }, (_, block) => {
    const span = blockSpan(cut, block);
    const at = span[0] + local;
    return { block, span, at: at < span[1] ? at : null };
  });
}

/** The part of a block up to and with its current element; all of it where the block sits out. */
export function upTo({ span, at }: BlockAt): Span {
  return [span[0], at === null ? span[1] : at + 1];
}

export function whole(cut: Cut): Span {
  return [0, cut.size];
}

export function area(rows: Span, cols: Span, highlight: Area["highlight"] = null): Area {
  return { rows, cols, highlight };
}

/** A matrix cut into bands of rows, in each of which the current row is lit. */
export function litRows(blocks: readonly BlockAt[], cols: Cut): Area[] {
  return blocks.map(({ span, at }) =>
    area(span, whole(cols), at === null ? null : { rows: [at, at + 1], cols: whole(cols) }),
  );
}

/** A matrix cut into bands of columns, in each of which the current column is lit. */
export function litCols(rows: Cut, blocks: readonly BlockAt[]): Area[] {
  return blocks.map(({ span, at }) =>
    area(whole(rows), span, at === null ? null : { rows: whole(rows), cols: [at, at + 1] }),
  );
}

/** Steps of one block's sweep: the product of its sizes along the axes it travels. */
export function sweepLength(travels: readonly Axis[], cuts: Record<Axis, Cut>): number {
  return travels.reduce((length, axis) => length * cuts[axis].block, 1);
}
