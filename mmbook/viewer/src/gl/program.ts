/** One linked program: built without waiting where the browser can, its uniforms found by name. */
import type { Gpu } from "./context.ts";

export interface Program {
  /** Ready without blocking the page. */
  ready(): boolean;
  /** Makes it current; waits for the build if it must. @throws Error with the compiler's log */
  use(): void;
  uniform(name: string): WebGLUniformLocation | null;
  dispose(): void;
}

export function createProgram(
  gpu: Gpu,
  vertex: string,
  fragment: string,
  attributes: readonly string[] = [],
): Program {
  const { gl, parallel } = gpu;
  const program = gl.createProgram();
  const shaders = [
    [gl.VERTEX_SHADER, vertex],
    [gl.FRAGMENT_SHADER, fragment],
  ].map(([kind, source]) => {
    const shader = gl.createShader(kind as number);
    if (shader) {
      gl.shaderSource(shader, `#version 300 es\n${source}`);
      gl.compileShader(shader);
      gl.attachShader(program, shader);
    }
    return shader;
  });
  attributes.forEach((name, index) => {
    gl.bindAttribLocation(program, index, name);
  });
  gl.linkProgram(program);

  const locations = new Map<string, WebGLUniformLocation | null>();
  let checked = false;

  const check = (): void => {
    checked = true;
    if (gl.isContextLost() || gl.getProgramParameter(program, gl.LINK_STATUS)) return;
    const logs = shaders.map((shader) => shader && gl.getShaderInfoLog(shader));
    throw new Error(`The graphics driver refused a program: ${logs.join(" ").trim()}`);
  };

  return {
    ready: () =>
      checked ||
      parallel === null ||
      gl.isContextLost() ||
      gl.getProgramParameter(program, parallel.COMPLETION_STATUS_KHR) === true,
    use() {
      if (!checked) check();
      gl.useProgram(program);
    },
    uniform(name) {
      const known = locations.get(name);
      if (known !== undefined) return known;
      const found = gl.getUniformLocation(program, name);
      locations.set(name, found);
      return found;
    },
    dispose() {
      for (const shader of shaders) gl.deleteShader(shader);
      gl.deleteProgram(program);
    },
  };
}
