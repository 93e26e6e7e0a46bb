/** From the matrices of one picture to those of another: which stays, which passes into which. */
import { length, subtract } from "../camera/vector.ts";
import type { Vec3 } from "../layout/types.ts";
import { aligned, type Body, centreOf, extentOf, sameShape } from "./bodies.ts";

export interface Move {
  /** What moves, as it was; null for what comes into being. */
  from: Body | null;
  /** What it becomes; null for what is no more. */
  to: Body | null;
  /** Where its middle begins and ends. */
  start: Vec3;
  end: Vec3;
  /** Part of its size that is left at the end (of what goes) or there at the start (of what comes). */
  size: number;
}

export type Merges = Readonly<Record<string, readonly string[] | undefined>>;

/** What goes into a matrix that stands another way round shrinks to this. */
const SHRUNK = 0.3;

/**
 * @param merges by the name of a new matrix: which old ones become it
 */
export function moves(before: readonly Body[], after: readonly Body[], merges: Merges): Move[] {
  const found: Move[] = [];
  const left = new Set(before);
  const come = new Set(after);
  const named = (bodies: Iterable<Body>, name: string): Body[] =>
    [...bodies].filter(({ placed }) => placed.name === name);

  for (const to of after) {
    // Of several, the one in the same place of the expression, or that entered the result most directly.
    const same = named(left, to.placed.name);
    const least = Math.min(...same.map(depth));
    const from =
      same.find(({ placed }) => placed.path === to.placed.path) ??
      nearest(
        to,
        same.filter((one) => depth(one) === least),
      );
    if (!from) continue;
    left.delete(from);
    come.delete(to);
    found.push({ from, to, start: centreOf(from.placed), end: centreOf(to.placed), size: 1 });
  }
  for (const to of come) {
    const sources = own(merges, to.placed.name).flatMap((name) => named(before, name));
    const twin = sources.find((from) => sameShape(from, to) && aligned(from, to));
    const origin = twin ?? nearest(to, named(before, to.placed.name));
    const end = centreOf(to.placed);
    const start = origin ? inside(to, origin) : end;
    found.push({ from: null, to, start, end, size: 1 });
  }
  for (const from of left) {
    const heir = nearest(from, [
      ...named(after, from.placed.name),
      ...after.filter(({ placed }) => own(merges, placed.name).includes(from.placed.name)),
    ]);
    const neighbour = Object.keys(merges).length > 0 ? besides(from, before, found) : null;
    const to = heir ?? neighbour;
    const start = centreOf(from.placed);
    const end = to ? inside(from, to) : start;
    found.push({ from, to: null, start, end, size: !to || aligned(from, to) ? 1 : SHRUNK });
  }
  return found;
}

const own = (merges: Merges, name: string): readonly string[] =>
  (Object.hasOwn(merges, name) ? merges[name] : null) ?? [];

const depth = ({ placed }: Body): number => placed.path.split(".").length;

const apart = (a: Body, b: Body): number =>
  length(subtract(centreOf(a.placed), centreOf(b.placed)));

function nearest(to: Body, bodies: readonly Body[]): Body | null {
  const [first = null, ...others] = bodies;
  return others.reduce(
    (best, one) => (best && apart(one, to) < apart(best, to) ? one : best),
    first,
  );
}

/** What stood in the same plane beside it and stays: into that it passes where nothing else is said. */
function besides(from: Body, before: readonly Body[], found: readonly Move[]): Body | null {
  const near = nearest(
    from,
    before.filter((other) => other !== from && aligned(from, other) && coplanar(from, other)),
  );
  return found.find((move) => move.from === near && near !== null)?.to ?? null;
}

function coplanar(a: Body, b: Body): boolean {
  const away = subtract(a.placed.origin, b.placed.origin);
  const { facing } = a.placed;
  return Math.abs(away[0] * facing[0] + away[1] * facing[1] + away[2] * facing[2]) < 0.5;
}

/** The middle of `body` moved into `target` by the shortest way; of another stance, the target's middle. */
function inside(body: Body, target: Body): Vec3 {
  const goal = centreOf(target.placed);
  if (!aligned(body, target)) return goal;
  const { rowAxis, colAxis } = target.placed;
  const away = subtract(centreOf(body.placed), goal);
  const [down, along] = extentOf(target.placed);
  const [ownDown, ownAlong] = extentOf(body.placed);
  const kept = (axis: Vec3, room: number): number => {
    const at = away[0] * axis[0] + away[1] * axis[1] + away[2] * axis[2];
    const most = Math.max(0, room) / 2;
    return Math.min(most, Math.max(-most, at));
  };
  const [r, c] = [kept(rowAxis, down - ownDown), kept(colAxis, along - ownAlong)];
  const at = (n: 0 | 1 | 2): number => goal[n] + r * rowAxis[n] + c * colAxis[n];
  return [at(0), at(1), at(2)];
}
