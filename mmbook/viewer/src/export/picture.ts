/** The picture as PNG, painted anew at the wanted size. */
import { MmError } from "../errors.ts";
import type { Snapshot } from "../figure/snapshot.ts";
import type { Work } from "./job.ts";
import type { Paper } from "./paper.ts";
import { Plate } from "./plate.ts";
import { encodePng } from "./png.ts";

/** Viewers and editors refuse larger ones. */
const MOST = { side: 32_767, pixels: 2 ** 28 };
/** Pixels that are held at a time. */
const AT_ONCE = 2 ** 21;

export interface Size {
  width: number;
  height: number;
}

/** @throws MmError where it is no possible size; says which is the largest */
export function sizeOf(plate: Size, width: number): Size {
  const tall = plate.height / plate.width;
  const largest = Math.floor(Math.min(MOST.side, MOST.side / tall, Math.sqrt(MOST.pixels / tall)));
  const height = Math.max(1, Math.round(width * tall));
  if (Number.isInteger(width) && width >= 1 && width <= largest) return { width, height };
  const possible = `1 to ${largest} pixels wide (${largest} × ${Math.floor(largest * tall)})`;
  throw new MmError("The picture cannot have that size", {
    given: Number.isFinite(width) ? `${width} × ${height} pixels` : "no number",
    possible,
    remedy: "Choose a smaller scale or width.",
  });
}

/** @param wanted width in pixels. @throws MmError, RendererError, AbortError */
export async function pngOf(
  snapshot: Snapshot,
  paper: Paper,
  wanted: (plate: Size) => number,
  work: Work,
): Promise<Blob> {
  const plate = await Plate.open(snapshot, paper, work.signal);
  try {
    const size = sizeOf(plate, wanted(plate));
    const { scene, settings } = snapshot.picture;
    const texts = {
      Title: settings.title || scene.figure.expr,
      Description: scene.description,
      Software: "mmbook",
    };
    const ratio = size.width / plate.width;
    return await encodePng(
      { ...size, clear: paper.clear, ratio, texts },
      strips(plate, size, snapshot.step, work),
    );
  } finally {
    plate.dispose();
  }
}

async function* strips(
  plate: Plate,
  { width, height }: Size,
  step: number,
  { progress, breathe }: Work,
): AsyncGenerator<Uint8ClampedArray> {
  const rows = Math.min(height, Math.max(16, Math.floor(AT_ONCE / width)));
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = rows;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  for (let top = 0; top < height; top += rows) {
    progress(top / height);
    await breathe();
    const here = Math.min(rows, height - top);
    if (!context) throw tooWide(width);
    plate.draw(context, step, { width, height, top, rows: here });
    const { data } = context.getImageData(0, 0, width, here);
    yield data;
  }
}

const tooWide = (width: number): MmError =>
  new MmError("This browser has no canvas that is as wide", {
    given: `${width} pixels`,
    remedy: "Choose a smaller scale or width.",
  });
