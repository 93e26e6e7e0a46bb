/** Colour tables on the GPU: one texture for each look that occurs. */
import type { Look } from "./appearance.ts";
import { UNITS } from "./elements.ts";

export interface Tables {
  set(looks: readonly Look[]): void;
  /** What is drawn next takes its colours from this table. */
  bind(look: Look): void;
  dispose(): void;
}

export function createTables(gl: WebGL2RenderingContext): Tables {
  const textures = new Map<Look, WebGLTexture>();

  const dispose = (): void => {
    for (const texture of textures.values()) gl.deleteTexture(texture);
    textures.clear();
  };

  return {
    set(looks) {
      dispose();
      gl.activeTexture(gl.TEXTURE0 + UNITS.look);
      for (const look of looks) {
        const texture = gl.createTexture();
        gl.bindTexture(gl.TEXTURE_2D, texture);
        gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.NEAREST);
        gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.NEAREST);
        const { lookup } = look;
        const width = lookup.length / 4;
        gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA8, width, 1, 0, gl.RGBA, gl.UNSIGNED_BYTE, lookup);
        textures.set(look, texture);
      }
    },
    bind(look) {
      gl.activeTexture(gl.TEXTURE0 + UNITS.look);
      gl.bindTexture(gl.TEXTURE_2D, textures.get(look) ?? null);
    },
    dispose,
  };
}
