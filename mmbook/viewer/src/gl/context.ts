/** A WebGL2 context and what it can do. */
export interface Gpu {
  gl: WebGL2RenderingContext;
  /** Side of a value texture. */
  tile: number;
  /** Lets a program be built without blocking the page. */
  parallel: { COMPLETION_STATUS_KHR: number } | null;
  /** Textures of floats can be drawn to. */
  floats: boolean;
  anisotropy: { parameter: number; most: number } | null;
}

/** Every WebGL2 device has textures of this side. */
const TILE = 2048;

/** @returns null where there is no WebGL2 */
export const openContext = (canvas: HTMLCanvasElement): WebGL2RenderingContext | null =>
  canvas.getContext("webgl2", {
    alpha: true,
    premultipliedAlpha: true,
    antialias: false,
    depth: false,
    stencil: false,
    powerPreference: "high-performance",
  });

/** Call anew after a context was restored: extensions do not survive. */
export function capabilities(gl: WebGL2RenderingContext): Gpu {
  const anisotropic = gl.getExtension("EXT_texture_filter_anisotropic");
  return {
    gl,
    tile: TILE,
    parallel: gl.getExtension("KHR_parallel_shader_compile") as Gpu["parallel"],
    floats: gl.getExtension("EXT_color_buffer_float") !== null,
    anisotropy: anisotropic && {
      parameter: anisotropic.TEXTURE_MAX_ANISOTROPY_EXT,
      most: gl.getParameter(anisotropic.MAX_TEXTURE_MAX_ANISOTROPY_EXT) as number,
    },
  };
}
