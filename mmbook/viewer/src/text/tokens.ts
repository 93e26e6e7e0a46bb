/**
 * What rows and columns stand for, written along the edge of a matrix once its rows are far enough
 * apart in the picture to be read.
 */
import type { Camera } from "../camera.ts";
import { visibleToken } from "../inspect/readout.ts";
import { offsetAlong, type Placed } from "../layout.ts";
import type { Label, Measure } from "./label.ts";
import { at, covers, extent, type Outline, type Point } from "./outline.ts";
import { type Box, boxesAlong, inside, Room } from "./room.ts";

export interface Axis {
  placed: Placed;
  along: "rows" | "cols";
  /** null: none there. */
  labels: readonly (string | null)[];
}

const SMALLEST = 8;
const LARGEST = 13;
/** Part of the distance between rows that a line of text may fill. */
const FILL = 0.9;
/** Distance of a pinned label from the picture's edge, in CSS pixels. */
const INSET = 10;
/** Part of the places around the labels that other matrices may cover. */
const CROWDED = 0.6;
/** Elements between the matrix and its labels. */
const CLEARANCE = 0.9;
/** Tokens longer than this are cut; the read-out shows them whole. */
const LONGEST = 18;
/** So many labels may be thinned out; fewer are shown all or not at all. */
const MANY = 40;
/** Most rows between two labels that are shown. */
const SPARSEST = 8;

const cut = (text: string): string =>
  text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;

interface Side {
  start: Point[];
  /** The far end of each row. */
  end: Point[];
  angle: number;
  pitch: number;
  covered: number;
}

export class Tokens {
  readonly #sides = new Map<string, number>();

  /** Another one that gives the same sides. */
  copy(): Tokens {
    const copied = new Tokens();
    for (const [key, side] of this.#sides) copied.#sides.set(key, side);
    return copied;
  }

  place(
    axes: readonly Axis[],
    outlines: readonly Outline[],
    camera: Camera,
    room: Room,
    measure: Measure,
    font: string,
  ): Label[] {
    return axes.flatMap((axis) => this.#axis(axis, outlines, camera, room, measure, font));
  }

  #axis(
    axis: Axis,
    outlines: readonly Outline[],
    camera: Camera,
    room: Room,
    measure: Measure,
    font: string,
  ): Label[] {
    const key = `${axis.placed.path} ${axis.along}`;
    const sides = [side(axis, 0, camera, outlines), side(axis, 1, camera, outlines)];
    const previous = this.#sides.get(key);
    const cost = (index: number): number =>
      (sides[index]?.covered ?? Number.POSITIVE_INFINITY) - (previous === index ? 0.25 : 0);
    const chosen = cost(1) < cost(0) ? 1 : 0;
    const best = sides[chosen];
    if (!best) return [];
    this.#sides.set(key, chosen);
    if (best.covered > CROWDED) return [];
    const every = Math.ceil(SMALLEST / best.pitch);
    if (every > 1 && (every > SPARSEST || axis.labels.length < MANY)) return [];
    const size = Math.floor(Math.min(LARGEST, Math.max(SMALLEST, best.pitch * every * FILL)));
    const face = `450 ${size}px ${font}`;

    const labels: Label[] = [];
    // Labels side by side cannot meet; slanted, the squares that cover them may.
    const own: Box[] = [];
    const inRows = new Room();
    for (let i = 0; i < axis.labels.length; i += every) {
      const from = best.start[i];
      const label = axis.labels[i] ?? null;
      if (!from || label === null) continue;
      const text = cut(visibleToken(label));
      const length = measure(text, face);
      const beside = { x: from.x, y: from.y, angle: best.angle };
      const free = fits(beside, length, size, camera);
      const line = free ? beside : pinned(from, best.end[i], camera);
      if (!line || !fits(line, length, size, camera)) continue;
      const boxes = boxesAlong(line.x, line.y, length, size, line.angle);
      // Pinned ones stand where the rows may be closer together.
      if (!room.free(boxes) || !(free || inRows.free(boxes))) continue;
      // Text that would stand on its head begins at its far end instead.
      const turned = Math.cos(line.angle) < -1e-6;
      labels.push({
        runs: [{ text, font: face, strength: 0.9 }],
        x: line.x + (turned ? Math.cos(line.angle) * length : 0),
        y: line.y + (turned ? Math.sin(line.angle) * length : 0),
        angle: turned ? line.angle + Math.PI : line.angle,
        opacity: 1,
      });
      own.push(...boxes);
      inRows.take(...boxes);
    }
    room.take(...own);
    return labels;
  }
}

interface Line extends Point {
  angle: number;
}

const fits = ({ x, y, angle }: Line, length: number, size: number, camera: Camera): boolean =>
  boxesAlong(x, y, length, size, angle).every((box) =>
    inside(box, camera.size.width, camera.size.height),
  );

/** Where a row that begins outside the picture comes into it: its label waits there. */
function pinned(from: Point, to: Point | undefined, camera: Camera): Line | null {
  if (!to) return null;
  const { width, height } = camera.size;
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  let enter = 0;
  let leave = 1;
  for (const [start, way, most] of [
    [from.x, dx, width],
    [from.y, dy, height],
  ] as const) {
    const bounds = [INSET, most - INSET].map((edge) => (edge - start) / way);
    if (way === 0) {
      if (start < INSET || start > most - INSET) return null;
      continue;
    }
    enter = Math.max(enter, Math.min(...bounds));
    leave = Math.min(leave, Math.max(...bounds));
  }
  if (enter <= 0 || enter >= leave) return null;
  return { x: from.x + dx * enter, y: from.y + dy * enter, angle: Math.atan2(dy, dx) };
}

/** Where labels begin on one side (0: before the first element, 1: after the last), and their line. */
function side(
  { placed, along, labels }: Axis,
  which: 0 | 1,
  camera: Camera,
  outlines: readonly Outline[],
): Side | null {
  const size = extent(placed);
  const across = along === "rows" ? size.along : size.down;
  const edge = which === 0 ? -CLEARANCE : across + CLEARANCE;
  const beyond = edge + (which === 0 ? -1 : 1);
  const spot = (index: number, off: number) => {
    const block = along === "rows" ? placed.rowBlock : placed.colBlock;
    const down = offsetAlong(index, block, placed.gap);
    return camera.project(along === "rows" ? at(placed, down, off) : at(placed, off, down));
  };
  const start = labels.map((_, i) => spot(i, edge));
  const end = labels.map((_, i) => spot(i, which === 0 ? across : 0));
  if ([...start, ...end].some(({ depth }) => depth <= camera.near)) return null;

  const middle = Math.floor((labels.length - 1) / 2);
  const [from, to] = [start[middle], spot(middle, beyond)];
  if (!from || to.depth <= camera.near) return null;
  const angle = Math.atan2(to.y - from.y, to.x - from.x);
  if (Math.hypot(to.x - from.x, to.y - from.y) < 0.05 * from.scale) return null; // end on
  const next = start[Math.min(middle + 1, labels.length - 1)] ?? from;
  const pitch =
    labels.length === 1
      ? from.scale
      : Math.abs((next.x - from.x) * Math.sin(angle) - (next.y - from.y) * Math.cos(angle));
  if (pitch <= 0) return null;

  const probes = start.flatMap(({ x, y }) =>
    [8, 28].map((d) => ({ x: x + Math.cos(angle) * d, y: y + Math.sin(angle) * d })),
  );
  const hit = probes.filter((point) =>
    outlines.some((other) => other.placed !== placed && covers(other, point)),
  );
  return { start, end, angle, pitch, covered: hit.length / probes.length };
}
