/** The matrices as numpy's `.npz`, float32. */
import { strToU8, zipSync } from "fflate";
import type { Matrix } from "../scene.ts";

export function zipped(matrices: Iterable<Matrix>): Uint8Array {
  const files: Record<string, Uint8Array> = {};
  // A slash in a name would be a folder.
  for (const matrix of matrices) files[`${matrix.name.replaceAll("/", "∕")}.npy`] = npy(matrix);
  return zipSync(files);
}

function npy({ rows, cols, data }: Pick<Matrix, "rows" | "cols" | "data">): Uint8Array {
  const header = `{'descr': '<f4', 'fortran_order': False, 'shape': (${rows}, ${cols}), }`;
  const length = Math.ceil((10 + header.length + 1) / 64) * 64;
  const bytes = new Uint8Array(length + 4 * data.length);
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0]);
  const view = new DataView(bytes.buffer);
  view.setUint16(8, length - 10, true);
  bytes.set(strToU8(`${header.padEnd(length - 11)}\n`), 10);
  data.forEach((value, at) => {
    view.setFloat32(length + 4 * at, value, true);
  });
  return bytes;
}
