/** The legend of colour: a bar from the largest negative over 0 to the largest positive magnitude. */
import { make } from "../figure/markup.ts";
import { formatNumber } from "../inspect/number.ts";
import { colourOf, type MagnitudeRange, type Theme } from "../look.ts";
import type { LookSettings } from "../settings.ts";

export interface ScaleView {
  /** The matrix whose range is meant; empty where one range holds for the whole figure. */
  name: string;
  range: MagnitudeRange;
  /** Signs that occur in what the range covers. */
  signs: { negative: boolean; positive: boolean };
  look: LookSettings;
  theme: Theme;
}

export interface Scale {
  readonly element: HTMLElement;
  update(view: ScaleView): void;
}

const STEPS = 128;
const DIGITS = 3;

const short = (value: number): string => formatNumber(Number(value.toPrecision(DIGITS)));

/** Values along the bar, from left to right. */
export function samples({
  range: { lo, hi },
  signs,
}: Pick<ScaleView, "range" | "signs">): number[] {
  const from = signs.negative ? -1 : 0;
  const to = signs.positive || !signs.negative ? 1 : 0;
  return Array.from({ length: STEPS }, (_, i) => {
    const at = from + ((i + 0.5) / STEPS) * (to - from);
    return Math.sign(at) * (lo + Math.abs(at) * (hi - lo));
  });
}

/** What stands under the bar, from left to right. */
export function endsOf({ range, signs }: Pick<ScaleView, "range" | "signs">): string[] {
  return [
    ...(signs.negative ? [short(-range.hi)] : []),
    range.lo > 0 ? `±${short(range.lo)}` : "0",
    ...(signs.positive || !signs.negative ? [short(range.hi)] : []),
  ];
}

export function createScale(): Scale {
  const canvas = make("canvas", { width: String(STEPS), height: "1", "aria-hidden": "true" });
  const context = canvas.getContext("2d");
  const of = make("div", { class: "of" });
  const ends = make("div", { class: "ends" });
  const element = make("div", { class: "scale" }, of, canvas, ends);
  let last = "";

  return {
    element,
    update(view) {
      const { name, range, look, theme } = view;
      element.hidden = !(range.hi > 0);
      const key = JSON.stringify(view);
      if (key === last || element.hidden) return;
      last = key;
      if (context) {
        const pixels = context.createImageData(STEPS, 1);
        for (const [i, value] of samples(view).entries()) {
          pixels.data.set([...colourOf(value, range, look, theme), 255], i * 4);
        }
        context.putImageData(pixels, 0, 0);
      }
      const texts = endsOf(view);
      of.textContent = name;
      of.hidden = name === "";
      ends.replaceChildren(...texts.map((text) => make("span", {}, text)));
      // An image needs a name, and before the first values there is none.
      element.setAttribute("role", "img");
      element.setAttribute("aria-label", `Colours${name && ` of ${name}`}: ${texts.join(" to ")}`);
    },
  };
}
