/**
 * The renderer: a list of matrices, a camera and a look → pixels. It has no loop: whoever owns the
 * canvas calls `draw` when something changed. It keeps the arrays it was given, so that a context
 * that was lost, or given back to the pool, comes back with everything in it.
 */
import type { Lens } from "../camera/lens.ts";
import type { Camera } from "../camera.ts";
import { messageOf, RendererError } from "../errors.ts";
import type { Stroke } from "../highlight/strokes.ts";
import type { Drawn } from "../layout.ts";
import type { MarkSettings } from "../settings.ts";
import type { Looks } from "./appearance.ts";
import { type Arrow, type Composition, compose } from "./compose.ts";
import { openContext } from "./context.ts";
import { enlarged } from "./enlarged.ts";
import { createFrame } from "./frame.ts";
import { createPainter, type Painter } from "./painter.ts";
import { pagePool, type Tenant } from "./pool.ts";
import { createQuality } from "./quality.ts";
import { createStill } from "./still.ts";
import type { Values } from "./values.ts";

export interface Marks {
  /** Of the matrix at a path. */
  at(path: string): Pick<MarkSettings, "row_guides">;
  axes: boolean;
  arrows: readonly Arrow[];
  /** Lines in the planes of matrices that are drawn. */
  strokes?: readonly Stroke[];
}

export interface RendererOptions {
  /** Disposes the renderer when it aborts. */
  signal: AbortSignal;
  /** The picture is missing or stale (programs came ready, context restored, woken): draw again. */
  onStale: () => void;
  /** The context is lost for good, or the driver refused a program. */
  onError?: (error: Error) => void;
}

export interface Renderer {
  /** Elements of the last frame. */
  readonly elements: number;
  /** Lost by accident; one that was given back to the pool only sleeps. */
  readonly contextLost: boolean;
  /** The last frame had fewer pixels than the screen: draw once more, at rest. */
  readonly coarse: boolean;
  /** Values reach the GPU at their first use; arrays that stay the same stay there. */
  setMatrices(matrices: ReadonlyMap<string, Values>): void;
  setLooks(looks: Looks): void;
  /** Reads the canvas's CSS size; call when it changed. The camera's size is the caller's duty. */
  resize(): void;
  /**
   * @param moving fewer pixels may do
   * @param lens a square in which a part of the picture is drawn once more, larger
   * @returns false where nothing could be drawn yet; `onStale` follows
   */
  draw(
    camera: Camera,
    drawn: readonly Drawn[],
    marks: Marks,
    moving?: boolean,
    lens?: Lens | null,
  ): boolean;
  dispose(): void;
}

/** Longest time a lost context is waited for, in milliseconds. */
const PATIENCE = 10_000;

/** @throws RendererError where there is no WebGL2 */
export function createRenderer(canvas: HTMLCanvasElement, options: RendererOptions): Renderer {
  const { signal, onStale, onError } = options;
  const pool = pagePool();
  const tenant: Tenant = {
    sleep() {
      asleep = true;
      if (gone || !release) return;
      repeat?.();
      still.take();
      painter = null;
      release.loseContext();
    },
    wake() {
      asleep = false;
      if (gone) release?.restoreContext();
      else hurried = true;
    },
  };
  pool.enter(tenant);
  const gl = openContext(canvas);
  if (!gl) {
    pool.leave(tenant);
    throw new RendererError("This browser cannot draw the figure: it offers no WebGL2", {
      remedy: "Use a current browser, or switch hardware acceleration on in its settings.",
    });
  }
  const release = gl.getExtension("WEBGL_lose_context");
  const quality = createQuality();
  const still = createStill(canvas);
  let matrices: ReadonlyMap<string, Values> = new Map();
  let looks: Looks | null = null;
  let painter: Painter | null = createPainter(gl);
  let composition: Composition | null = null;
  let repeat: (() => void) | null = null;
  let size = { width: 1, height: 1 };
  let elements = 0;
  let coarse = false;
  let asleep = false;
  let gone = false;
  /** Woken before the loss was reported. */
  let hurried = false;
  let polling = 0;
  let waiting: ReturnType<typeof setTimeout> | undefined;

  const fail = (error: unknown): void => {
    onError?.(error instanceof Error ? error : new RendererError(messageOf(error)));
  };

  const onLost = (event: Event): void => {
    event.preventDefault();
    gone = true;
    painter = null;
    if (asleep) return;
    if (hurried) release?.restoreContext();
    else still.hide();
    hurried = false;
    waiting = setTimeout(() => {
      fail(
        new RendererError("The graphics of this figure were lost and did not come back", {
          remedy: "Reload the page to see it again.",
        }),
      );
    }, PATIENCE);
  };

  const onRestored = (): void => {
    gone = false;
    clearTimeout(waiting);
    painter = createPainter(gl);
    painter.setMatrices(matrices);
    if (looks) painter.setLooks(looks);
    onStale();
  };

  /** Waits for the driver to build the programs, without blocking the page. */
  const poll = (): void => {
    polling = 0;
    if (!painter || signal.aborted) return;
    if (painter.ready()) onStale();
    else polling = requestAnimationFrame(poll);
  };

  const fitCanvas = (moving: boolean): number => {
    const device = globalThis.devicePixelRatio || 1;
    const ratio = quality.ratio(device, moving, performance.now());
    const width = Math.max(1, Math.round(size.width * ratio));
    const height = Math.max(1, Math.round(size.height * ratio));
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    coarse = moving && ratio < Math.min(2, device);
    return ratio;
  };

  const dispose = (): void => {
    pool.leave(tenant);
    sight.disconnect();
    clearTimeout(waiting);
    cancelAnimationFrame(polling);
    still.remove();
    canvas.removeEventListener("webglcontextlost", onLost);
    canvas.removeEventListener("webglcontextrestored", onRestored);
    painter?.dispose();
    painter = null;
    repeat = null;
    if (!gone) release?.loseContext();
  };

  const sight = new IntersectionObserver((entries) => {
    const last = entries.at(-1);
    if (last) pool.see(tenant, last.isIntersecting);
  });
  sight.observe(canvas);
  canvas.addEventListener("webglcontextlost", onLost);
  canvas.addEventListener("webglcontextrestored", onRestored);
  signal.addEventListener("abort", dispose, { once: true });

  return {
    get elements() {
      return elements;
    },
    get contextLost() {
      return gone && !asleep;
    },
    get coarse() {
      return coarse;
    },
    setMatrices(next) {
      matrices = next;
      painter?.setMatrices(next);
    },
    setLooks(next) {
      looks = next;
      painter?.setLooks(next);
    },
    resize() {
      size = { width: canvas.clientWidth, height: canvas.clientHeight };
    },
    draw(camera, drawn, marks, moving = false, lens = null) {
      pool.use(tenant);
      if (!painter || !looks) return false;
      if (!painter.ready()) {
        if (!polling) polling = requestAnimationFrame(poll);
        return false;
      }
      const composed = compose(drawn, marks.arrows, composition, marks.strokes);
      composition = composed;
      const ratio = fitCanvas(moving);
      const view = {
        eye: camera.position,
        axes: camera.axes,
        tangent: camera.tangent,
        near: camera.near,
        width: canvas.width,
        height: canvas.height,
      };
      const { side } = painter;
      const parts = (lens ? [view, enlarged(view, camera.size, lens, ratio)] : [view]).map(
        (part) => ({ part, frame: createFrame(composed, drawn, part, side) }),
      );
      const strengths = {
        guides: (path: string) => marks.at(path).row_guides,
        axes: marks.axes,
        line: Math.max(1, ratio),
      };
      const paint = (): void => {
        for (const { part, frame } of parts) painter?.paint(frame, part, strengths);
      };
      try {
        paint();
      } catch (error) {
        fail(error);
        return false;
      }
      repeat = paint;
      elements = drawn.reduce((sum, { placed }) => sum + placed.rows * placed.cols, 0);
      still.remove();
      return true;
    },
    dispose,
  };
}
