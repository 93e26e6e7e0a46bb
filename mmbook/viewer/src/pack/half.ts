/** Half precision (IEEE 754 binary16): 1 bit of sign, 5 of exponent, 10 of fraction. */

let table: Float32Array | null = null;

/** The numbers whose bits are given; exact, since every half is a float32. */
export function fromHalf(bits: Uint16Array): Float32Array {
  table ??= Float32Array.from({ length: 0x10000 }, (_, half) => decoded(half));
  const values = new Float32Array(bits.length);
  for (let at = 0; at < bits.length; at += 1) values[at] = table[bits[at] ?? 0] ?? Number.NaN;
  return values;
}

function decoded(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0x1f) return fraction ? Number.NaN : sign * Infinity;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
