/** The speed of an animation: stops that are about as far apart as a reader can tell. */
import { make } from "../figure/markup.ts";

/** Steps a second. */
export const STOPS: readonly number[] = [1, 2, 3, 5, 7, 10, 15, 20, 30, 40, 60, 80, 100];

/** The next stop up or down; the speed itself where there is none. */
export function nextSpeed(speed: number, up: boolean): number {
  const stop = up ? STOPS.find((one) => one > speed) : STOPS.findLast((one) => one < speed);
  return stop ?? speed;
}

export interface SpeedControl {
  readonly element: HTMLElement;
  update(speed: number): void;
}

export function createSpeed(set: (speed: number) => void, signal: AbortSignal): SpeedControl {
  const element = make("select", {
    class: "speed",
    "aria-label": "Speed, in steps a second",
    title: "Steps a second",
  });
  let shown: number | null = null;
  element.addEventListener("change", () => set(Number(element.value)), { signal });
  return {
    element,
    update(speed) {
      if (speed === shown) return;
      shown = speed;
      // A figure may be published with any speed: it stands among the stops.
      const all = [...new Set([...STOPS, speed])].sort((a, b) => a - b);
      const text = (one: number) => `${Number(one.toPrecision(3))}/s`;
      element.replaceChildren(
        ...all.map((one) => make("option", { value: String(one) }, text(one))),
      );
      element.value = String(speed);
    },
  };
}
