/** A number as a native slider and a native number field: lil-gui's own slider is nothing to a keyboard. */
import { Controller, type GUI } from "lil-gui";
import { make } from "../figure/markup.ts";
import type { Option, Value } from "./options.ts";

/** Keys that are pressed so soon after each other are one gesture, in milliseconds. */
const PAUSE = 600;

export class SliderController extends Controller {
  readonly #option: Extract<Option, { kind: "range" | "number" }>;
  readonly #slider: HTMLInputElement | null;
  readonly #field: HTMLInputElement;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #byPointer = false;
  #byArrow = false;

  constructor(
    parent: GUI,
    holder: { value: Value },
    option: Extract<Option, { kind: "range" | "number" }>,
    label: string,
  ) {
    super(parent, holder, "value", "lil-number");
    this.#option = option;
    const { min, max, whole } = option;
    const bounds = {
      ...(min !== undefined && { min: String(min) }),
      ...(max !== undefined && { max: String(max) }),
    };
    this.#slider =
      option.kind === "range"
        ? make("input", {
            type: "range",
            ...bounds,
            step: String(option.step),
            "aria-labelledby": this.$name.id,
          })
        : null;
    this.#field = make("input", {
      type: "number",
      ...bounds,
      step: whole ? "1" : option.kind === "range" ? String(option.step) : "any",
      inputmode: whole ? "numeric" : "decimal",
      "aria-label": this.#slider ? `${label}, as a number` : label,
    });
    this.$widget.append(...(this.#slider ? [this.#slider] : []), this.#field);
    this.#listen();
    this.updateDisplay();
  }

  #listen(): void {
    const slider = this.#slider;
    slider?.addEventListener("pointerdown", () => {
      this.#byPointer = true;
    });
    slider?.addEventListener("keydown", () => {
      this.#byPointer = false;
    });
    slider?.addEventListener("input", () => this.setValue(slider.valueAsNumber));
    slider?.addEventListener("change", () => (this.#byPointer ? this.settle() : this.#soon()));
    const field = this.#field;
    field.addEventListener("keydown", ({ key }) => {
      this.#byArrow = key === "ArrowUp" || key === "ArrowDown";
    });
    field.addEventListener("change", () => {
      this.setValue(this.#given());
      this.updateDisplay();
      if (this.#byArrow) this.#soon();
      else this.settle();
    });
    this.domElement.addEventListener("focusout", () => this.settle());
  }

  /** What stands in the field, moved inside the bounds; null where it is empty. */
  #given(): Value {
    const { min = -Infinity, max = Infinity, whole } = this.#option;
    const number = this.#field.valueAsNumber;
    if (Number.isNaN(number)) return "fallback" in this.#option ? this.getValue() : null;
    const inside = Math.min(max, Math.max(min, number));
    return whole ? Math.round(inside) : inside;
  }

  #soon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.settle(), PAUSE);
  }

  settle(): void {
    clearTimeout(this.#timer);
    this._callOnFinishChange();
  }

  override updateDisplay(): this {
    const value: Value = this.getValue();
    if (this.#slider) this.#slider.value = String(value ?? this.#option.min ?? 0);
    this.#field.value = value === null ? "" : String(shortened(Number(value)));
    return this;
  }
}

/** Without the noise of binary fractions: 0.1 + 0.2 reads 0.3. */
function shortened(value: number): number {
  return Number(value.toPrecision(7));
}
