/** The 2-D canvas over the picture: names, tokens, and the mark around the element being read. */
import type { Camera } from "../camera.ts";
import type { Palette } from "../figure/theme.ts";
import type { Placed } from "../layout.ts";
import { drawKey, placeKey } from "./key.ts";
import { Labelling, type Wording } from "./labelling.ts";
import { createMeasure, write } from "./lettering.ts";
import { type Patch, stroke } from "./patch.ts";
import type { Box } from "./room.ts";

export interface OverlayContent extends Wording {
  /** The element being read. */
  mark: Patch | null;
  /** Rows and columns it was made from. */
  strips: readonly Patch[];
  palette: Palette;
}

export interface Overlay {
  readonly canvas: HTMLCanvasElement;
  readonly labelling: Labelling;
  /** @param hole stays empty: there the lens stands */
  draw(camera: Camera, content: OverlayContent, pixelRatio: number, hole?: Box | null): void;
  /** The matrix whose name was drawn at a point of the picture. */
  named(at: { x: number; y: number }): Placed | null;
}

export function createOverlay(): Overlay {
  const canvas = document.createElement("canvas");
  canvas.className = "overlay";
  canvas.setAttribute("aria-hidden", "true");
  const context = canvas.getContext("2d");
  const measure = createMeasure(context);
  const labelling = new Labelling();

  return {
    canvas,
    labelling,
    named: (at) => labelling.named(at),
    draw(camera, content, pixelRatio, hole = null) {
      const { width, height } = camera.size;
      const [w, h] = [Math.round(width * pixelRatio), Math.round(height * pixelRatio)];
      if (canvas.width !== w) canvas.width = w;
      if (canvas.height !== h) canvas.height = h;
      if (!context) return;
      context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
      context.clearRect(0, 0, width, height);
      const { palette, mark, strips } = content;
      const labels = labelling.place(camera, content, measure);
      for (const strip of strips) stroke(context, camera, strip, palette, 1.25);
      if (mark) stroke(context, camera, mark, palette, 1.75);
      for (const label of labels) write(context, label, palette, measure);
      drawKey(context, placeKey(content, measure), palette);
      if (!hole) return;
      context.clearRect(hole.left, hole.top, hole.right - hole.left, hole.bottom - hole.top);
    },
  };
}
