/**
 * Names of matrices, each beside one of its edges: where it covers least, and, while the reader
 * turns the figure, where it was before as long as that is nearly as good.
 */

import { subtract } from "../camera/vector.ts";
import type { Camera } from "../camera.ts";
import { pick } from "../inspect/pick.ts";
import type { Placed } from "../layout.ts";
import { boxAround, type Label, type Measure, type Run } from "./label.ts";
import { at, covers, extent, type Outline, type Point } from "./outline.ts";
import { type Box, inside, type Room } from "./room.ts";

export interface Title {
  placed: Placed;
  name: string;
  /** "9 × 769"; empty where dimensions are not shown. */
  shape: string;
}

export interface NameStyle {
  /** 0 to 10, the figure's option. */
  legends: number;
  sans: string;
  mono: string;
}

const SMALLEST = 11;
const LARGEST = 17;
/** CSS pixels between a matrix and its name. */
const CLEARANCE = 7;
/** CSS pixels between two names on one line. */
const APART = 8;
/** Advantage of the edge used in the previous frame, in covered sample points. */
const HABIT = 2.5;
/** A name lying on its own matrix hides values: only where no edge is free. */
const ON_ITSELF = 6;

/** Where along an edge a name may stand, from one corner to the other; the middle is preferred. */
const ALONG = [0.5, 0.25, 0.75] as const;

interface Candidate {
  place: string;
  box: Box;
  cost: number;
}

function sampled(box: Box): Point[] {
  const { left, right, top, bottom } = box;
  return [0, 0.25, 0.5, 0.75, 1].flatMap((part) => {
    const x = left + (right - left) * part;
    return [
      { x, y: top },
      { x, y: bottom },
    ];
  });
}

/** Whether another matrix stands between the camera and the middle of this one. */
function hidden(placed: Placed, camera: Camera, others: readonly Outline[]): boolean {
  const { down, along } = extent(placed);
  const origin = camera.position;
  const ray = { origin, direction: subtract(at(placed, down / 2, along / 2), origin) };
  return others.some((other) => {
    const hit = other.placed === placed ? null : pick(ray, other.placed);
    return hit !== null && hit.distance < 0.995;
  });
}

export class Names {
  readonly #places = new Map<string, string>();
  #drawn: { placed: Placed; box: Box }[] = [];

  /** The matrix whose name was placed last at a point. */
  at({ x, y }: Point): Placed | null {
    const found = this.#drawn.find(
      ({ box }) => x >= box.left && x <= box.right && y >= box.top && y <= box.bottom,
    );
    return found?.placed ?? null;
  }

  /** Labels of all titles that find room; they take it. */
  place(
    titles: readonly Title[],
    outlines: readonly Outline[],
    camera: Camera,
    room: Room,
    measure: Measure,
    style: NameStyle,
  ): Label[] {
    this.#drawn = [];
    const nearest = Math.max(...outlines.map(({ scale }) => scale));
    return titles.flatMap((title) => {
      const own = outlines.find(({ placed }) => placed.path === title.placed.path);
      if (!own?.corners || own.scale <= 0) return [];
      return this.#one(title, own, nearest, outlines, camera, room, measure, style) ?? [];
    });
  }

  #one(
    { placed, name, shape }: Title,
    own: Outline,
    nearest: number,
    outlines: readonly Outline[],
    camera: Camera,
    room: Room,
    measure: Measure,
    style: NameStyle,
  ): Label | null {
    const world = (style.legends / 10) * Math.cbrt(placed.rows * placed.cols);
    const wanted = world * Math.min(1, 8 / name.length) * own.scale;
    const size = Math.round(
      Math.min(LARGEST * Math.sqrt(style.legends / 6), Math.max(SMALLEST, wanted)),
    );
    const runs: Run[] = [{ text: name, font: `600 ${size}px ${style.sans}`, strength: 1 }];
    if (shape)
      runs.push({
        text: `  ${shape}`,
        font: `450 ${Math.max(10, size - 3)}px ${style.mono}`,
        strength: 0.72,
      });
    const width = runs.reduce((sum, { text, font }) => sum + measure(text, font), 0);
    const height = size * 1.3;

    const best = this.#best(placed.path, own, width, height, outlines, camera, room);
    if (!best) return null;
    this.#places.set(placed.path, best.place);
    this.#drawn.push({ placed, box: best.box });
    const { left, right, top, bottom } = best.box;
    room.take({ left: left - APART, right: right + APART, top, bottom });

    const far = Math.min(1, Math.max(0.5, own.scale / nearest + 0.25));
    return {
      runs,
      x: best.box.left,
      y: (best.box.top + best.box.bottom) / 2,
      angle: 0,
      opacity: far * (hidden(placed, camera, outlines) ? 0.55 : 1),
    };
  }

  #best(
    path: string,
    own: Outline,
    width: number,
    height: number,
    outlines: readonly Outline[],
    camera: Camera,
    room: Room,
  ): Candidate | null {
    let best: Candidate | null = null;
    const consider = (place: string, x: number, y: number, penalty: number): void => {
      const box = boxAround(x - width / 2, y, width, height);
      if (!inside(box, camera.size.width, camera.size.height) || !room.free([box])) return;
      const points = sampled(box);
      const habit = this.#places.get(path) === place ? HABIT : 0;
      const covered = outlines.reduce(
        (sum, other) => sum + points.filter((point) => covers(other, point)).length,
        0,
      );
      const cost = covered + penalty - habit;
      if (!best || cost < best.cost) best = { place, box, cost };
    };
    for (const [edge, { from, to, outward }] of edges(own).entries()) {
      // Beyond the line of the edge with the whole box, so that it covers nothing of its own.
      const reach =
        CLEARANCE + (Math.abs(outward.x) * width) / 2 + (Math.abs(outward.y) * height) / 2;
      for (const [rank, part] of ALONG.entries()) {
        const x = from.x + (to.x - from.x) * part + outward.x * reach;
        const y = from.y + (to.y - from.y) * part + outward.y * reach;
        // Above or below reads better than beside, the middle better than the ends.
        consider(`${edge} ${part}`, x, y, rank * 0.4 + Math.abs(outward.x) * 1.5);
      }
    }
    const middle = centre(own);
    consider("middle", middle.x, middle.y, ON_ITSELF);
    return best;
  }
}

interface Edge {
  from: Point;
  to: Point;
  /** Unit normal away from the matrix, in the picture. */
  outward: Point;
}

function centre({ corners }: Outline): Point {
  const points = corners ?? [];
  const sum = points.reduce((a, b) => ({ x: a.x + b.x, y: a.y + b.y }), { x: 0, y: 0 });
  return { x: sum.x / points.length, y: sum.y / points.length };
}

function edges(own: Outline): Edge[] {
  const corners = own.corners ?? [];
  const middle = centre(own);
  return corners.flatMap((from, i): Edge[] => {
    const to = corners[(i + 1) % corners.length] ?? from;
    const length = Math.hypot(to.x - from.x, to.y - from.y);
    if (length < 1) return [];
    const normal = { x: (to.y - from.y) / length, y: (from.x - to.x) / length };
    const side = (from.x - middle.x) * normal.x + (from.y - middle.y) * normal.y;
    const sign = side < 0 ? -1 : 1;
    return [{ from, to, outward: { x: normal.x * sign, y: normal.y * sign } }];
  });
}
