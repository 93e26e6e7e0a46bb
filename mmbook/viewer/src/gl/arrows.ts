/** Draws the vanes of the flow arrows. */
import type { Vec3 } from "../layout.ts";
import { INKS, type Look } from "./appearance.ts";
import type { Gpu } from "./context.ts";
import type { Vane } from "./flow.ts";
import type { View } from "./frame.ts";
import { createProgram } from "./program.ts";
import { FLOW_ATTRIBUTES, FLOW_FRAGMENT, FLOW_VERTEX } from "./shaders/marks.ts";
import { setSpace, WORLD } from "./space.ts";

export interface Arrows {
  ready(): boolean;
  /** @param strength 0 to 1 */
  draw(vane: Vane, view: View, look: Look, strength: number): void;
  dispose(): void;
}

/** A vane of full strength is still glass. */
const GLASS = 0.5;

export function createArrows(gpu: Gpu): Arrows {
  const { gl } = gpu;
  const program = createProgram(gpu, FLOW_VERTEX, FLOW_FRAGMENT, FLOW_ATTRIBUTES);
  const array = gl.createVertexArray();
  const buffer = gl.createBuffer();
  gl.bindVertexArray(array);
  gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
  for (const location of [0, 1]) {
    gl.enableVertexAttribArray(location);
    gl.vertexAttribPointer(location, 3, gl.FLOAT, false, 24, 12 * location);
  }
  gl.bindVertexArray(null);

  const fromEye = (corner: Vec3, eye: Vec3): number[] => [
    corner[0] - eye[0],
    corner[1] - eye[1],
    corner[2] - eye[2],
  ];

  return {
    ready: program.ready,
    draw({ corners, from }, view, { theme }, strength) {
      const numbers = corners.flatMap((corner, n) => [
        ...fromEye(corner, view.eye),
        ...[0, 1, 2].map((m) => (m === n ? 1 : 0)),
      ]);
      program.use();
      setSpace(gl, program, WORLD, view);
      gl.uniform4f(program.uniform("uVane"), ...INKS[theme][from], GLASS * strength);
      gl.bindVertexArray(array);
      gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
      gl.bufferData(gl.ARRAY_BUFFER, Float32Array.from(numbers), gl.STREAM_DRAW);
      gl.disable(gl.CULL_FACE);
      gl.drawArrays(gl.TRIANGLES, 0, 3);
    },
    dispose() {
      program.dispose();
      gl.deleteVertexArray(array);
      gl.deleteBuffer(buffer);
    },
  };
}
