/** The look panel: the settings of controls.ts as labelled inputs. */
import { make } from "../figure/markup.ts";
import { type Control, type GroupName, SECTIONS } from "./controls.ts";

export type Value = number | string | boolean;
export type Values = Readonly<Record<GroupName, Readonly<Record<string, unknown>>>>;

export interface Panel {
  readonly element: HTMLElement;
  update(values: Values): void;
}

interface Row {
  element: HTMLElement;
  update(value: unknown): void;
}

let serial = 0;

function row(control: Control, set: (value: Value) => void, signal: AbortSignal): Row {
  serial += 1;
  const id = `control-${serial}`;
  const describe = { id, "aria-describedby": `${id}-help` };
  const label = make("label", { for: id }, control.label);
  const help = make("p", { id: `${id}-help`, class: "hint" }, control.help);

  if (control.kind === "choice") {
    const options = control.choices.map(({ value, label: text }) =>
      make("option", { value }, text),
    );
    const select = make("select", describe, ...options);
    select.addEventListener("change", () => set(select.value), { signal });
    return {
      element: make("div", { class: "row" }, label, select, help),
      update: (value) => {
        select.value = String(value);
      },
    };
  }
  if (control.kind === "switch") {
    const box = make("input", { ...describe, type: "checkbox", role: "switch" });
    box.addEventListener("change", () => set(box.checked), { signal });
    return {
      element: make("div", { class: "row" }, label, box, help),
      update: (value) => {
        box.checked = value === true;
      },
    };
  }
  const { min, max, step } = control;
  const slider = make("input", {
    ...describe,
    type: "range",
    min: String(min),
    max: String(max),
    step: String(step),
  });
  const shown = make("output", { for: id });
  const digits = step < 0.1 ? 2 : step < 1 ? 1 : 0;
  slider.addEventListener(
    "input",
    () => {
      shown.value = slider.valueAsNumber.toFixed(digits);
      set(slider.valueAsNumber);
    },
    { signal },
  );
  return {
    element: make("div", { class: "row" }, label, slider, shown, help),
    update: (value) => {
      slider.value = String(value);
      shown.value = Number(value).toFixed(digits);
    },
  };
}

export function createPanel(
  set: (group: GroupName, option: string, value: Value) => void,
  restore: () => void,
  signal: AbortSignal,
): Panel {
  const rows: { control: Control; row: Row }[] = [];
  const sections = SECTIONS.map(({ title, controls }) => {
    const parts = controls.map((control) => {
      const made = row(control, (value) => set(control.group, control.option, value), signal);
      rows.push({ control, row: made });
      return made.element;
    });
    return make("fieldset", {}, make("legend", {}, title), ...parts);
  });
  const button = make("button", { type: "button", class: "plain" }, "Back to the published look");
  button.addEventListener("click", restore, { signal });
  return {
    element: make("div", { class: "settings" }, ...sections, button),
    update(values) {
      for (const { control, row: made } of rows) {
        made.update(values[control.group][control.option]);
      }
    },
  };
}
