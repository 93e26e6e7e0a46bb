// Positions of a slider ⇄ numbers as a reader would have typed them.
import { number, type Slider } from "./parse.ts";

/** Positions of a log slider, equal ratios apart. */
export const LOG_POSITIONS = 100;

/** Where the value stands: the number itself, or on a log slider 0 to LOG_POSITIONS. */
export function position({ literal, low, high, step }: Slider): number {
  const value = number(literal);
  if (step !== null) return value;
  return (LOG_POSITIONS * Math.log(Math.max(value, low) / low)) / Math.log(high / low);
}

/** The Python number that belongs to a position. */
export function literalAt(slider: Slider, at: number): string {
  const { low, high, step, whole } = slider;
  let text: string;
  if (step === null) {
    const value = low * (high / low) ** (at / LOG_POSITIONS);
    text = String(whole ? Math.round(value) : Number(value.toPrecision(3)));
  } else {
    const places = Math.min(12, Math.max(decimals(step), decimals(low)));
    const value = low + Math.round((at - low) / step) * step;
    text = String(Number(Math.min(high, Math.max(low, value)).toFixed(places)));
  }
  // A number with a point stays one, so that Python's type does not change under the reader.
  return whole || /[.e]/.test(text) ? text : `${text}.0`;
}

function decimals(value: number): number {
  const [digits = "", exponent = "0"] = String(value).split("e");
  return Math.max(0, (digits.split(".")[1]?.length ?? 0) - Number(exponent));
}
