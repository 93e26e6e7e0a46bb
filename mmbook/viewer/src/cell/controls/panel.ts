// Native inputs for the controls of a cell; what they change is the code, and nothing else.
import { LOG_POSITIONS, literalAt, position } from "./literal.ts";
import { type Choice, type Control, parse, type Slider, type Switch } from "./parse.ts";

export type Replace = (from: number, to: number, text: string) => void;

interface Row<C extends Control = Control> {
  element: HTMLElement;
  control: C;
  update(control: C): void;
}

export class Panel {
  readonly element: HTMLElement;
  readonly #replace: Replace;
  readonly #trouble: HTMLElement;
  #rows: Row[] = [];

  /** `replace` puts text in the place of what the source has between two offsets. */
  constructor(name: string, replace: Replace) {
    this.#replace = replace;
    this.element = document.createElement("div");
    this.element.className = "controls";
    this.element.setAttribute("role", "group");
    this.element.setAttribute("aria-label", `Controls of cell ${name}`);
    this.#trouble = document.createElement("p");
    this.#trouble.className = "trouble";
    this.element.hidden = true;
  }

  /** Shows the controls of this code; those that stay keep the focus and the pointer's hold. */
  update(source: string): void {
    const { controls, problems } = parse(source);
    const same =
      controls.length === this.#rows.length &&
      controls.every((control, index) => isSame(control, this.#rows[index]?.control));
    if (same) {
      for (const [index, row] of this.#rows.entries()) row.update(controls[index] as Control);
    } else {
      this.#rows = controls.map((control) => this.#row(control));
      this.element.replaceChildren(...this.#rows.map(({ element }) => element), this.#trouble);
    }
    this.#trouble.textContent = problems
      .map(
        ({ line, message }) => `Line ${line} asks for a control that cannot be read: ${message}.`,
      )
      .join(" ");
    this.#trouble.hidden = problems.length === 0;
    if (this.#trouble.parentElement === null) this.element.append(this.#trouble);
    this.element.hidden = controls.length + problems.length === 0;
  }

  #row(control: Control): Row {
    if (control.kind === "slider") return this.#slider(control);
    if (control.kind === "choice") return this.#choice(control);
    return this.#switch(control);
  }

  #slider(control: Slider): Row {
    const input = document.createElement("input");
    input.type = "range";
    const { low, high, step } = control;
    input.min = String(step === null ? 0 : low);
    input.max = String(step === null ? LOG_POSITIONS : high);
    input.step = String(step ?? 1);
    const value = document.createElement("output");
    const row = this.#labelled(control, input, value) as unknown as Row<Slider>;
    row.update = (next) => {
      row.control = next;
      // While it is dragged the input is ahead of the code.
      if (literalAt(next, input.valueAsNumber) !== next.literal) {
        input.value = String(position(next));
      }
      value.textContent = next.literal;
      input.setAttribute("aria-valuetext", next.literal);
    };
    input.value = String(position(control));
    input.addEventListener("input", () => {
      this.#write(row.control, literalAt(row.control, input.valueAsNumber));
    });
    row.update(control);
    return row as unknown as Row;
  }

  #choice(control: Choice): Row {
    const input = document.createElement("select");
    const row = this.#labelled(control, input) as unknown as Row<Choice>;
    row.update = (next) => {
      row.control = next;
      const written = next.choices.find((choice) => bare(choice) === bare(next.literal));
      // What the reader typed may be none of the choices; it is shown as it is.
      const all = written === undefined ? [next.literal, ...next.choices] : next.choices;
      input.replaceChildren(...all.map(option));
      input.value = written ?? next.literal;
    };
    input.addEventListener("change", () => this.#write(row.control, input.value));
    row.update(control);
    return row as unknown as Row;
  }

  #switch(control: Switch): Row {
    const input = document.createElement("input");
    input.type = "checkbox";
    input.setAttribute("role", "switch");
    const row = this.#labelled(control, input);
    row.update = (next) => {
      row.control = next;
      input.checked = next.literal === "True";
    };
    input.addEventListener("change", () => {
      this.#write(row.control, input.checked ? "True" : "False");
    });
    row.update(control);
    return row;
  }

  #labelled(control: Control, ...parts: HTMLElement[]): Row {
    const element = document.createElement("label");
    element.className = control.kind;
    const name = document.createElement("span");
    name.textContent = control.label;
    element.append(name, ...parts);
    return { element, control, update() {} };
  }

  #write(control: Control, text: string): void {
    if (text !== control.literal) this.#replace(control.from, control.to, text);
  }
}

function option(literal: string): HTMLOptionElement {
  const element = document.createElement("option");
  element.value = literal;
  element.textContent = bare(literal);
  return element;
}

function bare(literal: string): string {
  return literal.replace(/^(["'])(.*)\1$/s, "$2");
}

/** Whether it is the same control, whatever its value and place. */
function isSame(a: Control, b: Control | undefined): boolean {
  const still = ({ literal: _, from: _from, to: _to, line: _line, ...rest }: Control): string =>
    JSON.stringify(rest);
  return b !== undefined && still(a) === still(b);
}
