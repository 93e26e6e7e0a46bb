/** Numbers as a reader reads them: few significant digits, a true minus, no false zeros. */

const DIGITS = 4;

/** @param digits that count, 1 to 21 */
export function formatNumber(value: number, digits = DIGITS): string {
  if (Number.isNaN(value)) return "no value";
  if (value === Number.POSITIVE_INFINITY) return "∞";
  if (value === Number.NEGATIVE_INFINITY) return "−∞";
  if (value === 0) return "0";
  const size = Math.abs(value);
  const text =
    size >= 1e6 || size < 1e-4
      ? size
          .toExponential(digits - 1)
          .replace(
            /e([+-])(\d+)/,
            (_, sign: string, power: string) => `e${sign === "-" ? "−" : ""}${power}`,
          )
      : Number(size.toPrecision(digits)).toString();
  return value < 0 ? `−${text}` : text;
}
