/** One drawn frame: the renderer's picture and the text over it, counted and timed. */
import { boxOf, type Lens } from "../camera/lens.ts";
import type { Camera } from "../camera.ts";
import { looksOf } from "../gl/appearance.ts";
import { createRenderer, type Renderer, type RendererOptions } from "../gl/renderer.ts";
import type { Cell } from "../inspect/cell.ts";
import { light } from "../inspect/light.ts";
import { createPassage, type Passage } from "../passage/passage.ts";
import type { Scene } from "../scene.ts";
import type { OverlayContent } from "../text/overlay.ts";
import type { RendererDescription } from "./describe.ts";
import { fadeFrom } from "./fade.ts";
import { overlayContent } from "./marking.ts";
import type { Parts } from "./parts.ts";
import type { Picture } from "./picture.ts";
import type { Scheme } from "./theme.ts";

/** What the reader looks at. */
export interface Focus {
  cell: Cell | null;
  lens: Lens | null;
}

export class Easel {
  readonly #renderer: Renderer;
  readonly #parts: Parts;
  readonly #signal: AbortSignal;
  /** The look that the renderer was given last. */
  #look = "";
  #theme: Scheme = "light";
  #content: OverlayContent | null = null;
  /** The values that the renderer was given last. */
  #matrices: Scene["matrices"] | null = null;
  /** On the way from one picture to another. */
  #passage: Passage | null = null;
  #frames = 0;
  #lastFrameMs = 0;

  /** @throws RendererError where there is no WebGL2 */
  constructor(parts: Parts, options: RendererOptions) {
    this.#parts = parts;
    this.#signal = options.signal;
    this.#renderer = createRenderer(parts.picture, options);
  }

  /** Whether the last frame was drawn with fewer pixels than the screen has. */
  get coarse(): boolean {
    return this.#renderer.coarse;
  }

  /** What the last frame had written over it. */
  get content(): OverlayContent | null {
    return this.#content;
  }

  get description(): Omit<RendererDescription, "elements"> {
    const { contextLost } = this.#renderer;
    return { frames: this.#frames, lastFrameMs: this.#lastFrameMs, contextLost };
  }

  /** Matrices go the way from one picture to the other, where there is one; null ends it. */
  pass(before: Picture | null, after: Picture): boolean {
    this.#passage = before && createPassage(before, after);
    return this.#passage !== null;
  }

  /** Goes on with the way to another picture; returns whether there is something new to draw. */
  advance(seconds: number): boolean {
    if (!this.#passage) return false;
    if (!this.#passage.advance(seconds)) this.#passage = null;
    return true;
  }

  /** A new look costs the renderer its prepared far pictures: only where it is one. */
  setLook({ styles, layout }: Picture, theme: Scheme): void {
    this.#theme = theme;
    const looks = styles.all.map(({ look }) => look);
    const which = layout.placed.map(({ path }) => looks.indexOf(styles.at(path).look));
    const key = JSON.stringify([theme, looks, which]);
    if (key === this.#look) return;
    this.#look = key;
    this.#renderer.setLooks(looksOf(styles, theme));
  }

  resize(): void {
    this.#renderer.resize();
  }

  /** Returns false where nothing could be drawn yet. */
  draw(resting: Picture, step: number, focus: Focus, camera: Camera, moving: boolean): boolean {
    const started = performance.now();
    const picture = this.#passage?.picture ?? resting;
    const { cell, lens } = this.#passage ? { cell: null, lens: null } : focus;
    const matrices = this.#passage?.matrices ?? resting.scene.matrices;
    if (matrices !== this.#matrices) this.#renderer.setMatrices(matrices);
    this.#matrices = matrices;
    const node = (cell && picture.nodes.get(cell.placed.path)) ?? null;
    const list = light(picture.at(step), cell, node);
    const { settings, styles, arrows, strokes } = picture;
    const marks = {
      at: (path: string) => styles.at(path).marks,
      axes: settings.marks.axes,
      arrows,
      strokes,
    };
    if (!this.#renderer.draw(camera, list, marks, moving, lens)) return false;
    const { overlay, stage } = this.#parts;
    const content = overlayContent(picture, list, cell, stage, this.#theme);
    this.#content = content;
    const ratio = Math.min(2, window.devicePixelRatio || 1);
    overlay.draw(camera, content, ratio, lens && boxOf(lens));
    this.#frames += 1;
    this.#lastFrameMs = performance.now() - started;
    return true;
  }

  /** Call right after `draw`: what was drawn fades out over what comes next. */
  fade(): void {
    fadeFrom(this.#parts.picture, this.#signal);
  }
}
