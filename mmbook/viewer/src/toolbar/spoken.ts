/** Says a text to screen readers when it has stood for a moment: not every step of a fast sweep. */
import { make } from "../figure/markup.ts";

/** In milliseconds. */
const SETTLED = 300;

export interface Spoken {
  readonly element: HTMLElement;
  /** @param aloud otherwise it is only remembered, so that it is not said as news later */
  tell(text: string, aloud: boolean): void;
}

export function createSpoken(signal: AbortSignal): Spoken {
  const element = make("span", { class: "unseen", "aria-live": "polite" });
  let last: string | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  signal.addEventListener("abort", () => clearTimeout(timer), { once: true });
  return {
    element,
    tell(text, aloud) {
      if (text === last) return;
      const first = last === null;
      last = text;
      clearTimeout(timer);
      if (first || !aloud) return;
      timer = setTimeout(() => {
        element.textContent = text;
      }, SETTLED);
    },
  };
}
