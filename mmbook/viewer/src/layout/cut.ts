/** Blocks: how many there are, how long they are, and how they pass from a product to its operands. */
import type { Cut } from "./types.ts";

export interface BlockCounts {
  i: number;
  j: number;
  k: number;
}

/**
 * Cut an axis of `size` elements into at most `blocks` blocks of equal length; the last may be short
 * and trailing empty ones are dropped (10 elements in 8 blocks: 5 blocks of 2).
 */
export function cut(size: number, blocks: number): Cut {
  const block = Math.ceil(size / Math.min(Math.max(1, blocks), size));
  return { size, block, count: Math.ceil(size / block) };
}

/** Length of an axis as it is drawn, with a gap between blocks. */
export function drawnLength({ size, count }: Cut, gap: number): number {
  return size + gap * (count - 1);
}

/** First element of a block and the one after its last. */
export function blockSpan({ size, block }: Cut, index: number): readonly [number, number] {
  return [Math.min(size, index * block), Math.min(size, (index + 1) * block)];
}

/** A left operand is cut along its rows like the result, along its columns like the depth. */
export function leftBlocks(parent: BlockCounts, own: BlockCounts): BlockCounts {
  return { i: parent.i, j: parent.k, k: own.k };
}

/** A right operand is cut along its rows like the depth, along its columns like the result. */
export function rightBlocks(parent: BlockCounts, own: BlockCounts): BlockCounts {
  return { i: parent.k, j: parent.j, k: own.k };
}
