/** Puts the control, or the button, of one `<mm-setting>` into its place. */
import { make } from "../figure/markup.ts";
import type { MmFigure } from "../figure.ts";
import { createControl } from "../panel/control.ts";
import { controlSheet } from "../panel/styles.ts";
import { apply, equal, type Patch } from "../settings.ts";
import { computed, patchAt, placeOf, valueAt, wishes } from "./place.ts";
import { settingSheet } from "./styles.ts";

export function mount(host: HTMLElement, figure: MmFigure, signal: AbortSignal): void {
  const root = host.shadowRoot ?? host.attachShadow({ mode: "open" });
  root.adoptedStyleSheets = [controlSheet(), settingSheet()];
  const set = host.getAttribute("set");
  const made =
    set === null ? control(host.getAttribute("option") ?? "", figure) : button(set, figure);
  root.replaceChildren(...made.elements);
  made.update();
  figure.addEventListener("mm-state", made.update, { signal });
  signal.addEventListener("abort", () => root.replaceChildren(make("slot", {})), { once: true });
}

interface Made {
  elements: HTMLElement[];
  /** Shows what the figure is now. */
  update(): void;
}

function control(path: string, figure: MmFigure): Made {
  const place = placeOf(path);
  const made = createControl(place.control, (value, settled) => {
    // Python computes for a while: it is asked once a gesture.
    if (settled || !computed(place)) figure.change(patchAt(place, value), settled);
  });
  const written = make("code", {});
  return {
    elements: [made.element, make("p", { class: "written" }, written)],
    update() {
      const { state, source } = figure;
      if (!state || !source) return;
      const value = valueAt(state, place) ?? made.option.fallback;
      made.update(value, valueAt(source, place));
      written.textContent = `${path.replace(/^\w+\./, "")} = ${value ?? "none"}`;
    },
  };
}

function button(text: string, figure: MmFigure): Made {
  const wanted = wishes(text);
  const element = make("button", { type: "button", class: "choice" }, make("slot", {}));
  element.addEventListener("click", () => {
    const patch = wanted.reduce(
      (all, { place, value }) => apply(all, patchAt(place, value)),
      {} as Patch,
    );
    figure.change(patch);
  });
  return {
    elements: [element],
    update() {
      const { state } = figure;
      const holds = wanted.every(
        ({ place, value }) => state && equal(valueAt(state, place), value),
      );
      element.setAttribute("aria-pressed", String(holds));
    },
  };
}
