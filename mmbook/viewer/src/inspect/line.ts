/** The read-out at the bottom of the picture, and its spoken twin for the keyboard's walk. */
import { make } from "../figure/markup.ts";
import { type Reading, spoken } from "./readout.ts";

export interface Line {
  readonly element: HTMLElement;
  /** @param aloud whether screen readers should say it: for the keyboard, not for a passing pointer */
  show(reading: Reading | null, aloud: boolean): void;
  /** Says the reading once more. */
  again(): void;
  /** A passing remark where the reading would stand; goes by itself. */
  hint(text: string): void;
}

/** How long a remark stays, in milliseconds. */
const HINT_SHOWN = 2200;

export function createLine(signal: AbortSignal): Line {
  const seen = make("output", { "aria-hidden": "true" });
  const said = make("span", { class: "unseen", "aria-live": "polite" });
  let hinting: ReturnType<typeof setTimeout> | undefined;
  let reading: Reading | null = null;
  signal.addEventListener("abort", () => clearTimeout(hinting), { once: true });

  const render = (): void => {
    seen.classList.toggle("shown", reading !== null);
    if (!reading) return;
    const { name, indices, tokens, value, origin } = reading;
    seen.replaceChildren(make("span", { class: "name" }, name), indices);
    if (tokens) seen.append(make("span", { class: "aside" }, " · "), tokens);
    seen.append(make("span", { class: "aside" }, " · "), make("span", { class: "name" }, value));
    if (origin) seen.append(make("span", { class: "aside origin" }, ` = ${origin}`));
  };

  return {
    element: make("div", { class: "readout" }, said, seen),
    show(next, aloud) {
      reading = next;
      clearTimeout(hinting);
      render();
      said.textContent = next && aloud ? spoken(next) : "";
    },
    again() {
      if (!reading) return;
      const text = spoken(reading);
      // The same text a second time is no news to a screen reader; with another blank it is.
      said.textContent = said.textContent === text ? `${text}\u00a0` : text;
    },
    hint(text) {
      if (reading) return;
      seen.textContent = text;
      seen.classList.add("shown");
      clearTimeout(hinting);
      hinting = setTimeout(render, HINT_SHOWN);
    },
  };
}
