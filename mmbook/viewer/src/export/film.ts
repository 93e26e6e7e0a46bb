/** A film: a canvas on which the frames of one cycle are drawn, one after the other, at no clock's pace. */
import { RendererError } from "../errors.ts";
import type { Snapshot } from "../figure/snapshot.ts";
import { type CycleOptions, type Shot, shotsOf } from "./cycle.ts";
import type { Work } from "./job.ts";
import type { Paper } from "./paper.ts";
import { Plate } from "./plate.ts";

export interface Film {
  readonly canvas: HTMLCanvasElement;
  readonly context: CanvasRenderingContext2D;
  readonly shots: readonly Shot[];
  draw(shot: Shot): void;
}

/** Makes a film's file; the film ends with it. */
export type Encode = (film: Film, work: Work) => Promise<Blob>;

/**
 * @param most frames of the format
 * @throws MmError, RendererError, AbortError
 */
export async function filmed(
  snapshot: Snapshot,
  paper: Paper,
  options: CycleOptions,
  most: number,
  encode: Encode,
  work: Work,
): Promise<Blob> {
  const shots = shotsOf(snapshot.picture.timeline.steps, options, most);
  const plate = await Plate.open(snapshot, { ...paper, clear: false }, work.signal);
  try {
    const canvas = document.createElement("canvas");
    // Encoders of video take two by two pixels at a time.
    const even = (size: number): number => Math.max(2, 2 * Math.round(size / 2));
    canvas.width = even(options.width);
    canvas.height = even((options.width * plate.height) / plate.width);
    const context = canvas.getContext("2d", { willReadFrequently: true });
    if (!context) throw new RendererError("This browser has no canvas to draw the film on");
    const { width, height } = canvas;
    const strip = { width, height, top: 0, rows: height };
    return await encode(
      { canvas, context, shots, draw: ({ step }) => plate.draw(context, step, strip) },
      work,
    );
  } finally {
    plate.dispose();
  }
}
