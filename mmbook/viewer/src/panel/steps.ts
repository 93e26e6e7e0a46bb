/** Undo, redo and reset of a figure: the buttons, the keys, and what counts as a step. */

import type { Cause } from "../figure/events.ts";
import { make } from "../figure/markup.ts";
import type { MmFigure } from "../figure.ts";
import type { Figure } from "../schema/figure.ts";
import { equal } from "../settings.ts";
import { withoutPlace } from "./bindings.ts";
import { Undo } from "./undo.ts";

export class Steps {
  readonly element: HTMLElement;
  readonly #figure: MmFigure;
  readonly #undo = new Undo();
  /** Ends a gesture that is under way. */
  readonly #settleControls: () => void;
  readonly #buttons: Record<"undo" | "redo" | "reset", HTMLButtonElement>;
  #source: Figure | null;
  #going = false;

  constructor(figure: MmFigure, settleControls: () => void) {
    this.#figure = figure;
    this.#settleControls = settleControls;
    this.#source = figure.source;
    if (figure.state) this.#undo.note(figure.state);
    const button = (text: string, title: string, act: () => void): HTMLButtonElement => {
      const made = make("button", { type: "button", title }, text);
      made.addEventListener("click", act);
      return made;
    };
    this.#buttons = {
      undo: button("Undo", "Undo the last change (Ctrl+Z)", () => this.go("undo")),
      redo: button("Redo", "Make the change again (Shift+Ctrl+Z)", () => this.go("redo")),
      reset: button("Reset", "Everything back to what was published", () => this.reset()),
    };
    const buttons = Object.values(this.#buttons);
    this.element = make(
      "div",
      { class: "steps", role: "group", "aria-label": "Changes" },
      ...buttons,
    );
  }

  go(way: "undo" | "redo"): void {
    this.#settleControls();
    const state = this.#undo[way]();
    if (state) this.#show(state);
  }

  /** Everything back to what the book, or a cell after it, made of the figure. */
  reset(): void {
    this.#settleControls();
    const { source } = this.#figure;
    if (source) this.#figure.state = source;
  }

  #show(state: Figure): void {
    this.#going = true;
    this.#figure.state = state;
    this.#going = false;
  }

  /** The figure changed. */
  note(cause: Cause | undefined): void {
    const { state, source } = this.#figure;
    if (!state || cause === "passing") return;
    const other = !equal(this.#source, source);
    this.#source = source;
    // A cell has run, or a link was opened: what was before is not the reader's to have back.
    if (other) this.#undo.forget(state);
    // The figure writes a state in its own way once it is computed: that is no step.
    else if (this.#going || cause === "scene") this.#undo.amend(state);
    else this.#undo.note(state);
  }

  /** A change could not be had. */
  settle(): void {
    if (this.#figure.state) this.#undo.settle(this.#figure.state);
  }

  update(): void {
    const { state, source } = this.#figure;
    const { undo, redo, reset } = this.#buttons;
    undo.disabled = !this.#undo.canUndo;
    redo.disabled = !this.#undo.canRedo;
    reset.disabled =
      !state ||
      !source ||
      (equal(withoutPlace(state), withoutPlace(source)) && equal(state.camera, source.camera));
  }
}

/** Ctrl or Cmd + Z, with Shift or as Y to redo; a text that is being written keeps its own. */
export function listenUndoKeys(element: HTMLElement, steps: Steps): void {
  element.addEventListener(
    "keydown",
    (event) => {
      const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
      if (altKey || ctrlKey === metaKey) return;
      const sign = key.toLowerCase();
      if (sign !== "z" && sign !== "y") return;
      if ((event.target as Element).matches("textarea, [type=text], [type=search]")) return;
      event.preventDefault();
      event.stopPropagation();
      steps.go(sign === "y" || shiftKey ? "redo" : "undo");
    },
    true,
  );
}
