/** Textures of floats that are drawn to; a spare one of each size is kept, for sums change places. */

/** A part of the sums, no larger than a texture. */
export interface SumTile {
  row: number;
  col: number;
  rows: number;
  cols: number;
  sum: WebGLTexture;
  /** After the epilog; null while there is none. */
  values: WebGLTexture | null;
}

type Size = Pick<SumTile, "rows" | "cols">;

export interface Targets {
  create(size: Size): WebGLTexture;
  /** A texture to draw the next sums to, with any contents. */
  spare(size: Size): WebGLTexture;
  /** Takes a texture back. */
  keep(size: Size, texture: WebGLTexture): void;
  /** Four numbers a row. */
  statistics(rows: number): WebGLTexture;
  /** Covers a texture with the program in use. */
  draw(texture: WebGLTexture, width: number, height: number): void;
  clear(texture: WebGLTexture): void;
  dispose(): void;
}

export function createTargets(gl: WebGL2RenderingContext): Targets {
  const framebuffer = gl.createFramebuffer();
  const spares = new Map<string, WebGLTexture>();
  const keyOf = ({ rows, cols }: Size): string => `${rows},${cols}`;

  const allocate = (format: number, { rows, cols }: Size): WebGLTexture => {
    const texture = gl.createTexture();
    // The unit of the averages is bound anew by everything that reads them.
    gl.activeTexture(gl.TEXTURE3);
    gl.bindTexture(gl.TEXTURE_2D, texture);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.NEAREST);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.NEAREST);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE);
    gl.texStorage2D(gl.TEXTURE_2D, 1, format, cols, rows);
    return texture;
  };

  const attach = (texture: WebGLTexture | null): void => {
    gl.bindFramebuffer(gl.FRAMEBUFFER, framebuffer);
    const { COLOR_ATTACHMENT0: colour, TEXTURE_2D: plane } = gl;
    gl.framebufferTexture2D(gl.FRAMEBUFFER, colour, plane, texture, 0);
  };

  return {
    create: (size) => allocate(gl.R32F, size),
    spare(size) {
      const key = keyOf(size);
      const kept = spares.get(key);
      spares.delete(key);
      return kept ?? allocate(gl.R32F, size);
    },
    keep(size, texture) {
      const key = keyOf(size);
      gl.deleteTexture(spares.get(key) ?? null);
      spares.set(key, texture);
    },
    statistics: (rows) => allocate(gl.RGBA32F, { rows, cols: 1 }),
    draw(texture, width, height) {
      attach(texture);
      gl.viewport(0, 0, width, height);
      gl.disable(gl.BLEND);
      gl.disable(gl.CULL_FACE);
      gl.drawArrays(gl.TRIANGLES, 0, 3);
    },
    clear(texture) {
      attach(texture);
      gl.clearBufferfv(gl.COLOR, 0, [0, 0, 0, 0]);
    },
    dispose() {
      for (const texture of spares.values()) gl.deleteTexture(texture);
      spares.clear();
      gl.deleteFramebuffer(framebuffer);
    },
  };
}
