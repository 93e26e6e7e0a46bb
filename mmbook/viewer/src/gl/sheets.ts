/** Draws what shows where a matrix stands even if its elements are zero: its sheet, frame and row guides. */
import type { Theme } from "../look.ts";
import { INKS } from "./appearance.ts";
import type { Gpu } from "./context.ts";
import type { SheetBatch, View } from "./frame.ts";
import { createProgram } from "./program.ts";
import { SHEET_ATTRIBUTES, SHEET_FRAGMENT, SHEET_VERTEX } from "./shaders/marks.ts";
import { axesOfMatrix, setSpace } from "./space.ts";

export interface Sheets {
  ready(): boolean;
  /**
   * @param guides strength of the guide lines, 0 to 1
   * @param line their width in device pixels
   */
  draw(batch: SheetBatch, view: View, theme: Theme, guides: number, line: number): void;
  dispose(): void;
}

export function createSheets(gpu: Gpu): Sheets {
  const { gl } = gpu;
  const program = createProgram(gpu, SHEET_VERTEX, SHEET_FRAGMENT, SHEET_ATTRIBUTES);
  return {
    ready: program.ready,
    draw({ drawn, count }, view, theme, guides, line) {
      const { ink, sheet, frame, guide } = INKS[theme];
      program.use();
      setSpace(gl, program, axesOfMatrix(drawn.placed), view);
      gl.uniform3f(program.uniform("uInk"), ...ink);
      gl.uniform3f(program.uniform("uStrength"), sheet, frame, guide * guides);
      gl.uniform1f(program.uniform("uOpacity"), drawn.opacity);
      gl.uniform1f(program.uniform("uLine"), line);
      gl.disable(gl.CULL_FACE);
      gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, count);
    },
    dispose: program.dispose,
  };
}
