/** A film as GIF: one palette for all frames, and of each frame only what differs from the last. */
import { applyPalette, GIFEncoder, quantize } from "gifenc";
import type { Film } from "./film.ts";
import type { Work } from "./job.ts";

/** Frames whose colours make the palette. */
const SAMPLED = 6;
/** Pixels of each of them that are looked at. */
const LOOKED_AT = 120_000;
/** One entry is left for "as before". */
const COLOURS = 255;
const BITS = "rgb565";

export async function gif(film: Film, work: Work): Promise<Blob> {
  const { canvas, context, shots } = film;
  const { width, height } = canvas;
  const pixels = (): Uint8ClampedArray => context.getImageData(0, 0, width, height).data;
  const samples: Uint8Array[] = [];
  for (const shot of spread(shots, SAMPLED)) {
    await work.breathe();
    film.draw(shot);
    samples.push(thinned(pixels(), LOOKED_AT));
  }
  const palette = quantize(joined(samples), COLOURS, { format: BITS });
  const same = palette.length;
  const encoder = GIFEncoder();
  let before: Uint8Array | null = null;
  for (const [at, shot] of shots.entries()) {
    work.progress(at / shots.length);
    await work.breathe();
    film.draw(shot);
    const now = applyPalette(pixels(), palette, BITS);
    const changed = before ? now.map((colour, n) => (colour === before?.[n] ? same : colour)) : now;
    encoder.writeFrame(changed, width, height, {
      // Times are in hundredths of a second, and each frame stays until the next.
      delay: 1000 * shot.seconds,
      dispose: 1,
      ...(before
        ? { transparent: true, transparentIndex: same }
        : { palette: [...palette, [0, 0, 0]] }),
    });
    before = now;
  }
  encoder.finish();
  return new Blob([encoder.bytes() as BlobPart], { type: "image/gif" });
}

/** Evenly spread ones, the first and the last among them. */
export function spread<T>(all: readonly T[], count: number): T[] {
  if (all.length <= count) return [...all];
  const at = (n: number): number => Math.round((n * (all.length - 1)) / (count - 1));
  return Array.from({ length: count }, (_, n) => all[at(n)] as T);
}

/** About so many of the pixels, four bytes each. */
function thinned(rgba: Uint8ClampedArray, count: number): Uint8Array {
  const stride = Math.max(1, Math.floor(rgba.length / 4 / count));
  const kept = new Uint8Array(4 * Math.ceil(rgba.length / 4 / stride));
  for (let to = 0, from = 0; to < kept.length; to += 4, from += 4 * stride)
    kept.set(rgba.subarray(from, from + 4), to);
  return kept;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
