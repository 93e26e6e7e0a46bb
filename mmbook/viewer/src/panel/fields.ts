/** Values that are no single number or word: sizes, points, lists of labels, files. */
import { Controller, type GUI } from "lil-gui";
import { messageOf } from "../errors.ts";
import { make } from "../figure/markup.ts";
import type { Value } from "./options.ts";

/** What the Python side reads; see mmbook/data_files.py. */
export const FILES = ".csv,.tsv,.txt,.npy,.npz,.safetensors";

/** Several numbers beside each other; they are handed on once all of them are there. */
export class NumbersController extends Controller {
  readonly #fields: HTMLInputElement[];

  constructor(
    parent: GUI,
    holder: { value: Value },
    names: readonly string[],
    rule: { min?: number; whole: boolean },
  ) {
    super(parent, holder, "value", "lil-numbers");
    this.#fields = names.map((name) =>
      make("input", {
        type: "number",
        step: rule.whole ? "1" : "any",
        ...(rule.min !== undefined && { min: String(rule.min) }),
        "aria-label": name,
      }),
    );
    this.$widget.setAttribute("role", "group");
    this.$widget.setAttribute("aria-labelledby", this.$name.id);
    for (const [at, field] of this.#fields.entries()) {
      const name = make("span", { "aria-hidden": "true" }, names[at] ?? "");
      this.$widget.append(make("span", { class: "part" }, name, field));
      field.addEventListener("change", () => {
        const numbers = this.#fields.map(({ valueAsNumber }) => valueAsNumber);
        if (numbers.some(Number.isNaN)) return;
        const { min = -Infinity, whole } = rule;
        this.setValue(numbers.map((n) => Math.max(min, whole ? Math.round(n) : n)));
        this._callOnFinishChange();
      });
    }
    this.updateDisplay();
  }

  override updateDisplay(): this {
    const numbers: unknown = this.getValue();
    for (const [at, field] of this.#fields.entries()) {
      const number: unknown = Array.isArray(numbers) ? numbers[at] : undefined;
      field.value = typeof number === "number" ? String(Number(number.toPrecision(6))) : "";
    }
    return this;
  }
}

/** Texts, one a line; a line break inside of one is written \n. */
export class ListController extends Controller {
  readonly #area = make("textarea", { rows: "3", spellcheck: "false", wrap: "off" });

  constructor(parent: GUI, holder: { value: Value }) {
    super(parent, holder, "value", "lil-list");
    this.#area.setAttribute("aria-labelledby", this.$name.id);
    this.$widget.append(this.#area);
    this.#area.addEventListener("change", () => {
      const text = this.#area.value.replace(/\n$/, "");
      this.setValue(text === "" ? null : text.split("\n").map(unescaped));
      this._callOnFinishChange();
    });
    this.updateDisplay();
  }

  override updateDisplay(): this {
    const texts: unknown = this.getValue();
    this.#area.value = Array.isArray(texts)
      ? texts.map((one) => escaped(String(one))).join("\n")
      : "";
    return this;
  }
}

const escaped = (text: string): string => text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n");
const unescaped = (line: string): string =>
  line.replace(/\\([\\n])/g, (_, sign) => (sign === "n" ? "\n" : "\\"));

/** How something is written in lines, and read back; reading throws where a line is none. */
export interface Written {
  write(value: never): string[];
  read(lines: readonly string[]): object;
}

/** Something that is written in lines. */
export class LinesController extends Controller {
  readonly #area = make("textarea", { rows: "3", spellcheck: "false", wrap: "off" });
  readonly #form: Written;

  constructor(parent: GUI, holder: { value: Value }, form: Written) {
    super(parent, holder, "value", "lil-list");
    this.#form = form;
    const area = this.#area;
    const problem = make("p", { class: "problem", role: "alert" });
    area.setAttribute("aria-labelledby", this.$name.id);
    this.$widget.append(area, problem);
    area.addEventListener("change", () => {
      try {
        const given = form.read(area.value.split("\n"));
        problem.textContent = "";
        area.removeAttribute("aria-invalid");
        this.setValue(Object.keys(given).length > 0 ? given : null);
        this._callOnFinishChange();
      } catch (error) {
        area.setAttribute("aria-invalid", "true");
        problem.textContent = messageOf(error);
      }
    });
    this.updateDisplay();
  }

  override updateDisplay(): this {
    // A text with a mistake is the reader's to mend.
    if (this.#area.getAttribute("aria-invalid")) return this;
    this.#area.value = this.#form.write((this.getValue() ?? {}) as never).join("\n");
    return this;
  }
}

export class FileController extends Controller {
  constructor(parent: GUI, holder: { value: Value }) {
    super(parent, holder, "value", "lil-file");
    const field = make("input", { type: "file", accept: FILES, "aria-labelledby": this.$name.id });
    this.$widget.append(field);
    field.addEventListener("change", () => {
      const [file] = field.files ?? [];
      if (!file) return;
      this.setValue(file);
      this._callOnFinishChange();
      field.value = "";
    });
  }
}
