/** The camera and whose it is: framed by the figure until the reader moves it, then the reader's. */
import { attachControls } from "../camera/controls.ts";
import { Camera, type CameraState } from "../camera.ts";
import type { Cell } from "../inspect/cell.ts";
import type { Placed } from "../layout.ts";
import { equal } from "../settings.ts";
import { approach, frameFigure } from "./framing.ts";
import type { Store } from "./store.ts";

export interface Figure {
  store: () => Store;
  placed: () => readonly Placed[];
}

export class Viewpoint {
  readonly camera: Camera;
  readonly #figure: Figure;
  /** The reader touched the camera since it was last noted. */
  #touched = false;
  /** Where it came to rest last. */
  #rest: CameraState;

  constructor(figure: Figure, eased: boolean) {
    this.#figure = figure;
    this.camera = new Camera({ eased });
    this.#rest = this.camera.state;
  }

  /** Hands the reader's gestures to the camera. */
  attach(
    stage: HTMLElement,
    told: { changed: () => void; reset: () => void; hint: () => void; busy: () => boolean },
    signal: AbortSignal,
  ): void {
    attachControls(this.camera, stage, {
      signal,
      onChange: () => {
        this.#touched = true;
        told.changed();
      },
      onReset: told.reset,
      onHint: told.hint,
      busy: told.busy,
    });
  }

  /** The figure's own camera, or all of it in view. */
  begin(smoothly = false): void {
    this.#touched = false;
    frameFigure(this.camera, this.#figure.store().settings, this.#figure.placed(), smoothly);
    this.#rest = this.camera.state;
  }

  approach(cell: Cell): void {
    this.#touched = true;
    approach(this.camera, cell);
  }

  /** Until the reader has chosen a view, the figure fits whatever room it is given. */
  resize(width: number, height: number): boolean {
    const { size } = this.camera;
    if (width === 0 || height === 0 || (width === size.width && height === size.height)) {
      return false;
    }
    this.camera.resize(width, height);
    if (!this.#touched && this.#figure.store().settings.camera === null) this.begin();
    return true;
  }

  /** Notes in the store where the reader moved the camera; returns whether it is elsewhere. */
  note(): boolean {
    const state = this.camera.state;
    // A click touches the camera too, but leaves it where it was.
    const elsewhere = this.#touched && !equal(state, this.#rest);
    if (elsewhere) this.#figure.store().setCamera(state);
    this.#touched = false;
    this.#rest = state;
    return elsewhere;
  }
}
