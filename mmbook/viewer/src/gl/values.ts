/**
 * The values of matrices as R32F textures, read by texelFetch only. A matrix larger than the tile is
 * cut into tiles. Rows run along the texture's height.
 */
import type { Gpu } from "./context.ts";
import { UNITS } from "./elements.ts";

export interface Values {
  rows: number;
  cols: number;
  /** Row-major. */
  data: Float32Array;
}

export interface Tile {
  texture: WebGLTexture;
  row: number;
  col: number;
  rows: number;
  cols: number;
}

export interface ValueTextures {
  /** Replaces the matrices of these names and drops those that are no longer there. */
  set(matrices: ReadonlyMap<string, Values>): void;
  /** What was set under a name, or null. */
  get(name: string): Values | null;
  /** The tile that holds an element, uploaded at first use. */
  at(name: string, row: number, col: number): Tile | null;
  /** Counts the replacements of a name, so that what depends on it can be made again. */
  version(name: string): number;
  dispose(): void;
}

interface Entry {
  values: Values;
  version: number;
  tiles: Map<number, Tile>;
}

export function createValueTextures(gpu: Gpu): ValueTextures {
  const { gl, tile: side } = gpu;
  const entries = new Map<string, Entry>();
  let versions = 0;

  const drop = (entry: Entry): void => {
    for (const { texture } of entry.tiles.values()) gl.deleteTexture(texture);
  };

  const upload = ({ values }: Entry, row: number, col: number): Tile => {
    const rows = Math.min(side, values.rows - row);
    const cols = Math.min(side, values.cols - col);
    const texture = gl.createTexture();
    // Uploads come between other bindings: only the unit of the operands is free.
    gl.activeTexture(gl.TEXTURE0 + UNITS.left);
    gl.bindTexture(gl.TEXTURE_2D, texture);
    for (const [parameter, value] of [
      [gl.TEXTURE_MIN_FILTER, gl.NEAREST],
      [gl.TEXTURE_MAG_FILTER, gl.NEAREST],
      [gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE],
      [gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE],
    ] as const)
      gl.texParameteri(gl.TEXTURE_2D, parameter, value);
    gl.texStorage2D(gl.TEXTURE_2D, 1, gl.R32F, cols, rows);
    gl.pixelStorei(gl.UNPACK_ALIGNMENT, 4);
    gl.pixelStorei(gl.UNPACK_ROW_LENGTH, values.cols);
    gl.pixelStorei(gl.UNPACK_SKIP_PIXELS, col);
    gl.pixelStorei(gl.UNPACK_SKIP_ROWS, row);
    gl.texSubImage2D(gl.TEXTURE_2D, 0, 0, 0, cols, rows, gl.RED, gl.FLOAT, values.data);
    gl.pixelStorei(gl.UNPACK_ROW_LENGTH, 0);
    gl.pixelStorei(gl.UNPACK_SKIP_PIXELS, 0);
    gl.pixelStorei(gl.UNPACK_SKIP_ROWS, 0);
    return { texture, row, col, rows, cols };
  };

  return {
    set(matrices) {
      for (const [name, entry] of entries)
        if (matrices.get(name)?.data !== entry.values.data) {
          drop(entry);
          entries.delete(name);
        }
      for (const [name, values] of matrices)
        if (!entries.has(name))
          entries.set(name, { values, version: ++versions, tiles: new Map() });
    },
    get: (name) => entries.get(name)?.values ?? null,
    version: (name) => entries.get(name)?.version ?? 0,
    at(name, row, col) {
      const entry = entries.get(name);
      if (!entry) return null;
      const top = Math.floor(row / side);
      const left = Math.floor(col / side);
      const key = top * Math.ceil(entry.values.cols / side) + left;
      let tile = entry.tiles.get(key);
      if (!tile) {
        tile = upload(entry, top * side, left * side);
        entry.tiles.set(key, tile);
      }
      return tile;
    },
    dispose() {
      for (const entry of entries.values()) drop(entry);
      entries.clear();
    },
  };
}
