// What a run has shown, frame by frame: kept for the reader to go back to, within a limit.
import type { SceneMessage } from "../scene/types.ts";
import type { Arrays } from "./protocol.ts";

/** One call of `mm.show`, or the value a cell ends with. */
export interface Shown {
  label: string;
  /** JSON of a scene; null where the frame has no figure, and the one before it stays. */
  scene: string | null;
  arrays: Arrays;
  /** Markup of charts; without any, those before them stay. */
  charts: string[];
}

/** A frame with all that stands while it is shown. */
export interface Frame {
  /** Counted from 1, over all that were shown. */
  number: number;
  label: string;
  figure: { scene: string; arrays: Arrays } | null;
  charts: string[];
}

/** Some film of a hundred thousand values is wanted; a browser tab must stay far from its limit. */
const MOST_BYTES = 64e6;
const MOST_FRAMES = 2000;

export class Film {
  readonly #mostBytes: number;
  readonly #mostFrames: number;
  #frames: Frame[] = [];
  #bytes = 0;
  #count = 0;
  #index = -1;

  constructor(mostBytes = MOST_BYTES, mostFrames = MOST_FRAMES) {
    this.#mostBytes = mostBytes;
    this.#mostFrames = mostFrames;
  }

  /** How many frames can be gone to. */
  get length(): number {
    return this.#frames.length;
  }

  /** How many there were; more than `length` where some had to go. */
  get count(): number {
    return this.#count;
  }

  /** The frame on show; -1 before there is one. */
  get index(): number {
    return this.#index;
  }

  get frame(): Frame | undefined {
    return this.#frames[this.#index];
  }

  get atEnd(): boolean {
    return this.#index === this.#frames.length - 1;
  }

  clear(): void {
    this.#frames = [];
    this.#bytes = 0;
    this.#count = 0;
    this.#index = -1;
  }

  /** A reader who has gone back stays there; otherwise the new frame is the one on show. */
  add({ label, scene, arrays, charts }: Shown): void {
    const before = this.#frames.at(-1);
    const follow = this.atEnd;
    this.#count += 1;
    const frame: Frame = {
      number: this.#count,
      label,
      figure: scene === null ? (before?.figure ?? null) : { scene, arrays },
      charts: charts.length > 0 ? charts : (before?.charts ?? []),
    };
    if (frame.figure && before?.figure) share(frame.figure.arrays, before.figure.arrays);
    this.#frames.push(frame);
    this.#bytes += own(frame, before);
    if (follow) this.#index = this.#frames.length - 1;
    while (this.#isFull() && this.#frames.length > 2) this.#thin();
  }

  go(index: number): void {
    this.#index = Math.min(this.#frames.length - 1, Math.max(0, Math.round(index)));
  }

  #isFull(): boolean {
    return this.#bytes > this.#mostBytes || this.#frames.length > this.#mostFrames;
  }

  /** Every second frame of the older half goes: what is long past needs less detail. */
  #thin(): void {
    const half = Math.max(2, this.#frames.length / 2);
    const on = this.frame;
    this.#frames = this.#frames.filter((_, index) => index >= half || index % 2 === 0);
    this.#bytes = this.#frames.reduce(
      (sum, frame, index) => sum + own(frame, this.#frames[index - 1]),
      0,
    );
    const number = on?.number ?? 0;
    this.#index = this.#frames.findLastIndex((frame) => frame.number <= number);
  }
}

/** For the figure's own door. */
export function message({ scene, arrays }: { scene: string; arrays: Arrays }): SceneMessage {
  return { scene: JSON.parse(scene), arrays };
}

/** Matrices that did not change from one frame to the next are kept once. */
function share(arrays: Arrays, before: Arrays): void {
  for (const [name, array] of Object.entries(arrays)) {
    const earlier = Object.hasOwn(before, name) ? before[name] : undefined;
    if (earlier && earlier !== array && same(earlier.data, array.data)) {
      arrays[name] = { shape: array.shape, data: earlier.data };
    }
  }
}

function same(a: Float32Array, b: Float32Array): boolean {
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index += 1) {
    if (!Object.is(a[index], b[index])) return false;
  }
  return true;
}

/** Bytes that a frame does not share with the one before it. */
function own(frame: Frame, before: Frame | undefined): number {
  let bytes = 0;
  const { figure, charts } = frame;
  if (figure && figure !== before?.figure) {
    bytes += 2 * figure.scene.length;
    for (const [name, { data }] of Object.entries(figure.arrays)) {
      if (before?.figure?.arrays[name]?.data !== data) bytes += data.byteLength;
    }
  }
  if (charts !== before?.charts) for (const chart of charts) bytes += 2 * chart.length;
  return bytes;
}
