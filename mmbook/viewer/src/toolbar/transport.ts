/** Restart, step, play, scrub, speed, loop: shown while the figure has something that moves. */
import { make } from "../figure/markup.ts";
import { iconButton } from "./button.ts";
import { createSpeed } from "./speed.ts";
import { createSpoken } from "./spoken.ts";

export interface TransportActions {
  togglePlay(): void;
  /** Stops all that moves, or starts it again: the steps and the turning. */
  toggleMotion(): void;
  /** Goes to a step, 0 to the number of steps, and pauses; the last one is the finished picture. */
  seek(step: number): void;
  /** Goes to the first step; what plays plays on. */
  restart(): void;
  setSpeed(speed: number): void;
  setLoop(loop: boolean): void;
}

export interface TransportView {
  step: number;
  /** 0 where nothing is animated, and the figure only turns. */
  steps: number;
  playing: boolean;
  /** The step in words. */
  words: string;
  speed: number;
  loop: boolean;
  /** Whether the figure turns by itself; null where it never does. */
  turning: boolean | null;
}

export interface Transport {
  readonly element: HTMLElement;
  /** The step in words: stands where the bar has room for it. */
  readonly words: HTMLElement;
  update(view: TransportView | null): void;
}

export function createTransport(actions: TransportActions, signal: AbortSignal): Transport {
  let view: TransportView | null = null;
  const move = (by: number): void => {
    if (view) actions.seek(Math.min(view.steps, Math.max(0, view.step + by)));
  };

  const restart = iconButton("restart", "Restart", () => actions.restart(), signal);
  const back = iconButton("back", "Step back", () => move(-1), signal);
  const play = iconButton(
    "play",
    "Play",
    () => (view?.steps ? actions.togglePlay() : actions.toggleMotion()),
    signal,
  );
  const forward = iconButton("forward", "Step", () => move(1), signal);
  const slider = make("input", { type: "range", min: "0", step: "1", "aria-label": "Position" });
  slider.addEventListener("input", () => actions.seek(slider.valueAsNumber), { signal });
  const speed = createSpeed((next) => actions.setSpeed(next), signal);
  const loop = iconButton("loop", "Begin again at the end", toggleLoop, signal);
  const spoken = createSpoken(signal);
  const words = make("span", { class: "words" });
  restart.element.classList.add("restart");

  function toggleLoop(): void {
    if (view) actions.setLoop(!view.loop);
  }

  const ofSteps = [restart, back, forward, loop]
    .map(({ element }): HTMLElement => element)
    .concat(slider, speed.element);
  const element = make(
    "div",
    { class: "transport", role: "group", "aria-label": "Animation", hidden: true },
    restart.element,
    back.element,
    play.element,
    forward.element,
    slider,
    speed.element,
    loop.element,
    spoken.element,
  );

  const showSteps = (next: TransportView): void => {
    const { step, steps, playing } = next;
    play.show(playing ? "pause" : "play", playing ? "Pause" : "Play");
    restart.element.disabled = step <= 0;
    back.element.disabled = step <= 0;
    forward.element.disabled = step >= steps;
    slider.max = String(steps);
    slider.value = String(step);
    slider.setAttribute("aria-valuetext", next.words);
    speed.update(next.speed);
    loop.element.setAttribute("aria-pressed", String(next.loop));
    // The slider says its own value while it has the focus.
    spoken.tell(next.words, !playing && !slider.matches(":focus"));
  };

  return {
    element,
    words,
    update(next) {
      view = next;
      const moves = next !== null && next.steps > 0;
      element.hidden = next === null;
      words.hidden = !moves;
      for (const part of ofSteps) part.hidden = !moves;
      if (!next) return;
      if (moves) showSteps(next);
      else play.show(next.turning ? "pause" : "play", next.turning ? "Stop turning" : "Turn");
      if (words.textContent === next.words) return;
      words.textContent = next.words;
      words.title = next.words;
    },
  };
}
