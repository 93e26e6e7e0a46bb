/** Draws elements: boxes of a matrix, near as spheres, far as averages. */
import { normalize } from "../camera/vector.ts";
import type { Drawn, Vec3 } from "../layout.ts";
import { type Colour, INKS, type Look, setAppearance } from "./appearance.ts";
import type { Gpu } from "./context.ts";
import { bindValues, indexing, UNITS, type ValueSource } from "./elements.ts";
import type { ElementBatch, View } from "./frame.ts";
import { createProgram, type Program } from "./program.ts";
import type { Pyramid } from "./pyramids.ts";
import { BOX_ATTRIBUTES, BOX_VERTEX } from "./shaders/box.ts";
import { FAR_FRAGMENT, NEAR_FRAGMENT } from "./shaders/programs.ts";
import { axesOfMatrix, type Frame3, handedness, inAxes, setSpace } from "./space.ts";

export interface Boxes {
  ready(): boolean;
  /** @param pyramid needed for far boxes and for near ones that fade */
  draw(batch: ElementBatch, pyramid: Pyramid | null, view: View, look: Look): void;
  dispose(): void;
}

/** Corner n of the box has bit 0 of n as x, bit 1 as y, bit 2 as z; faces wind outward in a right-handed frame. */
const FACES = [
  [0, 2, 3, 1],
  [4, 5, 7, 6],
  [0, 1, 5, 4],
  [2, 6, 7, 3],
  [0, 4, 6, 2],
  [1, 3, 7, 5],
] as const;
const INDICES = Uint8Array.from(FACES.flatMap(([a, b, c, d]) => [a, b, c, a, c, d]));

/** Toward the light: right, up, toward the reader. It goes with the camera, so no view is dim. */
const LIGHT = normalize([-0.42, 0.62, 0.66]);
/** How far one sample of the averages may be stretched where the device cannot do it well. */
const STRETCH = 3;

/** The table's colour for half of the largest magnitude, as the far picture needs it; 0 to 1. */
function middling(lookup: Uint8Array, sign: 1 | -1): Colour {
  const at = 4 * Math.floor((lookup.length / 8) * (1 + sign / 2));
  const [r = 0, g = 0, b = 0] = lookup.subarray(at, at + 3);
  return [r / 255, g / 255, b / 255];
}

export function createBoxes(gpu: Gpu, values: ValueSource, array: WebGLVertexArrayObject): Boxes {
  const { gl } = gpu;
  const programs = {
    near: createProgram(gpu, BOX_VERTEX, NEAR_FRAGMENT, BOX_ATTRIBUTES),
    far: createProgram(gpu, BOX_VERTEX, FAR_FRAGMENT, BOX_ATTRIBUTES),
  };
  const indices = gl.createBuffer();
  gl.bindVertexArray(array);
  gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, indices);
  gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, INDICES, gl.STATIC_DRAW);
  gl.bindVertexArray(null);

  const setFar = (
    program: Program,
    pyramid: Pyramid | null,
    { lookup }: Look,
    { paint, range }: Drawn,
  ): void => {
    gl.activeTexture(gl.TEXTURE0 + UNITS.pyramid);
    gl.bindTexture(gl.TEXTURE_2D, pyramid?.texture ?? null);
    gl.uniform1i(program.uniform("uPyramid"), UNITS.pyramid);
    gl.uniform1f(program.uniform("uStretch"), gpu.anisotropy ? 4 : STRETCH);
    // Levels have no signs of which one could prevail. The grey of no value leans to one of them, and
    // must not be brought out as if it were numbers.
    const signed = !paint && !range.gaps;
    gl.uniform3f(program.uniform("uNegative"), ...middling(lookup, signed ? -1 : 1));
    gl.uniform3f(program.uniform("uPositive"), ...middling(lookup, 1));
    if (pyramid)
      gl.uniform4f(
        program.uniform("uPyramidArea"),
        pyramid.col,
        pyramid.row,
        1 / pyramid.cols,
        1 / pyramid.rows,
      );
  };

  const setLight = (program: Program, axes: Frame3, view: View): void => {
    const { right, up, forward } = view.axes;
    const world = ([0, 1, 2] as const).map(
      (i) => LIGHT[0] * right[i] + LIGHT[1] * up[i] - LIGHT[2] * forward[i],
    );
    const toward: Vec3 = [world[0] ?? 0, world[1] ?? 0, world[2] ?? 0];
    gl.uniform3f(program.uniform("uLight"), ...normalize(inAxes(axes, toward)));
    gl.uniform1f(program.uniform("uFacing"), LIGHT[2]);
  };

  const setHighlight = (program: Program, { highlight }: Drawn, look: Look): void => {
    const { rows, cols } = highlight ?? { rows: [0, 0], cols: [0, 0] };
    gl.uniform4i(program.uniform("uHighlight"), rows[0], rows[1], cols[0], cols[1]);
    gl.uniform4f(program.uniform("uHighlightInk"), ...INKS[look.theme].highlight);
  };

  return {
    ready: () => programs.near.ready() && programs.far.ready(),
    draw(batch, pyramid, view, look) {
      if (batch.kind === "far" && !pyramid) return;
      const { drawn } = batch;
      const axes = axesOfMatrix(drawn.placed);
      const program = programs[batch.kind];
      program.use();
      setSpace(gl, program, axes, view);
      setHighlight(program, drawn, look);
      setFar(program, pyramid, look, drawn);
      gl.uniform1f(program.uniform("uOpacity"), drawn.opacity);
      if (batch.kind === "near") {
        const index = indexing(drawn);
        if (!bindValues(gl, program, values, index, batch.row, batch.col)) return;
        setAppearance(gl, program, look, drawn);
        setLight(program, axes, view);
        gl.uniform1i(program.uniform("uFade"), batch.fade && pyramid ? 1 : 0);
      }
      gl.enable(gl.CULL_FACE);
      gl.cullFace(handedness(axes) > 0 ? gl.FRONT : gl.BACK);
      gl.drawElementsInstanced(gl.TRIANGLES, INDICES.length, gl.UNSIGNED_BYTE, 0, batch.count);
    },
    dispose() {
      programs.near.dispose();
      programs.far.dispose();
      gl.deleteBuffer(indices);
    },
  };
}
