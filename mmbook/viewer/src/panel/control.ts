/**
 * One option of a figure as a control with its label, its help and the way back to its published
 * value. It knows no figure: whoever makes it says what a change does, and tells it what holds.
 */
import {
  BooleanController,
  type Controller,
  GUI,
  OptionController,
  StringController,
} from "lil-gui";
import { make } from "../figure/markup.ts";
import { equal } from "../settings.ts";
import { FileController, LinesController, ListController, NumbersController } from "./fields.ts";
import { levelsRead, levelsWritten } from "./levels.ts";
import { lit, written } from "./lit.ts";
import { mergesRead, mergesWritten } from "./merges.ts";
import { type Option, optionOf, type Value } from "./options.ts";
import { SliderController } from "./slider.ts";
import { type Words, wordsOf } from "./words.ts";

export interface Control {
  readonly element: HTMLElement;
  readonly option: Option;
  readonly words: Words;
  /** Shows a value; the way back appears where the published one is another. Nothing: the default. */
  update(value: unknown, published: unknown): void;
  /** A gesture under way is over, for instance because something else is done meanwhile. */
  settle(): void;
}

/**
 * @param name group and key, for instance `layout.gap`
 * @param change hears the new value; `settled` is false while a gesture goes on, and null takes the
 *   option away
 * @param label instead of the option's own, where many controls of one option stand together
 * @throws RangeError where the schema has no such option
 */
export function createControl(
  name: string,
  change: (value: Value, settled: boolean) => void,
  label?: string,
): Control {
  const option = optionOf(name);
  const words = { ...wordsOf(name), ...(label !== undefined && { label }) };
  const holder: { value: Value } = { value: option.fallback ?? null };
  const controller = controllerOf(option, words, holder).name(words.label);
  const help = make("p", { class: "hint", id: `${controller.$name.id}-help` }, words.help);
  for (const field of controller.$widget.querySelectorAll("input, select, textarea")) {
    field.setAttribute("aria-describedby", help.id);
  }
  let published: Value = holder.value;
  let unsettled = false;
  const back = make("button", { type: "button", class: "back", hidden: true }, "↺");
  back.title = `${words.label}: back to the published value`;
  back.setAttribute("aria-label", back.title);
  back.addEventListener("click", () => {
    // The button goes with the difference; the focus must not.
    const field = controller.$widget.querySelector<HTMLElement>("input, select, textarea");
    change(published, true);
    field?.focus({ preventScroll: true });
  });
  controller.onChange((value: Value) => {
    unsettled = true;
    change(value, false);
  });
  controller.onFinishChange((value: Value) => {
    unsettled = false;
    change(value, true);
  });
  const kind = option.kind === "switch" ? "setting switch" : "setting";
  const element = make(
    "div",
    { class: kind, "data-option": name },
    controller.domElement,
    back,
    help,
  );
  // lil-gui keeps keys to itself; Escape is for what holds the control.
  controller.domElement.addEventListener("keydown", ({ key }) => {
    if (key === "Escape")
      element.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
  });
  return {
    element,
    option,
    words,
    update(given, base) {
      const value = (given ?? option.fallback ?? null) as Value;
      published = (base ?? option.fallback ?? null) as Value;
      back.hidden = equal(value, published);
      // What is being typed or dragged is ahead of what the figure shows.
      if (unsettled) return;
      holder.value = value;
      controller.updateDisplay();
    },
    settle() {
      if (controller instanceof SliderController) controller.settle();
    },
  };
}

function controllerOf(option: Option, words: Words, holder: { value: Value }): Controller {
  // lil-gui makes no control without a group. This one is never shown, so that a control can stand
  // alone, in a panel's group or in the running text of a page.
  const group = new GUI({ autoPlace: false, injectStyles: false });
  switch (option.kind) {
    case "range":
    case "number":
      return new SliderController(group, holder, option, words.label);
    case "choice": {
      const named = option.choices.map((choice) => [words.choices?.[choice] ?? choice, choice]);
      return new OptionController(group, holder, "value", Object.fromEntries(named));
    }
    case "switch": {
      const controller = new BooleanController(group, holder, "value");
      controller.$input.setAttribute("role", "switch");
      return controller;
    }
    case "text":
      return textController(group, holder);
    case "list":
      return new ListController(group, holder);
    case "shape":
      return new NumbersController(group, holder, ["Rows", "Columns"], { min: 1, whole: true });
    case "vector":
      return new NumbersController(group, holder, ["x", "y", "z"], { whole: false });
    case "lit":
      return new LinesController(group, holder, { write: written, read: lit });
    case "levels":
      return new LinesController(group, holder, { write: levelsWritten, read: levelsRead });
    case "merges":
      return new LinesController(group, holder, { write: mergesWritten, read: mergesRead });
    case "file":
      return new FileController(group, holder);
  }
}

function textController(group: GUI, holder: { value: Value }): Controller {
  holder.value ??= "";
  const controller = new StringController(group, holder, "value");
  controller.$input.autocapitalize = "off";
  // Enter takes the text; lil-gui would take the focus away with it.
  controller.$input.addEventListener("keydown", ({ key }) => {
    if (key === "Enter") controller.$input.focus({ preventScroll: true });
  });
  return controller;
}
