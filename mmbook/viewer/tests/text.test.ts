/** Text over the picture: no two texts on one place, none over its own matrix, tokens when there is room. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Camera } from "../src/camera.ts";
import { boxOf } from "../src/figure/framing.ts";
import { cellPosition, layout } from "../src/layout.ts";
import { resolve } from "../src/settings.ts";
import { Names, type Title } from "../src/text/names.ts";
import { covers, outline } from "../src/text/outline.ts";
import { overlaps, Room } from "../src/text/room.ts";
import { samples } from "../src/text/scale.ts";
import { longestEdge } from "../src/text/spots.ts";
import { type Axis, Tokens } from "../src/text/tokens.ts";
import { tree } from "./support/trees.ts";

const NODES = tree(["attn", ["Q", "x", "wQ"], ["K_t", "wK_t", "x_t"]], {
  x: [9, 16],
  wQ: [16, 8],
  wK_t: [8, 16],
  x_t: [16, 9],
});
const PLACED = layout(NODES, resolve({ mm: 1, expr: "", leaves: {} })).placed;
const STYLE = { sans: "sans", mono: "mono" };
const measure = (text: string, font: string): number =>
  0.6 * text.length * Number(/(\d+)px/.exec(font)?.[1]);

function cameraAt(direction: readonly [number, number, number], width = 900, height = 500): Camera {
  const camera = new Camera({ eased: false });
  camera.resize(width, height);
  camera.frameAll(PLACED.map(boxOf), direction);
  camera.update(0);
  return camera;
}

const titles: Title[] = PLACED.map((placed) => ({
  placed,
  name: placed.name,
  legends: 6,
  shape: placed.role === "leaf" ? `${placed.rows} × ${placed.cols}` : "",
}));

describe("names", () => {
  test("from any side, no two overlap and all are inside the picture", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -3, max: 3, noNaN: true }),
        fc.double({ min: -1.4, max: 1.4, noNaN: true }),
        (turn, height) => {
          const camera = cameraAt([Math.sin(turn), Math.tan(height), Math.cos(turn)]);
          const outlines = PLACED.map((placed) => outline(placed, camera));
          const labels = new Names().place(titles, outlines, camera, new Room(), measure, STYLE);
          const boxes = labels.map(({ runs, x, y }) => {
            const width = runs.reduce((sum, { text, font }) => sum + measure(text, font), 0);
            const size = Number(/(\d+)px/.exec(runs[0]?.font ?? "")?.[1]);
            return { left: x, right: x + width, top: y - size / 2, bottom: y + size / 2 };
          });
          expect(boxes.length).toBeGreaterThan(0);
          for (const [i, a] of boxes.entries()) {
            expect(a.left).toBeGreaterThanOrEqual(0);
            expect(a.right).toBeLessThanOrEqual(900);
            for (const b of boxes.slice(i + 1)) expect(overlaps(a, b)).toBe(false);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  test("of the default view stand beside their matrices, not on them", () => {
    const camera = cameraAt([-1, 1, 1]);
    const outlines = PLACED.map((placed) => outline(placed, camera));
    const labels = new Names().place(titles, outlines, camera, new Room(), measure, STYLE);
    expect(labels).toHaveLength(PLACED.length);
    for (const { runs, x, y } of labels) {
      const own = outlines.find(({ placed }) => placed.name === runs[0]?.text);
      if (!own) throw new Error("a label of no matrix");
      const width = runs.reduce((sum, { text, font }) => sum + measure(text, font), 0);
      for (const part of [0, 0.5, 1]) expect(covers(own, { x: x + part * width, y })).toBe(false);
    }
  });

  test("longer than their matrix lie on no other one", () => {
    for (const width of [120, 200, 300, 500]) {
      const camera = cameraAt([-1, 1, 1], width, 0.7 * width);
      const outlines = PLACED.map((placed) => outline(placed, camera));
      const labels = new Names().place(titles, outlines, camera, new Room(), measure, STYLE);
      for (const { runs, x, y } of labels) {
        const own = outlines.find(({ placed }) => placed.name === runs[0]?.text);
        if (!own) throw new Error("a label of no matrix");
        const length = runs.reduce((sum, { text, font }) => sum + measure(text, font), 0);
        if (length <= longestEdge(own, camera.size)) continue;
        for (const other of outlines) {
          expect(covers(other, { x: x + length / 2, y })).toBe(false);
        }
      }
    }
  });

  test("leave a place to the labels of rows and columns, and find another", () => {
    const result = PLACED.at(-1);
    if (!result) throw new Error("no result");
    const labels = Array.from({ length: 9 }, (_, i) => `token${i}`);
    const axes: Axis[] = (["rows", "cols"] as const).map((along) => ({
      placed: result,
      along,
      labels,
    }));
    const camera = cameraAt([-1, 1, 1]);
    camera.frame(boxOf(result), [-0.4, 0.3, 1]);
    camera.zoom(1.8);
    camera.update(1);
    const outlines = PLACED.map((placed) => outline(placed, camera));
    const room = new Room();
    const tokens = new Tokens().place(axes, outlines, camera, room, measure, "sans");
    expect(tokens).toHaveLength(18);
    const names = new Names().place(titles, outlines, camera, room, measure, STYLE);
    expect(names.map(({ runs }) => runs[0]?.text)).toContain("attn");
  });

  test("can be found again by their place", () => {
    const camera = cameraAt([-1, 1, 1]);
    const outlines = PLACED.map((placed) => outline(placed, camera));
    const names = new Names();
    const [first] = names.place(titles, outlines, camera, new Room(), measure, STYLE);
    if (!first) throw new Error("no label");
    expect(names.at({ x: first.x + 2, y: first.y })?.name).toBe(first.runs[0]?.text);
    expect(names.at({ x: -5, y: -5 })).toBeNull();
  });
});

describe("outlines", () => {
  test("end before a camera that stands beside the matrix", () => {
    const [x] = PLACED;
    if (!x) throw new Error("no matrix");
    const camera = cameraAt([-1, 1, 1]);
    const middle = cellPosition(x, 4, 8);
    const last = cellPosition(x, 4, 15);
    const up = x.facing;
    camera.state = {
      position: [middle[0] + 2 * up[0], middle[1] + 2 * up[1], middle[2] + 2 * up[2]],
      target: [last[0], last[1], last[2]],
    };
    camera.update(0);
    const seen = outline(x, camera);
    expect(covers(seen, camera.project(cellPosition(x, 4, 14)))).toBe(true);
    expect(covers(seen, camera.project(cellPosition(x, 4, 20)))).toBe(false);
  });
});

describe("tokens", () => {
  const result = PLACED.at(-1);
  if (!result) throw new Error("no result");
  const words = ["When", " Mary", " and", " John", " went", " to", " the", " store", ","];
  const axes: Axis[] = [
    { placed: result, along: "rows", labels: words },
    { placed: result, along: "cols", labels: words },
  ];
  const shown = (camera: Camera): string[] =>
    new Tokens()
      .place(
        axes,
        PLACED.map((placed) => outline(placed, camera)),
        camera,
        new Room(),
        measure,
        "sans",
      )
      .map(({ runs }) => runs[0]?.text ?? "");

  test("stay away while rows are a few pixels apart, and come all at once when there is room", () => {
    expect(shown(cameraAt([-1, 1, 1], 300, 200))).toEqual([]);
    const near = cameraAt([-1, 1, 1]);
    near.frame(boxOf(result), [-0.4, 0.3, 1]);
    near.zoom(1.8);
    near.update(1);
    const all = words.map((word) => word.trim());
    expect(shown(near)).toEqual([...all, ...all]);
  });

  test("wait at the picture's edge when their rows begin outside it", () => {
    const camera = cameraAt([-1, 1, 1]);
    camera.frame(boxOf(result), [0, 0, 1]);
    camera.zoom(0.3);
    camera.update(1);
    const labels = new Tokens().place(
      axes.slice(0, 1),
      PLACED.map((placed) => outline(placed, camera)),
      camera,
      new Room(),
      measure,
      "sans",
    );
    expect(labels.length).toBeGreaterThan(0);
    for (const { x, runs } of labels) {
      const end = x + measure(runs[0]?.text ?? "", runs[0]?.font ?? "");
      expect(Math.min(x, 900 - end)).toBeCloseTo(10, 0);
    }
  });

  test("none is written upside down", () => {
    for (const turn of [-3, -2, -1, 0, 1, 2, 3]) {
      const camera = cameraAt([-1, 1, 1]);
      camera.frame(boxOf(result), [Math.sin(turn), 0.5, Math.cos(turn)]);
      camera.zoom(1.8);
      camera.update(1);
      const outlines = PLACED.map((placed) => outline(placed, camera));
      const labels = new Tokens().place(axes, outlines, camera, new Room(), measure, "sans");
      for (const { angle } of labels) expect(Math.cos(angle)).toBeGreaterThanOrEqual(-1e-6);
    }
  });
});

describe("the legend of colour", () => {
  test("runs from the largest negative over zero to the largest positive", () => {
    const values = samples({ range: { lo: 0, hi: 5 }, signs: { negative: true, positive: true } });
    expect(values[0]).toBeCloseTo(-5, 1);
    expect(values.at(-1)).toBeCloseTo(5, 1);
    expect(values).toEqual([...values].sort((a, b) => a - b));
  });

  test("shows only the signs that occur", () => {
    const signs = { negative: false, positive: true };
    expect(Math.min(...samples({ range: { lo: 0, hi: 1 }, signs }))).toBeGreaterThanOrEqual(0);
  });
});
