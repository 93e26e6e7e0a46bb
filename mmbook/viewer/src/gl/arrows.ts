/** Draws loose triangles with soft edges: the vanes of the flow arrows, lines, and the world's axes. */
import { cross, normalize, scale, subtract } from "../camera/vector.ts";
import type { Stroke } from "../highlight/strokes.ts";
import type { Vec3 } from "../layout.ts";
import type { Theme } from "../look.ts";
import { type Colour, INKS } from "./appearance.ts";
import type { Gpu } from "./context.ts";
import type { Vane } from "./flow.ts";
import type { View } from "./frame.ts";
import { createProgram } from "./program.ts";
import { FLOW_ATTRIBUTES, FLOW_FRAGMENT, FLOW_VERTEX } from "./shaders/marks.ts";
import { setSpace, WORLD } from "./space.ts";
import { ribbons } from "./strokes.ts";

export interface Arrows {
  ready(): boolean;
  draw(vane: Vane, view: View, theme: Theme): void;
  /** @param line width of a thin line in device pixels */
  drawStroke(stroke: Stroke, view: View, theme: Theme, line: number): void;
  /** x red, y green, z blue. @param line width in device pixels */
  drawAxes(view: View, line: number): void;
  dispose(): void;
}

/** A vane of full strength is still glass. */
export const GLASS = 0.5;

/** Two triangles of a ribbon's corners: the sides of its beginning, the sides of its end. */
const QUAD = [0, 1, 2, 2, 1, 3] as const;

/** Length of the world's axes. */
const AXIS = 128;
export const AXES: readonly { end: Vec3; colour: Colour }[] = [
  { end: [AXIS, 0, 0], colour: [0.86, 0.22, 0.2] },
  { end: [0, AXIS, 0], colour: [0.15, 0.62, 0.26] },
  { end: [0, 0, AXIS], colour: [0.2, 0.42, 0.9] },
];

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

  /** @param numbers corners from the eye and their weights, six numbers each */
  const paint = (
    mode: number,
    numbers: readonly number[],
    view: View,
    colour: readonly [...Colour, number],
  ): void => {
    program.use();
    setSpace(gl, program, WORLD, view);
    gl.uniform4f(program.uniform("uVane"), ...colour);
    gl.bindVertexArray(array);
    gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
    gl.bufferData(gl.ARRAY_BUFFER, Float32Array.from(numbers), gl.STREAM_DRAW);
    gl.disable(gl.CULL_FACE);
    gl.drawArrays(mode, 0, numbers.length / 6);
  };

  return {
    ready: program.ready,
    draw({ corners, from, size }, view, theme) {
      const numbers = corners.flatMap((corner, n) => [
        ...subtract(corner, view.eye),
        ...[0, 1, 2].map((m) => (m === n ? 1 : 0)),
      ]);
      paint(gl.TRIANGLES, numbers, view, [...INKS[theme][from], GLASS * size]);
    },
    drawStroke(stroke, view, theme, line) {
      for (const { quads, colour } of ribbons(stroke, view, theme, line)) {
        const numbers = quads.flatMap((corners) =>
          QUAD.flatMap((n) => [...(corners[n] ?? [0, 0, 0]), ...(n % 2 ? [1, 0, 1] : [0, 1, 1])]),
        );
        paint(gl.TRIANGLES, numbers, view, colour);
      }
    },
    drawAxes(view, line) {
      const origin = scale(view.eye, -1);
      for (const { end, colour } of AXES) {
        const numbers = [origin, subtract(end, view.eye)].flatMap((point) => {
          // A ribbon that faces the eye, as wide everywhere as the line and its soft edges.
          const half = ((line + 1) * view.tangent * Math.hypot(...point)) / view.height;
          const [x, y, z] = scale(normalize(cross(end, point)), half);
          const [px, py, pz] = point;
          return [px - x, py - y, pz - z, 0, 1, 1, px + x, py + y, pz + z, 1, 0, 1];
        });
        paint(gl.TRIANGLE_STRIP, numbers, view, [...colour, 0.9]);
      }
    },
    dispose() {
      program.dispose();
      gl.deleteVertexArray(array);
      gl.deleteBuffer(buffer);
    },
  };
}
