/**
 * Averages of what elements look like, for views in which an element is smaller than a pixel: an
 * RGBA8 texture of colour times covered part with all its coarser levels, made on the GPU from the
 * values. Matrices up to 1024 elements wide keep one texel an element, larger ones one for four.
 */
import type { Drawn } from "../layout.ts";
import { type Look, type Looks, setAppearance } from "./appearance.ts";
import type { Gpu } from "./context.ts";
import { bindValues, indexing, UNITS, type ValueSource } from "./elements.ts";
import type { Program } from "./program.ts";

export interface Pyramid {
  texture: WebGLTexture;
  row: number;
  col: number;
  rows: number;
  cols: number;
}

export interface Pyramids {
  /** The averages around element (row, col), made now unless they still hold. Changes the framebuffer. */
  at(drawn: Drawn, row: number, col: number): Pyramid | null;
  /** New looks: everything is to be made again. */
  invalidate(): void;
  /** Call once a frame: lets go of what has not been drawn for a while. */
  tidy(): void;
  dispose(): void;
}

interface Entry extends Pyramid {
  stamp: string;
  used: number;
}

const FINE = 1024;
const KEPT_FRAMES = 240;

export function createPyramids(
  gpu: Gpu,
  values: ValueSource,
  program: Program,
  looks: { now(): Looks; at(path: string): Look },
): Pyramids {
  const { gl } = gpu;
  const framebuffer = gl.createFramebuffer();
  const entries = new Map<string, Entry>();
  let generation = 0;
  let frame = 0;

  const merge = (rows: number, cols: number): number => (Math.max(rows, cols) > FINE ? 2 : 1);

  const allocate = (rows: number, cols: number): WebGLTexture => {
    const step = merge(rows, cols);
    const [height, width] = [Math.ceil(rows / step), Math.ceil(cols / step)];
    const texture = gl.createTexture();
    gl.activeTexture(gl.TEXTURE0 + UNITS.pyramid);
    gl.bindTexture(gl.TEXTURE_2D, texture);
    gl.texStorage2D(
      gl.TEXTURE_2D,
      Math.floor(Math.log2(Math.max(width, height))) + 1,
      gl.RGBA8,
      width,
      height,
    );
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR_MIPMAP_LINEAR);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.LINEAR);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE);
    if (gpu.anisotropy)
      gl.texParameterf(gl.TEXTURE_2D, gpu.anisotropy.parameter, Math.min(4, gpu.anisotropy.most));
    return texture;
  };

  const render = (entry: Entry, drawn: Drawn): boolean => {
    program.use();
    if (!bindValues(gl, program, values, indexing(drawn), entry.row, entry.col)) return false;
    const step = merge(entry.rows, entry.cols);
    setAppearance(gl, program, looks.at(drawn.placed.path), drawn);
    gl.uniform4i(program.uniform("uArea"), entry.row, entry.col, entry.rows, entry.cols);
    gl.uniform1i(program.uniform("uMerge"), step);
    gl.bindFramebuffer(gl.FRAMEBUFFER, framebuffer);
    gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, entry.texture, 0);
    gl.viewport(0, 0, Math.ceil(entry.cols / step), Math.ceil(entry.rows / step));
    gl.disable(gl.BLEND);
    gl.disable(gl.CULL_FACE);
    // A texture that is being drawn to must not be bound for reading.
    gl.activeTexture(gl.TEXTURE0 + UNITS.pyramid);
    gl.bindTexture(gl.TEXTURE_2D, null);
    gl.drawArrays(gl.TRIANGLES, 0, 3);
    gl.bindFramebuffer(gl.FRAMEBUFFER, null);
    gl.bindTexture(gl.TEXTURE_2D, entry.texture);
    gl.generateMipmap(gl.TEXTURE_2D);
    return true;
  };

  return {
    at(drawn, row, col) {
      const { placed, source, range } = drawn;
      const top = Math.floor(row / gpu.tile) * gpu.tile;
      const left = Math.floor(col / gpu.tile) * gpu.tile;
      const rows = Math.min(gpu.tile, placed.rows - top);
      const cols = Math.min(gpu.tile, placed.cols - left);
      const { left: l, right: r, base } = indexing(drawn);
      const names = source.kind === "product" ? `${source.alg} ${placed.path} ${l} ${r}` : l;
      const { all, at } = looks.now();
      const look = all.indexOf(at(placed.path));
      const key = JSON.stringify([names, look, top, left, rows, cols]);
      const stamp = [
        generation,
        range.lo,
        range.hi,
        values.version(l),
        r && values.version(r),
        ...base,
      ];
      let entry = entries.get(key);
      if (!entry) {
        const texture = allocate(rows, cols);
        entry = { texture, row: top, col: left, rows, cols, stamp: "", used: frame };
        entries.set(key, entry);
      }
      entry.used = frame;
      if (entry.stamp !== stamp.join()) {
        if (!render(entry, drawn)) return null;
        entry.stamp = stamp.join();
      }
      return entry;
    },
    invalidate() {
      generation++;
    },
    tidy() {
      frame++;
      for (const [key, entry] of entries)
        if (frame - entry.used > KEPT_FRAMES) {
          gl.deleteTexture(entry.texture);
          entries.delete(key);
        }
    },
    dispose() {
      for (const { texture } of entries.values()) gl.deleteTexture(texture);
      entries.clear();
      gl.deleteFramebuffer(framebuffer);
    },
  };
}
