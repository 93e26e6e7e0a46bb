/** The way from one picture to another: matrices glide to their new places, or pass into others. */
import { add, length, scale, subtract } from "../camera/vector.ts";
import type { Picture } from "../figure/picture.ts";
import type { Drawn, Placed, Vec3 } from "../layout/types.ts";
import type { Matrix } from "../scene.ts";
import { aligned, type Body, bodiesOf, placedAt, sameShape, sameValues } from "./bodies.ts";
import { type Merges, type Move, moves } from "./moves.ts";

/** In seconds. */
const DURATION = 0.85;
/** A way shorter than this, in elements, is none. */
const STANDING = 0.5;
/** Where on the way the new begins to show, and the old begins to go. */
const COMING = 0.45;
const GOING = 0.55;

export interface Passage {
  /** What is drawn now. */
  readonly picture: Picture;
  /** The values of both pictures. */
  readonly matrices: ReadonlyMap<string, Matrix>;
  /** Returns whether it goes on. */
  advance(seconds: number): boolean;
}

/** Null where nothing would move: then one picture melts into the other. */
export function createPassage(before: Picture, after: Picture): Passage | null {
  const [old, now] = [bodiesOf(before), bodiesOf(after)];
  const forth: Merges = after.scene.figure.merges ?? {};
  const back: Merges = before.scene.figure.merges ?? {};
  // What was merged comes apart the same way back.
  const reversed = !applies(forth, now, old) && applies(back, old, now);
  const found = reversed ? moves(now, old, back).map(turned) : moves(old, now, forth);
  const kept = found.some(({ from, to }) => from && to);
  const moving = found.some(({ start, end }) => length(subtract(start, end)) > STANDING);
  if (!kept || !moving) return null;

  const matrices = new Map(after.scene.matrices);
  const names = new Map<Matrix, string>();
  for (const { matrix } of old) {
    const other = matrices.get(matrix.name);
    // No matrix of a figure has such a name.
    const name = !other || sameValues(matrix, other) ? matrix.name : `\u0001${matrix.name}`;
    names.set(matrix, name);
    if (!matrices.has(name)) matrices.set(name, matrix);
  }
  const titles = found.flatMap((move, n) => {
    const title = after.titles.find(({ placed }) => move.to && placed.path === move.to.placed.path);
    return title && move.from ? [{ title, n }] : [];
  });

  let passed = 0;
  let shown = pictureAt(0);
  return {
    get picture() {
      return shown;
    },
    matrices,
    advance(seconds) {
      passed += seconds / DURATION;
      if (passed < 1) shown = pictureAt(eased(passed));
      return passed < 1;
    },
  };

  function pictureAt(part: number): Picture {
    // The path decides the style: what goes on has that of where it goes.
    const list = found.map((move, n) =>
      entries(move, part, names, move.to?.placed.path ?? `gone ${n}`),
    );
    return {
      ...after,
      titles: titles.flatMap(({ title, n }) => {
        const [first] = list[n] ?? [];
        const { name, shape, legends } = title;
        return first ? [{ name, shape, legends, placed: first.placed }] : [];
      }),
      arrows: [],
      axes: [],
      strokes: [],
      at: () => list.flat(),
    };
  }
}

/** Whether any merge says what became of matrices that are gone. */
const applies = (merges: Merges, now: readonly Body[], before: readonly Body[]): boolean =>
  Object.entries(merges).some(
    ([name, sources = []]) =>
      now.some(({ placed }) => placed.name === name) &&
      sources.some((source) => before.some(({ placed }) => placed.name === source)),
  );

const turned = ({ from, to, start, end, size }: Move): Move => ({
  from: to,
  to: from,
  start: end,
  end: start,
  size,
});

const eased = (part: number): number => (part < 0.5 ? 4 * part ** 3 : 1 - (2 - 2 * part) ** 3 / 2);

const within = (part: number, from: number, to: number): number =>
  Math.min(1, Math.max(0, (part - from) / (to - from)));

/** What is drawn of a move: the old under the new, where they are not one. */
function entries(
  { from, to, start, end, size }: Move,
  part: number,
  names: ReadonlyMap<Matrix, string>,
  path: string,
): Drawn[] {
  const middle: Vec3 = add(start, scale(subtract(end, start), part));
  const drawn = (body: Body, name: string, opacity: number, shrunk: number): Drawn[] => {
    if (opacity <= 0) return [];
    const placed: Placed = { ...placedAt(body.placed, middle, shrunk), path };
    const { rows, cols } = placed;
    const range =
      from && to
        ? {
            lo: from.range.lo + part * (to.range.lo - from.range.lo),
            hi: from.range.hi + part * (to.range.hi - from.range.hi),
          }
        : body.range;
    return [
      {
        placed,
        source: { kind: "matrix", name },
        range,
        reveal: { rows: [0, rows], cols: [0, cols] },
        highlight: null,
        opacity,
      },
    ];
  };
  const oldName = (body: Body): string => names.get(body.matrix) ?? body.matrix.name;
  if (from && to) {
    const one = sameShape(from, to) && aligned(from, to) && sameValues(from.matrix, to.matrix);
    if (one) return drawn(to, to.matrix.name, 1, 1);
    const covered = sameShape(from, to) && aligned(from, to);
    return [
      ...drawn(from, oldName(from), covered ? 1 : 1 - within(part, GOING, 1), 1),
      ...drawn(to, to.matrix.name, within(part, COMING, 1), 1),
    ];
  }
  if (from) return drawn(from, oldName(from), 1 - within(part, GOING, 1), 1 - (1 - size) * part);
  if (to) return drawn(to, to.matrix.name, within(part, 1 - GOING, 1), size + (1 - size) * part);
  return [];
}
