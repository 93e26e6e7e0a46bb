/** Packs: the .npz files of numpy, one matrix an entry, read into memory. */
import { unzipSync } from "fflate";
import { PackError } from "./errors.ts";
import { readNpy } from "./pack/npy.ts";

export type { NpyArray } from "./pack/npy.ts";

/** Elements of all matrices together; more than a figure can show. */
export const MAX_ELEMENTS = 2 ** 26;

const WIDEST = 8;
const HEADER = 1024;

/**
 * Read every matrix of a pack. `where` names the pack in errors. Throws `PackError` when the file
 * is damaged, too large, or holds anything but matrices of plain numbers.
 */
export function readPack(
  bytes: Uint8Array,
  where: string,
  { maxElements = MAX_ELEMENTS } = {},
): Map<string, { shape: readonly [number, number]; data: Float32Array }> {
  const most = maxElements * WIDEST + HEADER;
  let total = 0;
  let tooLarge = false;
  const entries = unzipped(bytes, where, (size) => {
    total += size;
    tooLarge ||= total > most;
    return !tooLarge;
  });
  const refuse = (elements: number | string): never => {
    throw new PackError("more elements than a figure can hold", {
      where,
      given: elements,
      possible: `up to ${maxElements}`,
    });
  };
  if (tooLarge) refuse(`${total} bytes`);
  let elements = 0;
  const matrices = new Map<string, { shape: readonly [number, number]; data: Float32Array }>();
  for (const [file, content] of Object.entries(entries)) {
    const name = file.replace(/\.npy$/, "");
    if (name === file) {
      throw new PackError("an entry that is no .npy array", { where, given: file });
    }
    const array = readNpy(content, `${where}, ${name}`);
    elements += array.data.length;
    if (elements > maxElements) refuse(elements);
    matrices.set(name, array);
  }
  return matrices;
}

function unzipped(
  bytes: Uint8Array,
  where: string,
  wanted: (size: number) => boolean,
): Record<string, Uint8Array> {
  try {
    return unzipSync(bytes, { filter: ({ originalSize }) => wanted(originalSize) });
  } catch (cause) {
    throw new PackError("not a whole .npz file", {
      where,
      given: `${bytes.length} bytes`,
      remedy: "Load the page again; if that does not help, the site must be built again.",
      cause,
    });
  }
}
