/** Animation over joined matrices: when they are ready, and what is drawn and lit on their bands. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { drawn } from "../src/animation/drawn.ts";
import { timeline } from "../src/animation/timeline.ts";
import { areaOf } from "../src/layout/bands.ts";
import { type Alg, cellPosition, type Drawn, layout, type Placed } from "../src/layout.ts";
import type { Ranges } from "../src/look.ts";
import type { Node } from "../src/scene.ts";
import type { Figure } from "../src/schema/figure.ts";
import { resolve } from "../src/settings.ts";
import { below, beside, type Shapes, tree, type Written } from "./support/trees.ts";

const ALGS: readonly Alg[] = [
  "dotprod (row major)",
  "dotprod (col major)",
  "axpy",
  "mvprod",
  "vmprod",
  "vvprod",
];

type Options = Pick<Partial<Figure>, "animation" | "results">;

const RANGES: Ranges = {
  matrix: () => ({ lo: 0, hi: 1 }),
  product: () => ({ lo: 0, hi: 1 }),
  sums: () => ({ lo: 0, hi: 1 }),
};

function play(nodes: Node, options: Options = {}) {
  const settings = resolve({ mm: 1, expr: "", leaves: {}, ...options });
  const places = layout(nodes, settings);
  const time = timeline(nodes, settings, places.cubes);
  const at = (step: number) => drawn(places, () => RANGES, time.at(step));
  return { places, time, at, rest: drawn(places, () => RANGES, null) };
}

function starts(nodes: Node, options: Options) {
  const { time } = play(nodes, options);
  const start = (path: string) => {
    for (let step = 0; step < time.steps; step += 1) {
      if (time.at(step).products.get(path)?.phase === "running") return step;
    }
    return -1;
  };
  return { steps: time.steps, start };
}

const ADAPTED = tree(["y", beside("x", ["u", "x", "A"]), below("W", "B")], {
  x: [4, 6],
  A: [6, 2],
  W: [6, 5],
  B: [2, 5],
});

describe("a joined matrix is ready", () => {
  test("when its parts are finished", () => {
    const { steps, start } = starts(ADAPTED, { animation: { alg: "vmprod" } });
    expect([start("left.1"), start("root"), steps]).toEqual([0, 5, 9]);
  });

  test.each([
    // Rows of parts beside each other, columns of parts below each other.
    ["left", "cols", "vmprod", "vmprod", true],
    ["right", "rows", "mvprod", "mvprod", true],
    // Behind a seam, rows and columns are there before their turn.
    ["left", "rows", "vmprod", "vmprod", true],
    ["right", "cols", "mvprod", "mvprod", true],
    ["left", "cols", "mvprod", "vvprod", true],
    ["right", "rows", "vmprod", "vvprod", true],
    // As with a single product, what runs another way must be finished first.
    ["left", "cols", "mvprod", "mvprod", false],
    ["left", "cols", "mvprod", "vmprod", false],
    ["right", "rows", "vmprod", "vmprod", false],
    ["left", "cols", "axpy", "vmprod", false],
  ] as const)("%s along %s, %s under %s, line by line: %s", (side, axis, inner, outer, fused) => {
    const join = { axis, parts: ["P", "Q"] } as const;
    const parts: Written = { ...join, parts: [["P", "A", "B"], ["Q", "C", "D"], "E"] };
    const flat = axis === "cols" ? [4, 12] : [12, 4];
    const square = { A: [4, 4], B: [4, 4], C: [4, 4], D: [4, 4], E: [4, 4] } as const;
    const F: [number, number] = side === "left" ? [flat[1] ?? 0, 4] : [4, flat[0] ?? 0];
    const nodes = tree(side === "left" ? [parts, "F"] : ["F", parts], { ...square, F });
    const results = { P: { alg: inner }, Q: { alg: inner } };
    for (const fuse of ["sync", "async"] as const) {
      const { start } = starts(nodes, { animation: { alg: outer, fuse }, results });
      expect([start(`${side}.0`), start(`${side}.1`)]).toEqual([0, 0]);
      if (fused) expect(start("root")).toBe(0);
      else expect(start("root")).toBeGreaterThan(0);
    }
  });

  test("when parts that move in different ways are finished", () => {
    const nodes = tree([beside(["P", "A", "B"], ["Q", "C", "D"]), "E"], {
      A: [4, 3],
      B: [3, 5],
      C: [4, 3],
      D: [3, 7],
      E: [12, 2],
    });
    const results = { Q: { alg: "mvprod" } } as const;
    const { start } = starts(nodes, { animation: { alg: "vmprod", fuse: "sync" }, results });
    // Q has 7 columns and a step of rest.
    expect([start("left.0"), start("left.1"), start("root")]).toEqual([0, 0, 8]);
  });

  test("at once, where its products are given", () => {
    const results = { u: { alg: "none" } } as const;
    const { steps, start } = starts(ADAPTED, { animation: { alg: "vmprod" }, results });
    expect([start("left.1"), start("root"), steps]).toEqual([-1, 0, 4]);
  });

  test("alone, when the last of its parts is", () => {
    const nodes = tree(beside(["P", "A", "B"], ["Q", "A", "C"]), {
      A: [3, 2],
      B: [2, 9],
      C: [2, 4],
    });
    const { time, at, rest } = play(nodes, { animation: { alg: "mvprod" } });
    expect(time.steps).toBe(9);
    expect(time.at(5).products.get("1")?.phase).toBe("done");
    expect(at(9)).toEqual(rest);
  });
});

/** Every drawn element of a joined matrix: by whom, how often, and whether it is lit. */
function elementsOf(list: readonly Drawn[], whole: Placed) {
  const index = new Map<string, { by: string[]; lit: boolean }>();
  const key = (placed: Placed, r: number, c: number) =>
    cellPosition(placed, r, c)
      .map((x) => x.toFixed(6))
      .join();
  for (let r = 0; r < whole.rows; r += 1) {
    for (let c = 0; c < whole.cols; c += 1) index.set(key(whole, r, c), { by: [], lit: false });
  }
  const family = new Set([whole.path, ...(whole.bands ?? []).map(({ path }) => path)]);
  for (const { placed, source, reveal, highlight } of list) {
    if (source.kind !== "matrix" || !family.has(placed.path)) continue;
    for (let r = reveal.rows[0]; r < reveal.rows[1]; r += 1) {
      for (let c = reveal.cols[0]; c < reveal.cols[1]; c += 1) {
        index.get(key(placed, r, c))?.by.push(placed.path);
      }
    }
    for (let r = highlight?.rows[0] ?? 0; r < (highlight?.rows[1] ?? 0); r += 1) {
      for (let c = highlight?.cols[0] ?? 0; c < (highlight?.cols[1] ?? 0); c += 1) {
        const element = index.get(key(placed, r, c));
        if (element) element.lit = true;
      }
    }
  }
  return {
    element: (r: number, c: number) => index.get(key(whole, r, c)) ?? { by: [], lit: false },
    all: [...index.values()],
  };
}

const FAMILIES: readonly (readonly [Written, Shapes])[] = [
  [
    ["y", beside("x", ["u", "x", "A"]), below("W", "B")],
    { x: [4, 6], A: [6, 2], W: [6, 5], B: [2, 5] },
  ],
  [
    ["y", beside(["P", "A", "B"], ["Q", "A", "C"]), below(["S", "E", "F"], "D")],
    { A: [4, 3], B: [3, 2], C: [3, 5], E: [2, 2], F: [2, 3], D: [5, 3] },
  ],
  [
    ["y", beside("x", below(["P", "A", "B"], "C")), "D"],
    { x: [5, 2], A: [2, 3], B: [3, 4], C: [3, 4], D: [6, 2] },
  ],
  [
    ["y", beside("x", ["P", ["u", "A", "B"], "C"]), "D"],
    { x: [4, 2], A: [4, 5], B: [5, 3], C: [3, 4], D: [6, 3] },
  ],
  [
    ["y", below("x", ["P", "A", "B"], ["Q", "A", "C"]), beside(["u", "D", "E"], "F")],
    { x: [2, 4], A: [3, 2], B: [2, 4], C: [2, 4], D: [4, 2], E: [2, 3], F: [4, 2] },
  ],
];

describe("at any step", () => {
  const blocks = fc.integer({ min: 1, max: 3 });
  const drawing = fc.record({
    family: fc.constantFrom(...FAMILIES),
    alg: fc.constantFrom(...ALGS),
    inner: fc.constantFrom(...ALGS),
    fuse: fc.constantFrom("none" as const, "sync" as const, "async" as const),
    counts: fc.record({ i: blocks, j: blocks, k: blocks }),
  });

  test("each element of a joined matrix is drawn once or not yet, by the part that makes it", () => {
    fc.assert(
      fc.property(drawing, ({ family: [written, shapes], alg, inner, fuse, counts }) => {
        const nodes = tree(written, shapes);
        const results = { y: { blocks: counts }, u: { alg: inner }, P: { alg: inner } };
        const { places, time, at } = play(nodes, { animation: { alg, fuse }, results });
        for (const whole of places.placed.filter(({ bands }) => bands)) {
          const before = new Map<number, number>();
          for (let step = 0; step <= time.steps; step += 1) {
            const { element, all } = elementsOf(at(step), whole);
            for (const [spot, { by }] of all.entries()) {
              expect(by.length).toBeLessThanOrEqual(1);
              expect(by.length).toBeGreaterThanOrEqual(before.get(spot) ?? 0);
              before.set(spot, by.length);
            }
            for (const band of whole.bands ?? []) {
              const { rows, cols } = areaOf(band);
              const { by } = element(rows[0], cols[0]);
              if (band.role === "leaf") expect(by).toEqual([whole.path]);
              else if (by.length > 0) expect(by).toEqual([band.path]);
            }
          }
          expect(new Set(before.values())).toEqual(new Set([1]));
        }
      }),
      { numRuns: 60 },
    );
  });

  test("what is multiplied is there and lit, on every band", () => {
    let lit = 0;
    fc.assert(
      fc.property(drawing, ({ family: [written, shapes], alg, inner, fuse, counts }) => {
        const nodes = tree(written, shapes);
        const results = { y: { blocks: counts }, u: { alg: inner }, P: { alg: inner } };
        const { places, time, at } = play(nodes, { animation: { alg, fuse }, results });
        const cube = places.cubes.find(({ path }) => path === "root");
        if (!cube) throw new Error("no root");
        for (let step = 0; step < time.steps; step += 1) {
          const state = time.at(step).products.get("root");
          if (state?.phase !== "running") continue;
          for (const side of ["left", "right"] as const) {
            const whole = cube.placed[side];
            const { element } = elementsOf(at(step), whole);
            for (const area of state[side]) {
              for (let r = area.rows[0]; r < area.rows[1]; r += 1) {
                for (let c = area.cols[0]; c < area.cols[1]; c += 1) {
                  const light = area.highlight;
                  const wanted =
                    light !== null &&
                    r >= light.rows[0] &&
                    r < light.rows[1] &&
                    c >= light.cols[0] &&
                    c < light.cols[1];
                  const { by, lit: is } = element(r, c);
                  expect(is, `${whole.name} (${r}, ${c})`).toBe(wanted && by.length > 0);
                  if (!wanted) continue;
                  lit += 1;
                  expect(by, `${whole.name} (${r}, ${c}) at ${step}`).toHaveLength(1);
                }
              }
            }
          }
        }
      }),
      { numRuns: 80 },
    );
    expect(lit).toBeGreaterThan(100);
  });
});

test("row 1 goes through both parts and through the whole depth", () => {
  const { at } = play(ADAPTED, { animation: { alg: "vmprod", fuse: "sync" } });
  const list = at(1).map(({ placed, source, reveal, highlight }) => [
    source.kind === "matrix" ? placed.name : `${source.left} times ${source.right}`,
    reveal.rows,
    reveal.cols,
    highlight?.rows,
    highlight?.cols,
  ]);
  expect(list).toEqual([
    ["x", [0, 4], [0, 6], [1, 2], [0, 6]],
    ["A", [0, 6], [0, 2], undefined, undefined],
    ["u", [0, 2], [0, 2], [1, 2], [0, 2]],
    ["[x | u]", [0, 4], [0, 6], [1, 2], [0, 6]],
    ["[W ; B]", [0, 8], [0, 5], undefined, undefined],
    ["y", [0, 2], [0, 5], undefined, undefined],
    ["x times A", [0, 6], [0, 2], undefined, undefined],
    ["[x | u] times [W ; B]", [0, 8], [0, 5], undefined, undefined],
  ]);
});

test("a joined matrix whose parts are all products keeps its place in the list", () => {
  const nodes = tree([beside(["A", "B"], ["A", "C"]), "D"], {
    A: [3, 2],
    B: [2, 2],
    C: [2, 3],
    D: [5, 4],
  });
  const entry = (list: readonly Drawn[]) => list.filter(({ placed }) => placed.path === "left");
  const { at, rest } = play(nodes, { animation: { alg: "vmprod" } });
  for (const list of [rest, at(0)]) {
    expect(entry(list).map(({ reveal }) => reveal)).toEqual([{ rows: [0, 0], cols: [0, 0] }]);
  }
});

test("given matrices that are joined are one entry, and hidden with the other inputs", () => {
  const nodes = tree([beside("A", "B"), "C"], { A: [3, 2], B: [3, 4], C: [6, 5] });
  const { at, rest } = play(nodes, { animation: { alg: "vmprod", hide_inputs: true } });
  expect(rest.map(({ placed, reveal }) => [placed.name, reveal.cols])).toEqual([
    ["[A | B]", [0, 6]],
    ["C", [0, 5]],
    ["[A | B] @ C", [0, 5]],
  ]);
  expect(at(0).map(({ placed }) => placed.role)).toEqual(["result", "intermediate"]);
});

test("in words, a joined matrix stands as it is written", () => {
  const { time } = play(ADAPTED, { animation: { alg: "vmprod", fuse: "sync" } });
  expect(time.describe(2)).toBe(
    "Row 2 of x times A gives row 2 of u. " + "Row 2 of [x | u] times [W ; B] gives row 2 of y.",
  );
  const inside = tree([beside("x", ["x", "A"]), "W"], { x: [2, 2], A: [2, 1], W: [3, 2] });
  const { time: unnamed } = play(inside, { animation: { alg: "vmprod", fuse: "sync" } });
  expect(unnamed.describe(0)).toContain("Row 0 of [x | x @ A] times W gives row 0");
});
