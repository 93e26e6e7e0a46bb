/** Where the name of a matrix may stand: beyond its edges, and on it as the last resort. */
import type { Size } from "../camera.ts";
import { boxAround } from "./label.ts";
import type { Outline, Point } from "./outline.ts";
import { type Box, inside, type Room } from "./room.ts";

export interface Spot {
  /** The same for the same spot in the next frame. */
  key: string;
  box: Box;
  /** The place on the matrix that it stands beside. */
  anchor: Point;
  /** How much worse than the best of spots, in covered sample points. */
  penalty: number;
}

/** CSS pixels between a matrix and its name. */
const CLEARANCE = 7;
/** Lines of text that a name moves on from an edge whose labels stand in its way. */
const LINES = 5;
/** A name lying on its own matrix hides values: only where no edge is free. */
const ON_ITSELF = 6;
/** Where along an edge a name may stand, from one corner to the other; the middle is preferred. */
const ALONG = [0.5, 0.25, 0.75, 0.06, 0.94] as const;

interface Edge {
  from: Point;
  to: Point;
  /** Unit normal away from the matrix, in the picture. */
  outward: Point;
}

/**
 * The free spots for a text of this size. One that is longer than its matrix stays close to it: from
 * further away it would seem to belong to another.
 */
export function spots(
  own: Outline,
  width: number,
  height: number,
  room: Room,
  picture: Size,
): Spot[] {
  const found: Spot[] = [];
  const lines = width > longestEdge(own, picture) ? 1 : LINES;
  const free = (x: number, y: number): Box | null => {
    const box = boxAround(x - width / 2, y, width, height);
    return inside(box, picture.width, picture.height) && room.free([box]) ? box : null;
  };
  for (const [edge, { from, to, outward }] of edges(own, picture).entries()) {
    // Beyond the line of the edge with the whole box, so that it covers nothing of its own.
    const reach =
      CLEARANCE + (Math.abs(outward.x) * width) / 2 + (Math.abs(outward.y) * height) / 2;
    for (const [rank, part] of ALONG.entries()) {
      for (let line = 0; line < lines; line += 1) {
        const away = reach + line * height;
        const anchor = {
          x: from.x + (to.x - from.x) * part,
          y: from.y + (to.y - from.y) * part,
        };
        const box = free(anchor.x + outward.x * away, anchor.y + outward.y * away);
        if (!box) continue;
        // Above or below reads better than beside, the middle better than the ends.
        const penalty = rank * 0.4 + Math.abs(outward.x) * 1.5 + line * 0.9;
        found.push({ key: `${edge} ${part}`, box, anchor, penalty });
        break;
      }
    }
  }
  const middle = centre(own);
  const box = free(middle.x, middle.y);
  if (box) found.push({ key: "middle", box, anchor: middle, penalty: ON_ITSELF });
  return found;
}

/** Length of the longest edge in the picture, in CSS pixels. */
export function longestEdge(own: Outline, picture: Size): number {
  const lengths = edges(own, picture).map(({ from, to }) =>
    Math.hypot(to.x - from.x, to.y - from.y),
  );
  return Math.max(0, ...lengths);
}

/** The part of a line that lies in the picture. */
function visible(from: Point, to: Point, { width, height }: Size): [Point, Point] | null {
  const way = { x: to.x - from.x, y: to.y - from.y };
  let [enter, leave] = [0, 1];
  for (const [start, step, most] of [
    [from.x, way.x, width],
    [from.y, way.y, height],
  ] as const) {
    if (step === 0 && (start < 0 || start > most)) return null;
    if (step === 0) continue;
    enter = Math.max(enter, Math.min(-start / step, (most - start) / step));
    leave = Math.min(leave, Math.max(-start / step, (most - start) / step));
  }
  const at = (part: number): Point => ({ x: from.x + way.x * part, y: from.y + way.y * part });
  return enter < leave ? [at(enter), at(leave)] : null;
}

function centre({ corners }: Outline): Point {
  const points = corners ?? [];
  const sum = points.reduce((a, b) => ({ x: a.x + b.x, y: a.y + b.y }), { x: 0, y: 0 });
  return { x: sum.x / points.length, y: sum.y / points.length };
}

/** The edges as far as they are in the picture. */
function edges(own: Outline, picture: Size): Edge[] {
  const corners = own.corners ?? [];
  const middle = centre(own);
  return corners.flatMap((corner, i): Edge[] => {
    const part = visible(corner, corners[(i + 1) % corners.length] ?? corner, picture);
    if (!part) return [];
    const [from, to] = part;
    const length = Math.hypot(to.x - from.x, to.y - from.y);
    if (length < 1) return [];
    const normal = { x: (to.y - from.y) / length, y: (from.x - to.x) / length };
    const side = (from.x - middle.x) * normal.x + (from.y - middle.y) * normal.y;
    const sign = side < 0 ? -1 : 1;
    return [{ from, to, outward: { x: normal.x * sign, y: normal.y * sign } }];
  });
}
