/** Which summands a sum still lacks: rectangles of a result, each with its ranges of k. */
import type { Span, Summed } from "../layout/types.ts";

type Rectangle = Pick<Summed, "rows" | "cols">;

/**
 * What is to be added to sums that hold `before` so that they hold `after`; null where `before` holds
 * what `after` does not, so that the sums begin anew.
 */
export function additions(
  before: readonly Summed[],
  after: readonly Summed[],
): readonly Summed[] | null {
  const missing: Summed[] = [];
  const covered = before.map(() => 0);
  for (const goal of after) {
    let rest: Rectangle[] = [goal];
    for (const [n, held] of before.entries()) {
      const both = overlap(goal, held);
      if (!both) continue;
      if (without(held.depths, goal.depths).length > 0) return null;
      covered[n] = (covered[n] ?? 0) + size(both);
      const depths = without(goal.depths, held.depths);
      if (depths.length > 0) missing.push({ ...both, depths });
      rest = rest.flatMap((part) => cutOut(part, both));
    }
    for (const part of rest) missing.push({ ...rectangle(part), depths: goal.depths });
  }
  return before.every((held, n) => covered[n] === size(held)) ? missing : null;
}

/** How many summands an element is the sum of; null where none is asked for. */
export function depthsAt(
  summed: readonly Summed[],
  row: number,
  col: number,
): readonly Span[] | null {
  return summed.find(({ rows, cols }) => holds(rows, row) && holds(cols, col))?.depths ?? null;
}

export function overlap(a: Rectangle, b: Rectangle): Rectangle | null {
  const rows = meet(a.rows, b.rows);
  const cols = meet(a.cols, b.cols);
  return rows && cols && { rows, cols };
}

/** The part of some ranges that is in none of the others. */
export function without(spans: readonly Span[], others: readonly Span[]): Span[] {
  return others.reduce<Span[]>(
    (left, [from, to]) =>
      left.flatMap(([a, b]) =>
        [[a, Math.min(b, from)] as const, [Math.max(a, to), b] as const].filter(([x, y]) => y > x),
      ),
    [...spans],
  );
}

/** A rectangle without one that lies in it. */
function cutOut(whole: Rectangle, hole: Rectangle): Rectangle[] {
  const both = overlap(whole, hole);
  if (!both) return [whole];
  const strips = (within: Span, taken: Span) => without([within], [taken]);
  return [
    ...strips(whole.rows, both.rows).map((rows) => ({ rows, cols: whole.cols })),
    ...strips(whole.cols, both.cols).map((cols) => ({ rows: both.rows, cols })),
  ];
}

const holds = ([from, to]: Span, index: number): boolean => index >= from && index < to;

const size = ({ rows, cols }: Rectangle): number => (rows[1] - rows[0]) * (cols[1] - cols[0]);

const rectangle = ({ rows, cols }: Rectangle): Rectangle => ({ rows, cols });

function meet(a: Span, b: Span): Span | null {
  const from = Math.max(a[0], b[0]);
  const to = Math.min(a[1], b[1]);
  return to > from ? [from, to] : null;
}
