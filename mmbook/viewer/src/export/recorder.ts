/**
 * A film as WebM where the browser has no encoder that can be driven frame by frame: it records the
 * canvas in real time, and how many frames it keeps is its own affair.
 */
import { RendererError } from "../errors.ts";
import type { Film } from "./film.ts";
import type { Work } from "./job.ts";

const FORMATS = ["video/webm;codecs=vp9", "video/webm;codecs=vp8", "video/webm"];

/** The format in which this browser records; null where it records no WebM. */
export function recordable(): string | null {
  if (typeof MediaRecorder === "undefined") return null;
  return FORMATS.find((format) => MediaRecorder.isTypeSupported(format)) ?? null;
}

/** @throws RendererError where the browser records no WebM */
export async function record(film: Film, bitrate: number, work: Work): Promise<Blob> {
  const format = recordable();
  if (!format)
    throw new RendererError("This browser makes no WebM", { remedy: "Take the GIF instead." });
  const stream = film.canvas.captureStream(0);
  const [track] = stream.getVideoTracks() as CanvasCaptureMediaStreamTrack[];
  const recorder = new MediaRecorder(stream, { mimeType: format, videoBitsPerSecond: bitrate });
  const parts: Blob[] = [];
  recorder.addEventListener("dataavailable", ({ data }) => parts.push(data));
  const stopped = new Promise((done) => recorder.addEventListener("stop", done, { once: true }));
  recorder.start();
  try {
    for (const [at, shot] of film.shots.entries()) {
      work.progress(at / film.shots.length);
      await work.breathe();
      film.draw(shot);
      track?.requestFrame();
      await new Promise((done) => setTimeout(done, 1000 * shot.seconds));
    }
    // A film lasts until its last frame begins: the last one twice.
    track?.requestFrame();
    await work.breathe();
  } finally {
    recorder.stop();
    await stopped;
    track?.stop();
  }
  return new Blob(parts, { type: "video/webm" });
}
