/** Play, step and scrub: shown while the figure has an animation. */
import { make } from "../figure/markup.ts";
import { iconButton } from "./button.ts";

export interface TransportActions {
  togglePlay(): void;
  /** Goes to a step, 0 to the number of steps; the last one is the finished picture. */
  seek(step: number): void;
}

export interface TransportView {
  step: number;
  steps: number;
  playing: boolean;
  /** The step in words. */
  words: string;
}

export interface Transport {
  readonly element: HTMLElement;
  /** The step in words: stands where the bar has room for it. */
  readonly words: HTMLElement;
  update(view: TransportView | null): void;
}

export function createTransport(actions: TransportActions, signal: AbortSignal): Transport {
  let view: TransportView = { step: 0, steps: 0, playing: false, words: "" };
  const move = (by: number): void =>
    actions.seek(Math.min(view.steps, Math.max(0, view.step + by)));

  const back = iconButton("back", "Step back", () => move(-1), signal);
  const play = iconButton("play", "Play", () => actions.togglePlay(), signal);
  const forward = iconButton("forward", "Step", () => move(1), signal);
  const slider = make("input", { type: "range", min: "0", step: "1", "aria-label": "Position" });
  slider.addEventListener("input", () => actions.seek(slider.valueAsNumber), { signal });
  const words = make("span", { class: "words" });

  const element = make(
    "div",
    { class: "transport", role: "group", "aria-label": "Animation", hidden: true },
    back.element,
    play.element,
    forward.element,
    slider,
  );

  return {
    element,
    words,
    update(next) {
      element.hidden = next === null;
      words.hidden = next === null;
      if (!next) return;
      view = next;
      play.show(next.playing ? "pause" : "play", next.playing ? "Pause" : "Play");
      back.element.disabled = next.step <= 0;
      forward.element.disabled = next.step >= next.steps;
      slider.max = String(next.steps);
      slider.value = String(next.step);
      slider.setAttribute("aria-valuetext", next.words);
      if (words.textContent === next.words) return;
      words.textContent = next.words;
      words.title = next.words;
    },
  };
}
