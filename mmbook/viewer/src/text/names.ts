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
/** Advantage of the edge used in the previous frame, in covered sample points. */
const HABIT = 2.5;
/** A name lying on its own matrix hides values: only where no edge is free. */
const ON_ITSELF = 6;

/** Edges as parts of the extent, in the order of preference; the last is the matrix's middle. */
const PLACES = [
  { down: 0, along: 0.5 },
  { down: 1, along: 0.5 },
  { down: 0.5, along: 0 },
  { down: 0.5, along: 1 },
  { down: 0.5, along: 0.5 },
] as const;

interface Candidate {
  place: number;
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

function hidden(placed: Placed, down: number, along: number, camera: Camera, others: Outline[]) {
  const ray = {
    origin: camera.position,
    direction: subtract(at(placed, down, along), camera.position),
  };
  return others.some((other) => {
    const hit = other.placed === placed ? null : pick(ray, other.placed);
    return hit !== null && hit.distance < 0.995;
  });
}

export class Names {
  readonly #places = new Map<string, number>();

  /** Labels of all titles that find room; they take it. */
  place(
    titles: readonly Title[],
    outlines: Outline[],
    camera: Camera,
    room: Room,
    measure: Measure,
    style: NameStyle,
  ): Label[] {
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
    outlines: Outline[],
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

    const best = this.#candidates(placed, own, width, height, outlines, camera, room)[0];
    if (!best) return null;
    this.#places.set(placed.path, best.place);
    room.take(best.box);

    const { down, along } = extent(placed);
    const edge = PLACES[best.place] ?? PLACES[0];
    const behind = hidden(placed, edge.down * down, edge.along * along, camera, outlines);
    const far = Math.min(1, Math.max(0.45, own.scale / nearest + 0.25));
    return {
      runs,
      x: best.box.left,
      y: (best.box.top + best.box.bottom) / 2,
      angle: 0,
      opacity: far * (behind ? 0.5 : 1),
    };
  }

  #candidates(
    placed: Placed,
    own: Outline,
    width: number,
    height: number,
    outlines: Outline[],
    camera: Camera,
    room: Room,
  ): Candidate[] {
    const { down, along } = extent(placed);
    const middle = camera.project(at(placed, down / 2, along / 2));
    const { width: w, height: h } = camera.size;
    const previous = this.#places.get(placed.path);
    return PLACES.flatMap((place, index) => {
      const edge = camera.project(
        at(placed, place.down * (down + 1) - 0.5, place.along * (along + 1) - 0.5),
      );
      if (edge.depth <= camera.near) return [];
      const [dx, dy] = [edge.x - middle.x, edge.y - middle.y];
      const away = Math.hypot(dx, dy);
      const unit = away > 0.5 ? { x: dx / away, y: dy / away } : { x: 0, y: 0 };
      // Far enough for the whole box of text to lie beyond the edge.
      const reach =
        index === 4
          ? 0
          : CLEARANCE +
            Math.min(
              Math.abs(unit.x) > 1e-6 ? width / 2 / Math.abs(unit.x) : Number.POSITIVE_INFINITY,
              Math.abs(unit.y) > 1e-6 ? height / 2 / Math.abs(unit.y) : Number.POSITIVE_INFINITY,
            );
      if (!Number.isFinite(reach)) return [];
      const x = edge.x + unit.x * reach;
      const y = edge.y + unit.y * reach;
      const box = boxAround(x - width / 2, y, width, height);
      if (!inside(box, w, h) || !room.free([box])) return [];
      const points = sampled(box);
      const covered = outlines.reduce(
        (sum, other) => sum + points.filter((point) => covers(other, point)).length,
        0,
      );
      const itself = index === 4 || points.some((point) => covers(own, point)) ? ON_ITSELF : 0;
      const habit = index === previous ? HABIT : 0;
      return [{ place: index, box, cost: covered + itself + index * 0.3 - habit }];
    }).sort((a, b) => a.cost - b.cost);
  }
}
