/**
 * Which element is being read: under the pointer, tapped, or reached by walking with the keys.
 * Pointing only notes the place; the pick is made once a frame, when the camera stands still or has
 * moved under the pointer.
 */
import type { Camera } from "../camera.ts";
import { actionOf } from "../figure/keymap.ts";
import type { Drawn, Placed } from "../layout.ts";
import { type Cell, sameCell, shown } from "./cell.ts";
import { pickNearest } from "./pick.ts";
import { leadsElsewhere, STEPS, walk } from "./walk.ts";

interface Point {
  x: number;
  y: number;
}

export interface ReaderOptions {
  camera: Camera;
  /** The matrices in the figure's order. */
  places: () => readonly Placed[];
  drawn: () => readonly Drawn[];
  /** Ask for a frame, in which `update` is called. */
  changed: () => void;
  /** The matrix whose name stands at a point of the picture. */
  named: (at: Point) => Placed | null;
  /** The reader wants to see an element from near. */
  approach: (cell: Cell) => void;
  /** The reader wants to hear the value once more. */
  again: () => void;
  signal: AbortSignal;
}

export interface Reader {
  readonly cell: Cell | null;
  /** Whether the reader walks with the keys. */
  readonly walking: boolean;
  /** Where a mouse rests on the picture; another object whenever it was moved. */
  readonly pointer: Point | null;
  /** Looks under a finger that is kept on the picture. */
  aim(at: Point): void;
  /** Picks anew; returns whether another element is being read. */
  update(): boolean;
  clear(): void;
}

/** Actions that the reader listens for. */
export const WALK_KEYS: readonly string[] = [...STEPS, "walk", "leave", "go-to-cell", "say-again"];

/** Where else to look when nothing lies under the pointer itself: small matrices are hard to hit. */
const AROUND = [4, 8].flatMap((radius) =>
  Array.from({ length: 8 }, (_, i) => ({
    x: radius * Math.cos((i * Math.PI) / 4),
    y: radius * Math.sin((i * Math.PI) / 4),
  })),
);
/** A press that moves less than this many CSS pixels is a tap. */
const SLOP = 6;

export function createReader(stage: HTMLElement, options: ReaderOptions): Reader {
  const { camera, places, drawn, changed, named, approach, again, signal } = options;
  let cell: Cell | null = null;
  let walking = false;
  let pointer: Point | null = null;
  /** A mouse rests on the picture: what lies under it may change. A tapped element stays. */
  let hovering = false;
  /** The pointer was moved since the last pick. */
  let fresh = false;
  /** The keys reached another element since the last update. */
  let moved = false;

  const under = ({ x, y }: Point): Cell | null => {
    const candidates = drawn();
    const through = (at: Point) =>
      pickNearest(camera.ray(at.x, at.y), candidates, (entry, { row, col }) =>
        shown(entry, row, col),
      );
    let found = through({ x, y });
    for (const by of AROUND) found ??= through({ x: x + by.x, y: y + by.y });
    if (!found) return null;
    const { placed, source } = found.candidate;
    return { placed, source, row: found.hit.row, col: found.hit.col };
  };

  const point = (event: PointerEvent): void => {
    const box = stage.getBoundingClientRect();
    pointer = { x: event.clientX - box.left, y: event.clientY - box.top };
    hovering = event.pointerType === "mouse";
    fresh = true;
    walking = false;
    changed();
  };

  stage.addEventListener(
    "pointermove",
    (event) => {
      if (event.pointerType === "mouse" && event.buttons === 0) point(event);
    },
    { signal },
  );
  stage.addEventListener(
    "pointerleave",
    (event) => {
      if (event.pointerType !== "mouse" || walking) return;
      pointer = null;
      hovering = false;
      fresh = true;
      changed();
    },
    { signal },
  );
  let pressed: Point | null = null;
  stage.addEventListener(
    "pointerdown",
    ({ clientX, clientY, isPrimary }) => {
      pressed = isPrimary ? { x: clientX, y: clientY } : null;
    },
    { signal },
  );
  stage.addEventListener(
    "pointerup",
    (event) => {
      if (!pressed || event.pointerType === "mouse") return;
      if (Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) < SLOP) point(event);
    },
    { signal },
  );

  stage.addEventListener(
    "dblclick",
    (event) => {
      const box = stage.getBoundingClientRect();
      const at = { x: event.clientX - box.left, y: event.clientY - box.top };
      const placed = named(at);
      const found = placed
        ? stand(placed.path, Math.floor(placed.rows / 2), Math.floor(placed.cols / 2))
        : under(at);
      if (!found) return;
      approach(found);
      changed();
    },
    { signal },
  );

  const start = (): void => {
    const place = cell?.placed ?? places().at(-1);
    if (!place) return;
    walking = true;
    if (!cell || cell.placed.role === "intermediate") cell = stand(place.path, 0, 0);
  };
  const stand = (path: string, row: number, col: number): Cell | null => {
    const placed = places().find((place) => place.path === path);
    return placed ? { placed, source: { kind: "matrix", name: placed.name }, row, col } : null;
  };

  /** What a key does to the walk; false where it means nothing to it. */
  const act = (action: string | null): boolean => {
    if (action === null) return false;
    if (!walking) {
      const leads = leadsElsewhere(action);
      if (action !== "walk" && !leads) return false;
      const begun = cell !== null;
      start();
      // Without a cell the walk begins at the result: the next matrix is counted from there.
      if (!leads || !begun) return true;
    }
    if (action === "leave") {
      walking = false;
      cell = null;
    } else if (action === "go-to-cell" && cell) approach(cell);
    else if (action === "say-again") again();
    else if (cell) {
      const from = { path: cell.placed.path, row: cell.row, col: cell.col };
      const next = walk(from, action, places());
      if (!next) return false;
      cell = stand(next.path, next.row, next.col);
    }
    return true;
  };

  stage.addEventListener(
    "keydown",
    (event) => {
      if (event.target !== stage) return;
      if (!act(actionOf(event, walking ? "walking" : "looking"))) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      pointer = null;
      hovering = false;
      moved = true;
      changed();
    },
    { signal, capture: true },
  );
  stage.addEventListener(
    "blur",
    () => {
      if (!walking) return;
      walking = false;
      cell = null;
      moved = true;
      changed();
    },
    { signal },
  );
  return {
    get cell() {
      return cell;
    },
    get walking() {
      return walking;
    },
    get pointer() {
      return hovering ? pointer : null;
    },
    aim(at) {
      pointer = at;
      hovering = false;
      fresh = true;
      walking = false;
      changed();
    },
    update() {
      if (walking || moved) {
        const other = moved;
        moved = false;
        return other;
      }
      if (camera.held || (!fresh && !hovering)) return false;
      fresh = false;
      const next = pointer ? under(pointer) : null;
      if (sameCell(cell, next)) {
        cell = next;
        return false;
      }
      cell = next;
      return true;
    },
    clear() {
      cell = null;
      walking = false;
      pointer = null;
      hovering = false;
    },
  };
}
