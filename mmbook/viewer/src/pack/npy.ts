/** The .npy format: a short header, then the elements of one array. */
import { PackError } from "../errors.ts";
import { fromHalf } from "./half.ts";

export interface NpyArray {
  shape: readonly [number, number];
  /** Row after row, whatever the order in the file. */
  data: Float32Array;
}

interface Header {
  descr: string;
  fortran: boolean;
  shape: readonly [number, number];
  /** First byte of the elements. */
  start: number;
}

interface ElementType {
  bytes: number;
  read(buffer: ArrayBuffer): Float32Array;
}

/** Little-endian, as is every machine that shows pages. */
const TYPES: Readonly<Record<string, ElementType>> = {
  "<f2": { bytes: 2, read: (buffer) => fromHalf(new Uint16Array(buffer)) },
  "<f4": { bytes: 4, read: (buffer) => new Float32Array(buffer) },
  "<f8": { bytes: 8, read: (buffer) => Float32Array.from(new Float64Array(buffer)) },
};

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

/** The matrix in `bytes`; `where` names it in errors. Throws `PackError` on anything else. */
export function readNpy(bytes: Uint8Array, where: string): NpyArray {
  const { descr, fortran, shape, start } = readHeader(bytes, where);
  const type = Object.hasOwn(TYPES, descr) ? TYPES[descr] : undefined;
  if (!type) {
    throw new PackError(descr.includes("O") ? "pickled objects" : "elements of another type", {
      where,
      given: descr,
      possible: "float16, float32 and float64, little-endian",
    });
  }
  const [rows, cols] = shape;
  const expected = rows * cols * type.bytes;
  if (bytes.length - start !== expected) {
    throw new PackError(
      bytes.length - start < expected ? "cut short" : "longer than its shape says",
      {
        where,
        given: `${bytes.length - start} bytes`,
        possible: `${expected} bytes for ${rows}×${cols}`,
      },
    );
  }
  // A copy: the elements may start at any byte of the file.
  const data = type.read(bytes.slice(start).buffer);
  return { shape, data: fortran ? transposed(data, rows, cols) : data };
}

function readHeader(bytes: Uint8Array, where: string): Header {
  const damaged = (given: unknown) =>
    new PackError("not an .npy array, or a damaged one", { where, given });
  const major = bytes[6] ?? 0;
  const wide = major >= 2;
  const textStart = wide ? 12 : 10;
  if (bytes.length < textStart || MAGIC.some((byte, at) => bytes[at] !== byte)) {
    throw damaged(`${bytes.length} bytes`);
  }
  if (major < 1 || major > 3) throw damaged(`format version ${major}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const length = wide ? view.getUint32(8, true) : view.getUint16(8, true);
  const start = textStart + length;
  if (start > bytes.length) throw damaged("a header that is cut short");
  const text = new TextDecoder().decode(bytes.subarray(textStart, start));
  const descr = /'descr':\s*(?:'([^']*)'|(\[))/.exec(text);
  const fortran = /'fortran_order':\s*(True|False)/.exec(text);
  const shape = /'shape':\s*\(([^)]*)\)/.exec(text);
  if (!descr || !fortran || !shape) throw damaged(text.trim());
  const sizes = (shape[1] ?? "").split(",").filter((part) => part.trim() !== "");
  const [rows, cols, more] = sizes.map(Number);
  if (rows === undefined || cols === undefined || more !== undefined || !(rows > 0 && cols > 0)) {
    throw new PackError("not a matrix", {
      where,
      given: `shape (${sizes.map((part) => part.trim()).join(", ")})`,
      possible: "two axes, each of at least one element",
    });
  }
  return {
    descr: descr[1] ?? "a record",
    fortran: fortran[1] === "True",
    shape: [rows, cols],
    start,
  };
}

function transposed(data: Float32Array, rows: number, cols: number): Float32Array {
  const result = new Float32Array(data.length);
  for (let row = 0; row < rows; row += 1) {
    for (let col = 0; col < cols; col += 1) {
      result[row * cols + col] = data[col * rows + row] ?? Number.NaN;
    }
  }
  return result;
}
