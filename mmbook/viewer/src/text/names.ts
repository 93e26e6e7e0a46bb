/**
 * Names of matrices, each beside one of its edges: where it covers least, and, while the reader
 * turns the figure, where it was before as long as that is nearly as good.
 */

import { subtract } from "../camera/vector.ts";
import type { Camera } from "../camera.ts";
import { pick } from "../inspect/pick.ts";
import type { Placed } from "../layout.ts";
import type { Label, Measure, Run } from "./label.ts";
import { at, covers, extent, type Outline, outline, type Point } from "./outline.ts";
import type { Box, Room } from "./room.ts";
import { longestEdge, spots } from "./spots.ts";

export interface Title {
  placed: Placed;
  /** Path of the matrix that shows it, where that is another: of a band, the whole. */
  on?: string;
  name: string;
  /** "9 × 769"; empty where dimensions are not shown. */
  shape: string;
  /** More than 0, up to 10: the option of its style. */
  legends: number;
}

export interface NameStyle {
  sans: string;
  mono: string;
}

const SMALLEST = 11;
const LARGEST = 17;
/** CSS pixels between two names on one line. */
const APART = 8;
/** Advantage of the edge used in the previous frame, in covered sample points. */
const HABIT = 2.5;
/** What it takes to leave the dimensions out, in covered sample points. */
const SHORTENED = 1.5;
/** Sample points of other matrices that the name of one smaller than itself may cover. */
const MODEST = 4;
/** Least strength of a name: behind other matrices it steps back, but stays legible. */
const FAINTEST = 0.66;

interface Wording {
  runs: readonly Run[];
  width: number;
}

interface Choice {
  wording: Wording;
  key: string;
  box: Box;
  covered: number;
  cost: number;
}

/** Points of the box, and of the way to it: a matrix in between would seem to be the one named. */
function sampled({ left, right, top, bottom }: Box, anchor: Point): Point[] {
  const way = { x: (left + right) / 2 - anchor.x, y: (top + bottom) / 2 - anchor.y };
  const between = [0.2, 0.3, 0.4, 0.5, 0.6].map((part) => ({
    x: anchor.x + way.x * part,
    y: anchor.y + way.y * part,
  }));
  const inside = [0, 0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 1].flatMap((part) => {
    const x = left + (right - left) * part;
    return [
      { x, y: top },
      { x, y: bottom },
    ];
  });
  return [...inside, ...between];
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

  /** Another one that gives the same places. */
  copy(): Names {
    const copied = new Names();
    for (const [path, key] of this.#places) copied.#places.set(path, key);
    return copied;
  }

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
      const { path } = title.placed;
      const own =
        outlines.find(({ placed }) => placed.path === path) ?? outline(title.placed, camera);
      if (!own.corners || own.scale <= 0) return [];
      return this.#one(title, own, nearest, outlines, camera, room, measure, style) ?? [];
    });
  }

  #one(
    { placed, name, shape, legends }: Title,
    own: Outline,
    nearest: number,
    outlines: readonly Outline[],
    camera: Camera,
    room: Room,
    measure: Measure,
    style: NameStyle,
  ): Label | null {
    const world = (legends / 10) * Math.cbrt(placed.rows * placed.cols);
    const wanted = world * Math.min(1, 8 / name.length) * own.scale;
    const size = Math.round(Math.min(LARGEST * Math.sqrt(legends / 6), Math.max(SMALLEST, wanted)));
    const height = size * 1.3;
    const worded = (runs: readonly Run[]): Wording => ({
      runs,
      width: runs.reduce((sum, { text, font }) => sum + measure(text, font), 0),
    });
    const word: Run = { text: name, font: `600 ${size}px ${style.sans}`, strength: 1 };
    const wordings = [worded([word])];
    if (shape) {
      const font = `450 ${Math.max(10, size - 3)}px ${style.mono}`;
      wordings.unshift(worded([word, { text: `  ${shape}`, font, strength: 0.78 }]));
    }

    const best = this.#best(placed.path, own, wordings, height, outlines, camera, room);
    if (!best) return null;
    // Where many small matrices meet, their names would hide more than they tell.
    if (best.covered > MODEST && best.wording.width > longestEdge(own, camera.size)) return null;
    this.#places.set(placed.path, best.key);
    this.#drawn.push({ placed, box: best.box });
    const { left, right, top, bottom } = best.box;
    room.take({ left: left - APART, right: right + APART, top, bottom });

    const far = Math.min(1, 0.6 + own.scale / nearest);
    return {
      runs: best.wording.runs,
      x: left,
      y: (top + bottom) / 2,
      angle: 0,
      opacity: Math.max(FAINTEST, far * (hidden(placed, camera, outlines) ? 0.7 : 1)),
    };
  }

  #best(
    path: string,
    own: Outline,
    wordings: readonly Wording[],
    height: number,
    outlines: readonly Outline[],
    camera: Camera,
    room: Room,
  ): Choice | null {
    let best: Choice | null = null;
    for (const [short, wording] of wordings.entries()) {
      for (const { key: spot, box, anchor, penalty } of spots(
        own,
        wording.width,
        height,
        room,
        camera.size,
      )) {
        const key = `${short} ${spot}`;
        const base = penalty + short * SHORTENED - (this.#places.get(path) === key ? HABIT : 0);
        if (best && base >= best.cost) continue;
        const points = sampled(box, anchor);
        const covered = outlines.reduce(
          (sum, other) => sum + points.filter((point) => covers(other, point)).length,
          0,
        );
        if (!best || base + covered < best.cost) {
          best = { wording, key, box, covered, cost: base + covered };
        }
      }
    }
    return best;
  }
}
