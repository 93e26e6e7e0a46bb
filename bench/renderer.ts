/** Times frames of two scenes side by side; called from renderer.py through `window.bench`. */
import { Camera } from "../mmbook/viewer/src/camera.ts";
import { looksOf } from "../mmbook/viewer/src/gl/appearance.ts";
import { createRenderer, type Renderer } from "../mmbook/viewer/src/gl/renderer.ts";
import { type Drawn, layout } from "../mmbook/viewer/src/layout.ts";
import type { Node } from "../mmbook/viewer/src/scene.ts";
import { layoutDefaults, lookDefaults, markDefaults } from "../mmbook/viewer/src/settings.ts";

interface Scene {
  canvas: HTMLCanvasElement;
  camera: Camera;
  renderer: Renderer;
  drawn: Drawn[];
  boxes: { min: readonly [number, number, number]; max: readonly [number, number, number] };
}

const MARKS = { at: () => ({ row_guides: 0.6 }), axes: false, arrows: [] };

function values(side: number): Float32Array {
  let seed = 1;
  return Float32Array.from({ length: side * side }, () => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return seed / 2 ** 31 - 1;
  });
}

/** A product of two square matrices: three matrices of side² elements. */
function scene(side: number): Scene {
  const canvas = document.createElement("canvas");
  canvas.style.cssText = "display:block;width:1280px;height:720px";
  document.body.append(canvas);
  const common = { rows: side, cols: side, rowLabels: null, colLabels: null };
  const leaf = (path: string, name: string): Node => ({ ...common, path, name, role: "leaf" });
  const [left, right] = [leaf("left", "L"), leaf("right", "R")];
  const operands = { depth: side, epilog: "none", left, right };
  const tree: Node = { ...common, path: "root", name: "C", role: "result", ...operands };
  const { placed, cubes, bounds } = layout(tree, { layout: layoutDefaults, results: new Map() });
  const whole = { rows: [0, side], cols: [0, side] } as const;
  const rest = { range: { lo: 0, hi: 1 }, reveal: whole, highlight: null, opacity: 1 };
  const drawn: Drawn[] = placed.map((one) => ({
    placed: one,
    source: { kind: "matrix", name: one.name },
    ...rest,
  }));
  const plane = cubes[0]?.plane("vmprod", 0);
  if (plane)
    drawn.push({
      placed: plane,
      source: { kind: "product", alg: "vmprod", left: "L", right: "R", index: [0, 0, 0] },
      ...rest,
    });
  const signal = new AbortController().signal;
  const renderer = createRenderer(canvas, { signal, onStale: () => {} });
  const data = values(side);
  const matrix = { rows: side, cols: side, data };
  renderer.setMatrices(new Map(["L", "R", "C"].map((name) => [name, matrix])));
  const style = { look: lookDefaults, marks: markDefaults };
  renderer.setLooks(looksOf({ all: [style], at: () => style }, "dark"));
  renderer.resize();
  const camera = new Camera({ eased: false });
  camera.resize(1280, 720);
  return { canvas, camera, renderer, drawn, boxes: bounds };
}

/** The camera of a view: all of it, or some thirty rows of balls across the picture. */
function look({ camera, boxes, drawn }: Scene, view: string): void {
  camera.frame(boxes);
  const corner = drawn.find(({ placed }) => placed.name === "C")?.placed.origin;
  if (view === "close" && corner) {
    const [x, y, z] = corner;
    camera.state = { position: [x - 10, y + 8, z + 30], target: [x + 14, y - 10, z] };
  }
}

/** Milliseconds for a frame: [until the pixels are there, until the call returns]. */
function frame({ canvas, camera, renderer, drawn }: Scene, n: number): [number, number] {
  const gl = canvas.getContext("webgl2");
  const list = drawn.map((one) =>
    one.source.kind === "product"
      ? { ...one, source: { ...one.source, index: [n, 0, 0] as const } }
      : one,
  );
  const started = performance.now();
  renderer.draw(camera, list, MARKS);
  const returned = performance.now() - started;
  gl?.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
  return [performance.now() - started, returned];
}

const drawnOnce = async (one: Scene): Promise<void> => {
  while (!one.renderer.draw(one.camera, one.drawn, MARKS))
    await new Promise((resolve) => setTimeout(resolve, 5));
};

async function bench(sides: number[], repeats: number): Promise<unknown> {
  const results: { side: number; view: string; ms: number; cpu: number }[] = [];
  const first: { side: number; ms: number }[] = [];
  const scenes: [number, Scene][] = [];
  for (const side of sides) {
    const started = performance.now();
    const made = scene(side);
    look(made, "over");
    await drawnOnce(made);
    frame(made, 0);
    first.push({ side, ms: performance.now() - started });
    scenes.push([side, made]);
  }
  // Interleaved, so that a busy machine slows both.
  for (const view of ["over", "close"])
    for (let n = 0; n <= repeats; n++)
      for (const [side, one] of scenes) {
        look(one, view);
        const [ms, cpu] = frame(one, n);
        if (n > 0) results.push({ side, view, ms, cpu });
      }
  return { results, first };
}

Object.assign(window, { bench });
