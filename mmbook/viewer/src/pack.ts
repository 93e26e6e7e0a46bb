/** Packs: the .npz files of numpy, one matrix an entry, read into memory. */
import { unzipSync } from "fflate";
import { PackError } from "./errors.ts";
import { type NpyArray, readNpy } from "./pack/npy.ts";

export type { NpyArray } from "./pack/npy.ts";

/** The most that a pack may inflate to; mmbook/pack.py writes and reads no more. */
export const MAX_BYTES = 256 * 1024 * 1024;

/** Deflate cannot shrink anything by more. */
const DENSEST = 1032;
const ARRAY = /\.npy$/;
/** Where the values come from; of no use to the viewer. */
const ABOUT = "about.json";

/**
 * Read every matrix of a pack. `where` names the pack in errors. Throws `PackError` when the file
 * is damaged, too large, or holds anything but matrices of plain numbers.
 */
export function readPack(
  bytes: Uint8Array,
  where: string,
  { maxBytes = MAX_BYTES } = {},
): Map<string, NpyArray> {
  const matrices = new Map<string, NpyArray>();
  for (const [file, content] of unzipped(bytes, where, maxBytes)) {
    if (file === ABOUT) continue;
    if (!ARRAY.test(file)) {
      throw new PackError("an entry that is no .npy array", { where, given: file });
    }
    const name = file.replace(ARRAY, "");
    matrices.set(name, readNpy(content, `${where}, ${name}`));
  }
  return matrices;
}

/** The files of an archive; sizes are judged by its directory, before anything is unpacked. */
function unzipped(bytes: Uint8Array, where: string, maxBytes: number): [string, Uint8Array][] {
  let total = 0;
  const filter = ({ originalSize }: { originalSize: number }) => {
    if (originalSize > bytes.length * DENSEST) throw new Error("an impossible size");
    total += originalSize;
    return total <= maxBytes;
  };
  try {
    const files = Object.entries(unzipSync(bytes, { filter }));
    if (total <= maxBytes) return files;
  } catch (cause) {
    throw new PackError("not a whole .npz file", {
      where,
      given: `${bytes.length} bytes`,
      remedy: "Load the page again; if that does not help, the site must be built again.",
      cause,
    });
  }
  throw new PackError("more than a figure can hold", {
    where,
    given: `${total} bytes`,
    possible: `up to ${maxBytes} bytes`,
  });
}
