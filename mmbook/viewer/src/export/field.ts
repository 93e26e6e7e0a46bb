/** Labelled controls of the export section. */
import { make } from "../figure/markup.ts";

export interface Field<T> {
  element: HTMLElement;
  control: T;
}

/** @param hint a sentence of help */
export function field<T extends HTMLElement>(text: string, control: T, hint = ""): Field<T> {
  control.id = text.toLowerCase().replaceAll(/\W+/g, "-");
  const element = make(
    "div",
    { class: "field" },
    make("label", { for: control.id }, text),
    control,
  );
  if (hint) {
    control.setAttribute("aria-describedby", `${control.id}-hint`);
    element.append(make("small", { id: `${control.id}-hint` }, hint));
  }
  return { element, control };
}

export function choice(
  options: Readonly<Record<string, string>>,
  chosen: string,
): HTMLSelectElement {
  const select = make("select", {});
  for (const [value, text] of Object.entries(options))
    select.append(make("option", { value, selected: value === chosen }, text));
  return select;
}

export function number(value: number, min: number, max: number, step = "1"): HTMLInputElement {
  return make("input", { type: "number", value: `${value}`, min: `${min}`, max: `${max}`, step });
}
