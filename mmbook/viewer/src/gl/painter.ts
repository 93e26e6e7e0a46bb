/** Everything that lives as long as one context: textures, programs, buffers; it paints frames. */
import type { PartialSum } from "../layout.ts";
import type { Look, Looks } from "./appearance.ts";
import { createArrows } from "./arrows.ts";
import { createBoxes } from "./boxes.ts";
import { capabilities } from "./context.ts";
import type { ValueSource } from "./elements.ts";
import type { Batch, Frame, View } from "./frame.ts";
import { STRIDE } from "./frame.ts";
import { createProgram } from "./program.ts";
import { createPyramids, type Pyramid } from "./pyramids.ts";
import { COVER_VERTEX, PYRAMID_FRAGMENT } from "./shaders/programs.ts";
import { createSheets } from "./sheets.ts";
import { createSums } from "./sums.ts";
import { createTables } from "./tables.ts";
import { createValueTextures, type Values } from "./values.ts";

export interface Strengths {
  /** Of the matrix at a path. */
  guides: (path: string) => number;
  axes: boolean;
  /** Width of a line in device pixels. */
  line: number;
}

export interface Painter {
  /** Side of a value texture. */
  readonly side: number;
  /** Whether painting would not wait for the driver to build programs. */
  ready(): boolean;
  setMatrices(matrices: ReadonlyMap<string, Values>): void;
  setLooks(looks: Looks): void;
  paint(frame: Frame, view: View, strengths: Strengths): void;
  dispose(): void;
}

export function createPainter(gl: WebGL2RenderingContext): Painter {
  const gpu = capabilities(gl);
  const values = createValueTextures(gpu);
  const array = gl.createVertexArray();
  const sums = createSums(gpu, values);
  const named: ValueSource = {
    at: (name, row, col) => values.at(name, row, col) ?? sums.at(name, row, col),
    version: (name) => values.version(name) || sums.version(name),
  };
  const boxes = createBoxes(gpu, named, array);
  const sheets = createSheets(gpu);
  const arrows = createArrows(gpu);
  const averaging = createProgram(gpu, COVER_VERTEX, PYRAMID_FRAGMENT);
  const instances = gl.createBuffer();
  const tables = createTables(gl);
  let looks: Looks | null = null;

  const currentLooks = (): Looks => {
    if (!looks) throw new Error("setLooks comes before the first frame");
    return looks;
  };
  /** The look of a matrix, with its table bound. */
  const lookAt = (path: string): Look => {
    const look = currentLooks().at(path);
    tables.bind(look);
    return look;
  };
  const pyramids = createPyramids(gpu, named, averaging, { now: currentLooks, at: lookAt });

  gl.bindVertexArray(array);
  for (const location of [0, 1, 2]) {
    gl.enableVertexAttribArray(location);
    gl.vertexAttribDivisor(location, 1);
  }
  gl.bindVertexArray(null);

  /** Instances start where the batch's do. */
  const point = (first: number): void => {
    gl.bindVertexArray(array);
    gl.bindBuffer(gl.ARRAY_BUFFER, instances);
    for (const location of [0, 1, 2]) {
      const offset = 4 * (STRIDE * first + 4 * location);
      gl.vertexAttribPointer(location, 4, gl.FLOAT, false, 4 * STRIDE, offset);
    }
  };

  const pyramidOf = (batch: Batch): Pyramid | null =>
    batch.kind === "far" || (batch.kind === "near" && batch.fade)
      ? pyramids.at(batch.drawn, batch.row, batch.col)
      : null;

  const clear = ({ width, height, corner: [left, bottom] = [0, 0] }: View): void => {
    gl.bindFramebuffer(gl.FRAMEBUFFER, null);
    gl.viewport(left, bottom, width, height);
    gl.enable(gl.SCISSOR_TEST);
    gl.scissor(left, bottom, width, height);
    gl.clearColor(0, 0, 0, 0);
    gl.clear(gl.COLOR_BUFFER_BIT);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
  };

  return {
    side: gpu.tile,
    ready: () => boxes.ready() && sheets.ready() && arrows.ready() && averaging.ready(),
    setMatrices: values.set,
    setLooks(next) {
      looks = next;
      pyramids.invalidate();
      tables.set(next.all);
    },
    paint(frame, view, { guides, axes, line }) {
      const { theme } = currentLooks();
      // Sums and averages first: making them changes the target.
      gl.bindVertexArray(null);
      sums.make(partialSums(frame));
      const averages = frame.batches.map(pyramidOf);
      pyramids.tidy();
      clear(view);
      if (axes) arrows.drawAxes(view, line);
      gl.bindBuffer(gl.ARRAY_BUFFER, instances);
      gl.bufferData(gl.ARRAY_BUFFER, frame.instances, gl.STREAM_DRAW);
      frame.batches.forEach((batch, n) => {
        if (batch.kind === "vane") {
          arrows.draw(batch, view, theme);
          return;
        }
        if (batch.kind === "stroke") {
          arrows.drawStroke(batch, view, theme, line);
          return;
        }
        point(batch.first);
        const { path } = batch.drawn.placed;
        if (batch.kind === "sheet") sheets.draw(batch, view, theme, guides(path), line);
        else boxes.draw(batch, averages[n] ?? null, view, lookAt(path));
      });
      gl.bindVertexArray(null);
      gl.disable(gl.SCISSOR_TEST);
    },
    dispose() {
      for (const part of [values, sums, boxes, sheets, arrows, averaging, pyramids, tables])
        part.dispose();
      gl.deleteVertexArray(array);
      gl.deleteBuffer(instances);
    },
  };
}

function partialSums({ batches }: Frame): ReadonlySet<PartialSum> {
  const sources = new Set<PartialSum>();
  for (const batch of batches)
    if ("drawn" in batch && batch.drawn.source.kind === "partial") sources.add(batch.drawn.source);
  return sources;
}
