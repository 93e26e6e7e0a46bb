/** A film as WebM: encoded by the browser, frame by frame. */
import {
  BufferTarget,
  CanvasSource,
  getFirstEncodableVideoCodec,
  Output,
  WebMOutputFormat,
} from "mediabunny";
import { RendererError } from "../errors.ts";
import type { Film } from "./film.ts";
import type { Work } from "./job.ts";
import { record } from "./recorder.ts";

/** Bits for a pixel of a second's frames: fine dots on a plain ground need more than a face. */
const BITS = 0.35;
const LEAST_BITRATE = 600_000;

/** @throws RendererError where the browser encodes no video */
export async function webm(film: Film, work: Work): Promise<Blob> {
  const { width, height } = film.canvas;
  const bitrate = bitrateOf(film);
  const codec =
    typeof VideoEncoder === "undefined"
      ? null
      : await getFirstEncodableVideoCodec(["vp9", "vp8", "av1"], { width, height, bitrate });
  if (!codec) return record(film, bitrate, work);
  const target = new BufferTarget();
  const output = new Output({ format: new WebMOutputFormat(), target });
  const source = new CanvasSource(film.canvas, { codec, bitrate, latencyMode: "quality" });
  output.addVideoTrack(source);
  await output.start();
  try {
    for (const [at, shot] of film.shots.entries()) {
      work.progress(at / film.shots.length);
      await work.breathe();
      film.draw(shot);
      await source.add(shot.at, shot.seconds);
    }
    await output.finalize();
  } catch (error) {
    await output.cancel();
    throw error;
  }
  if (!target.buffer) throw new RendererError("The browser's encoder gave no film");
  return new Blob([target.buffer], { type: "video/webm" });
}

function bitrateOf({ canvas, shots }: Film): number {
  const speed = 1 / (shots[0]?.seconds ?? 1);
  return Math.max(LEAST_BITRATE, Math.round(BITS * canvas.width * canvas.height * speed));
}
