/** Levels of a quantized matrix as one line of numbers. */
import { SettingsError } from "../errors.ts";

export function levelsWritten(values: readonly number[]): string[] {
  // Without entries: what stands where nothing is given.
  return Array.isArray(values) ? [values.map((value) => `${value}`).join(" ")] : [];
}

/** @throws SettingsError for what are no levels */
export function levelsRead(lines: readonly string[]): number[] {
  const words = lines
    .join(" ")
    .split(/[\s,;]+/)
    .filter(Boolean);
  const values = words.map(Number);
  const ascend = values.every((value, at) => at === 0 || value > (values[at - 1] as number));
  const inside = values.every((value) => value >= -1 && value <= 1);
  if (words.length > 0 && (values.length < 2 || values.length > 16 || !ascend || !inside)) {
    throw new SettingsError("no levels", {
      given: words.join(" "),
      possible: "2 to 16 numbers from -1 to 1, in ascending order",
    });
  }
  return values;
}
