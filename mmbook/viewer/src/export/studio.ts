/**
 * A renderer of its own for pictures of any size: they are painted part by part, each no larger
 * than the device allows, and the canvas on the page stays as it is.
 */
import type { Camera } from "../camera.ts";
import { RendererError } from "../errors.ts";
import type { Picture } from "../figure/picture.ts";
import { looksOf } from "../gl/appearance.ts";
import type { Composition } from "../gl/compose.ts";
import { openContext } from "../gl/context.ts";
import { createFrame } from "../gl/frame.ts";
import { createPainter, type Painter } from "../gl/painter.ts";
import { pagePool } from "../gl/pool.ts";
import type { Drawn } from "../layout.ts";
import type { Theme } from "../look.ts";

/** Largest side of a part, in pixels. */
const PART = 2048;
/** Longest wait for the driver to build its programs, in milliseconds. */
const PATIENCE = 60_000;

export interface Part {
  /** Pixels of the whole picture. */
  width: number;
  height: number;
  /** What of it is wanted. */
  left: number;
  top: number;
  columns: number;
  rows: number;
  /** The row of the canvas where it goes. */
  y: number;
}

export class Studio {
  readonly #canvas = document.createElement("canvas");
  readonly #picture: Picture;
  readonly #gl: WebGL2RenderingContext;
  readonly #painter: Painter;
  readonly #tenant = { sleep: () => {}, wake: () => {} };

  /** @throws RendererError, AbortError */
  static async open(picture: Picture, theme: Theme, signal: AbortSignal): Promise<Studio> {
    const studio = new Studio(picture, theme);
    const until = performance.now() + PATIENCE;
    try {
      while (!studio.#painter.ready()) {
        signal.throwIfAborted();
        if (performance.now() > until) throw lost();
        await new Promise((done) => setTimeout(done, 10));
      }
    } catch (error) {
      studio.dispose();
      throw error;
    }
    return studio;
  }

  private constructor(picture: Picture, theme: Theme) {
    this.#picture = picture;
    pagePool().enter(this.#tenant);
    const gl = openContext(this.#canvas);
    if (!gl) {
      pagePool().leave(this.#tenant);
      throw new RendererError("This browser cannot draw another picture: it offers no WebGL2", {
        remedy: "Close other pages that draw, and try again.",
      });
    }
    this.#gl = gl;
    this.#painter = createPainter(gl);
    this.#painter.setMatrices(picture.scene.matrices);
    this.#painter.setLooks(looksOf(picture.styles, theme));
  }

  /**
   * Paints part of a picture over what is on a canvas.
   * @param ratio pixels for a CSS pixel
   */
  paint(
    context: CanvasRenderingContext2D,
    composition: Composition,
    list: readonly Drawn[],
    camera: Camera,
    part: Part,
    ratio: number,
  ): void {
    const gl = this.#gl;
    const { styles, settings } = this.#picture;
    const strengths = {
      guides: (path: string) => styles.at(path).marks.row_guides,
      axes: settings.marks.axes,
      line: Math.max(1, ratio),
    };
    for (let y = 0; y < part.rows; y += PART) {
      for (let x = 0; x < part.columns; x += PART) {
        const width = Math.min(PART, part.columns - x);
        const height = Math.min(PART, part.rows - y);
        const view = this.#view(camera, part, part.left + x, part.top + y, width, height);
        this.#painter.paint(
          createFrame(composition, list, view, this.#painter.side),
          view,
          strengths,
        );
        if (gl.isContextLost() || gl.getError() === gl.OUT_OF_MEMORY) throw lost();
        context.drawImage(this.#canvas, 0, 0, width, height, x, part.y + y, width, height);
      }
    }
  }

  dispose(): void {
    this.#painter.dispose();
    this.#gl.getExtension("WEBGL_lose_context")?.loseContext();
    pagePool().leave(this.#tenant);
  }

  #view(camera: Camera, whole: Part, x: number, y: number, width: number, height: number) {
    if (this.#canvas.width !== width) this.#canvas.width = width;
    if (this.#canvas.height !== height) this.#canvas.height = height;
    const slope = (2 * camera.tangent) / whole.height;
    const aim = [
      (x + width / 2 - whole.width / 2) * slope,
      (whole.height / 2 - y - height / 2) * slope,
    ] as const;
    return {
      eye: camera.position,
      axes: camera.axes,
      tangent: (camera.tangent * height) / whole.height,
      near: camera.near,
      width,
      height,
      aim,
    };
  }
}

const lost = (): RendererError =>
  new RendererError("The graphics device did not finish the picture", {
    remedy: "Choose a smaller one, or close other pages that draw.",
  });
