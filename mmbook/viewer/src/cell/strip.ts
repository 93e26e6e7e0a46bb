// The strip under a cell that has shown more than one frame: scrub, step, play.
import { type IconName, icon } from "../toolbar/icons.ts";
import type { Film } from "./film.ts";

/** Milliseconds that a frame stands while the film plays. */
const STANDS = 100;

export class Strip {
  readonly element: HTMLElement;
  readonly #film: Film;
  readonly #draw: () => void;
  readonly #back: HTMLButtonElement;
  readonly #play: HTMLButtonElement;
  readonly #forward: HTMLButtonElement;
  readonly #range: HTMLInputElement;
  readonly #words: HTMLElement;
  readonly #note: HTMLElement;
  #timer: ReturnType<typeof setInterval> | undefined;

  /** `draw` shows the film's current frame. */
  constructor(film: Film, draw: () => void) {
    this.#film = film;
    this.#draw = draw;
    this.#back = button("back", "Frame back", () => this.#go(film.index - 1));
    this.#play = button("play", "Play the film", () => this.#toggle());
    this.#forward = button("forward", "Frame forward", () => this.#go(film.index + 1));
    this.#range = document.createElement("input");
    this.#range.type = "range";
    this.#range.min = "0";
    this.#range.step = "1";
    this.#range.setAttribute("aria-label", "Frame");
    this.#range.addEventListener("input", () => this.#go(this.#range.valueAsNumber));
    this.#words = document.createElement("span");
    this.#words.className = "frame";
    this.#note = document.createElement("span");
    this.#note.className = "thinned";
    this.element = document.createElement("div");
    this.element.className = "film";
    this.element.setAttribute("role", "group");
    this.element.setAttribute("aria-label", "Film of this run");
    this.element.append(
      this.#back,
      this.#play,
      this.#forward,
      this.#range,
      this.#words,
      this.#note,
    );
    this.element.hidden = true;
  }

  /** `running`: a strip from the run before keeps its place until it is known what comes. */
  update(running: boolean): void {
    const { length, index, count, frame } = this.#film;
    if (length < 2) {
      this.pause();
      if (!running) this.element.hidden = true;
      this.#back.disabled = this.#forward.disabled = this.#play.disabled = true;
      this.#range.disabled = true;
      return;
    }
    this.element.hidden = false;
    this.#range.disabled = this.#play.disabled = false;
    this.#back.disabled = index <= 0;
    this.#forward.disabled = index >= length - 1;
    this.#range.max = String(length - 1);
    this.#range.value = String(index);
    const place = `${frame?.number} of ${count}`;
    const words = frame?.label ? `${frame.label} (${place})` : `Frame ${place}`;
    this.#words.textContent = words;
    this.#range.setAttribute("aria-valuetext", words);
    this.#note.textContent =
      length < count
        ? `${length} of ${count} frames are kept: memory is limited, so older ones were thinned out.`
        : "";
  }

  pause(): void {
    if (this.#timer === undefined) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#face();
  }

  #toggle(): void {
    if (this.#timer !== undefined) {
      this.pause();
      return;
    }
    if (this.#film.atEnd) this.#show(0);
    this.#timer = setInterval(() => {
      if (this.#film.atEnd || !this.element.isConnected) this.pause();
      else this.#show(this.#film.index + 1);
    }, STANDS);
    this.#face();
  }

  #face(): void {
    const playing = this.#timer !== undefined;
    this.#play.replaceChildren(icon(playing ? "pause" : "play"));
    const name = playing ? "Pause the film" : "Play the film";
    this.#play.title = name;
    this.#play.setAttribute("aria-label", name);
  }

  #go(index: number): void {
    this.pause();
    this.#show(index);
  }

  #show(index: number): void {
    this.#film.go(index);
    this.#draw();
  }
}

function button(drawing: IconName, name: string, act: () => void): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.title = name;
  button.setAttribute("aria-label", name);
  button.append(icon(drawing));
  button.addEventListener("click", act);
  return button;
}
