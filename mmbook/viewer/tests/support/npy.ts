/** Writes .npy files, well-formed or not. */

interface Fields {
  descr: string;
  shape: string;
  fortran?: "True" | "False";
  version?: 1 | 2;
}

export function npy(
  values: readonly number[],
  { descr, shape, fortran = "False", version = 1 }: Fields,
): Uint8Array {
  const wide = version === 2;
  const fixed = wide ? 12 : 10;
  const text = `{'descr': '${descr}', 'fortran_order': ${fortran}, 'shape': ${shape}, }`;
  const padded = text
    .padEnd(Math.ceil((fixed + text.length + 1) / 64) * 64 - fixed - 1)
    .concat("\n");
  const elements = descr === "<f8" ? Float64Array.from(values) : Float32Array.from(values);
  const bytes = new Uint8Array(fixed + padded.length + elements.byteLength);
  bytes.set([0x93, ...new TextEncoder().encode("NUMPY"), version, 0]);
  const view = new DataView(bytes.buffer);
  if (wide) view.setUint32(8, padded.length, true);
  else view.setUint16(8, padded.length, true);
  bytes.set(new TextEncoder().encode(padded), fixed);
  bytes.set(new Uint8Array(elements.buffer), fixed + padded.length);
  return bytes;
}
