/** The timeline: how many steps, who moves when, and what each step shows. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { drawn } from "../src/animation/drawn.ts";
import { timeline } from "../src/animation/timeline.ts";
import type { FigureState } from "../src/animation/types.ts";
import { type Alg, type Drawn, layout } from "../src/layout.ts";
import { rangesOf } from "../src/look.ts";
import { type Matrix, type Node, type Scene, walk } from "../src/scene.ts";
import type { Figure } from "../src/schema/figure.ts";
import { resolve } from "../src/settings.ts";
import { chain, tree } from "./support/trees.ts";

const ALGS: readonly Alg[] = [
  "dotprod (row major)",
  "dotprod (col major)",
  "axpy",
  "mvprod",
  "vmprod",
  "vvprod",
];

type Options = Pick<Partial<Figure>, "animation" | "results">;

function play(nodes: Node, options: Options) {
  const settings = resolve({ mm: 1, expr: "", leaves: {}, ...options });
  const placed = layout(nodes, settings);
  return { placed, time: timeline(nodes, settings, placed.cubes) };
}

function steps(nodes: Node, options: Options): number {
  return play(nodes, options).time.steps;
}

const SINGLE = tree(["L", "R"], { L: [3, 4], R: [4, 5] });

describe("steps of a cycle", () => {
  test("one product of 3×4 and 4×5", () => {
    const counts = ALGS.map((alg) => steps(SINGLE, { animation: { alg } }));
    expect(counts).toEqual([15, 15, 20, 5, 3, 4]);
  });

  test("blocks advance side by side", () => {
    const results = { "L @ R": { blocks: { i: 3, j: 2, k: 2 } } };
    const counts = ALGS.map((alg) => steps(SINGLE, { animation: { alg }, results }));
    expect(counts).toEqual([3, 3, 6, 3, 1, 2]);
  });

  test("nothing moves without an algorithm", () => {
    const { time } = play(SINGLE, { animation: { alg: "none" } });
    expect(time.steps).toBe(0);
    expect(time.at(0).products.size).toBe(0);
    expect(time.describe(0)).toBe("");
  });

  const FOUR = [4, 4, 4, 4];
  const pair = (
    side: "left" | "right",
    inner: Alg,
    outer: Alg,
    fuse: "none" | "sync" | "async",
  ) => {
    const nodes = chain(side, FOUR);
    const child = nodes.role === "result" ? nodes[side].name : "";
    return steps(nodes, { animation: { alg: outer, fuse }, results: { [child]: { alg: inner } } });
  };

  test.each([
    ["left", "vmprod", "vmprod", 4],
    ["right", "mvprod", "mvprod", 4],
    ["left", "mvprod", "vvprod", 4],
    ["right", "vmprod", "vvprod", 4],
    ["left", "mvprod", "mvprod", 9],
    ["right", "vmprod", "vmprod", 9],
    ["left", "vmprod", "vvprod", 9],
    ["left", "vvprod", "vvprod", 9],
    ["left", "axpy", "vmprod", 21],
  ] as const)("two products, %s: %s under %s, %i fused", (side, inner, outer, fused) => {
    const alone = inner === "axpy" ? 21 : 9;
    expect(pair(side, inner, outer, "none")).toBe(alone);
    expect(pair(side, inner, outer, "sync")).toBe(fused);
    expect(pair(side, inner, outer, "async")).toBe(fused);
  });

  test("binary: column by column on the left, row by row on the right, layers above", () => {
    const square = [4, 4] as const;
    const nodes = tree(
      [
        ["A", "B"],
        ["C", "D"],
      ],
      { A: square, B: square, C: square, D: square },
    );
    const results = { "A @ B": { alg: "mvprod" }, "C @ D": { alg: "vmprod" } } as const;
    const count = (fuse: "none" | "sync") =>
      steps(nodes, { animation: { alg: "vvprod", fuse }, results });
    expect(count("none")).toBe(9);
    expect(count("sync")).toBe(4);
  });
});

// out = (attn = (Q = x @ wQ) @ (K_t = wK @ x_t)) @ (V = x2 @ wV) @ wO, 12 tokens, 7 channels, head of 3.
const HEAD = tree(
  ["out", ["mix", ["attn", ["Q", "x", "wQ"], ["K_t", "wK", "x_t"]], ["V", "x2", "wV"]], "wO"],
  {
    x: [12, 7],
    wQ: [7, 3],
    wK: [3, 7],
    x_t: [7, 12],
    x2: [12, 7],
    wV: [7, 3],
    wO: [3, 7],
  },
);

describe("an attention head", () => {
  const GIVEN = { K_t: { alg: "none" }, V: { alg: "none" } } as const;
  const starts = (options: Options) => {
    const { time } = play(HEAD, options);
    const start = (path: string) => {
      for (let step = 0; step <= time.steps; step += 1) {
        const phase = time.at(step).products.get(path)?.phase;
        if (phase === "running") return step;
      }
      return -1;
    };
    const names = new Map(walk(HEAD).map(({ path, name }) => [name, path]));
    return { steps: time.steps, start: (name: string) => start(names.get(name) ?? "") };
  };

  test("with K_t and V given, each token goes through in one sweep", () => {
    const { start, steps } = starts({ animation: { alg: "vmprod", fuse: "sync" }, results: GIVEN });
    expect(["Q", "attn", "mix", "out"].map(start)).toEqual([0, 0, 0, 0]);
    expect(["K_t", "V"].map(start)).toEqual([-1, -1]);
    expect(steps).toBe(12);
  });

  test("without fusion each waits for the last", () => {
    const { start, steps } = starts({ animation: { alg: "vmprod" }, results: GIVEN });
    expect(["Q", "attn", "mix", "out"].map(start)).toEqual([0, 13, 26, 39]);
    expect(steps).toBe(51);
  });

  test("async starts when K_t is there, sync when Q is finished too", () => {
    const results = { V: { alg: "none" } } as const;
    const async = starts({ animation: { alg: "vmprod", fuse: "async" }, results });
    // K_t has 3 rows and a step of rest; Q is at row 4 by then.
    expect(["Q", "K_t", "attn", "mix", "out"].map(async.start)).toEqual([0, 0, 4, 4, 4]);
    expect(async.steps).toBe(16);
    const sync = starts({ animation: { alg: "vmprod", fuse: "sync" }, results });
    expect(["Q", "K_t", "attn", "mix", "out"].map(sync.start)).toEqual([0, 0, 13, 13, 13]);
  });

  test("a product that is given keeps everything under it at rest", () => {
    const { start } = starts({
      animation: { alg: "vmprod" },
      results: { attn: { alg: "none" }, Q: { alg: "vmprod" } },
    });
    expect(["Q", "K_t", "attn"].map(start)).toEqual([-1, -1, -1]);
    expect(["V", "mix"].map(start)).toEqual([0, 13]);
  });
});

/** Matrices with values of their own, products computed here as numpy would. */
function sceneOf(nodes: Node): Pick<Scene, "matrices"> {
  const matrices = new Map<string, Matrix>();
  for (const node of walk(nodes)) {
    const data = new Float32Array(node.rows * node.cols);
    data.fill(0);
    for (let row = 0; row < node.rows; row += 1) {
      for (let col = 0; col < node.cols; col += 1) {
        let value = Math.sin(7 * row + 3 * col + matrices.size) * (1 + row);
        if (node.role === "result") {
          const [l, r] = [matrices.get(node.left.name), matrices.get(node.right.name)];
          value = 0;
          for (let k = 0; k < node.depth; k += 1) {
            value += (l?.data[row * node.depth + k] ?? 0) * (r?.data[k * node.cols + col] ?? 0);
          }
        }
        data[row * node.cols + col] = value;
      }
    }
    const sizes = [...data].map(Math.abs);
    const range = {
      min: Math.min(...data),
      max: Math.max(...data),
      smallest: Math.min(...sizes),
      largest: Math.max(...sizes),
      missing: 0,
    };
    matrices.set(node.name, { name: node.name, rows: node.rows, cols: node.cols, data, range });
  }
  return { matrices };
}

/** Which elements of a matrix are drawn: how often each, and which are lit. */
function coverage(list: readonly Drawn[], path: string, rows: number, cols: number) {
  const shown = Array.from({ length: rows }, () => Array<number>(cols).fill(0));
  const lit = Array.from({ length: rows }, () => Array<boolean>(cols).fill(false));
  for (const { placed, source, reveal, highlight } of list) {
    if (placed.path !== path || source.kind !== "matrix") continue;
    for (let r = reveal.rows[0]; r < reveal.rows[1]; r += 1) {
      for (let c = reveal.cols[0]; c < reveal.cols[1]; c += 1) {
        const line = shown[r];
        const count = line?.[c];
        if (!line || count === undefined) throw new Error(`(${r}, ${c}) lies outside ${path}`);
        line[c] = count + 1;
      }
    }
    for (let r = highlight?.rows[0] ?? 0; r < (highlight?.rows[1] ?? 0); r += 1) {
      for (let c = highlight?.cols[0] ?? 0; c < (highlight?.cols[1] ?? 0); c += 1) {
        const line = lit[r];
        if (line?.[c] === undefined) throw new Error(`(${r}, ${c}) lies outside ${path}`);
        line[c] = true;
      }
    }
  }
  return { shown, lit };
}

function frames(nodes: Node, options: Options) {
  const { placed, time } = play(nodes, options);
  const scene = sceneOf(nodes);
  const ranges = rangesOf(scene, resolve({ mm: 1, expr: "", leaves: {} }).look);
  const frame = (state: FigureState | null) => drawn(placed, () => ranges, state);
  return { time, scene, rest: frame(null), at: (step: number) => frame(time.at(step)) };
}

describe("what a step shows", () => {
  test.each(ALGS)("%s ends as the picture at rest", (alg) => {
    const { time, at, rest } = frames(SINGLE, { animation: { alg } });
    expect(at(time.steps)).toEqual(rest);
    expect(at(time.steps + 7)).toEqual(rest);
    expect(at(time.steps - 1)).not.toEqual(rest);
    expect(rest.map(({ source }) => source.kind)).toEqual(["matrix", "matrix", "matrix"]);
  });

  test("row 1 of a vmprod", () => {
    const { at } = frames(SINGLE, { animation: { alg: "vmprod" } });
    const [l, r, result, plane] = at(1);
    expect(l?.highlight).toEqual({ rows: [1, 2], cols: [0, 4] });
    expect(r?.highlight).toBeNull();
    expect(result?.reveal).toEqual({ rows: [0, 2], cols: [0, 5] });
    expect(plane?.source).toEqual({
      kind: "product",
      alg: "vmprod",
      left: "L",
      right: "R",
      index: [1, 0, 0],
    });
    expect(plane?.reveal).toEqual({ rows: [0, 4], cols: [0, 5] });
    expect(plane?.placed.role).toBe("intermediate");
  });

  test("element (1, 2) of a dot product", () => {
    const { at } = frames(SINGLE, { animation: { alg: "dotprod (row major)" } });
    const list = at(7);
    const { shown } = coverage(list, "root", 3, 5);
    expect(shown).toEqual([
      [1, 1, 1, 1, 1],
      [1, 1, 1, 0, 0],
      [0, 0, 0, 0, 0],
    ]);
    expect(coverage(list, "left", 3, 4).lit[1]).toEqual([true, true, true, true]);
    expect(coverage(list, "right", 4, 5).lit.map((row) => row.indexOf(true))).toEqual([2, 2, 2, 2]);
    expect(list.at(-1)?.source).toMatchObject({ alg: "dotprod", index: [1, 2, 0] });
  });

  test.each(ALGS)("%s: a finished operand whose depth is cut stays in sight", (alg) => {
    const nodes = chain("left", [3, 4, 5, 6]);
    const child = nodes.role === "result" ? nodes.left : nodes;
    const results = { [child.name]: { blocks: { i: 1, j: 1, k: 2 } } };
    const { time, at } = frames(nodes, { animation: { alg }, results });
    const shown = (step: number) => coverage(at(step), "left", 3, 5).shown.flat();
    expect(shown(0)).toContain(0);
    expect(shown(time.steps - 1)).not.toContain(0);
  });

  test("sums show no value before they are complete", () => {
    const outer = frames(SINGLE, { animation: { alg: "vvprod" } });
    const columns = frames(SINGLE, { animation: { alg: "axpy" } });
    expect(coverage(outer.at(2), "root", 3, 5).shown.flat()).not.toContain(1);
    expect(coverage(outer.at(3), "root", 3, 5).shown.flat()).not.toContain(0);
    expect(coverage(columns.at(2), "root", 3, 5).shown[0]).toEqual([0, 0, 0, 0, 0]);
    expect(coverage(columns.at(3), "root", 3, 5).shown[0]).toEqual([1, 0, 0, 0, 0]);
    expect(coverage(columns.at(9), "right", 4, 5).lit.flat().filter(Boolean)).toHaveLength(1);
    expect(coverage(columns.at(9), "right", 4, 5).lit[1]?.[2]).toBe(true);
  });

  /** Element (r, c) of a travelling product, by the formulas of layout/types.ts. */
  function element(
    { source }: Drawn,
    scene: Pick<Scene, "matrices">,
    r: number,
    c: number,
  ): number {
    if (source.kind !== "product") throw new Error("no product");
    const value = (name: string, row: number, col: number) => {
      const matrix = scene.matrices.get(name);
      return matrix?.data[row * matrix.cols + col] ?? Number.NaN;
    };
    const {
      left,
      right,
      index: [i, j, k],
    } = source;
    switch (source.alg) {
      case "vmprod":
        return value(left, i, r) * value(right, r, c);
      case "mvprod":
        return value(left, r, c) * value(right, c, j);
      case "vvprod":
        return value(left, r, k) * value(right, k, c);
      case "dotprod":
        return value(left, i, r) * value(right, r, j);
      case "axpy":
        return value(left, r, k) * value(right, k, j);
    }
  }

  test.each(ALGS)("the travelling products of %s add up to L @ R, whatever the blocks", (alg) => {
    fc.assert(
      fc.property(
        fc.record({ h: sizes(), d: sizes(), w: sizes(), i: blocks(), j: blocks(), k: blocks() }),
        ({ h, d, w, i, j, k }) => {
          const nodes = tree(["L", "R"], { L: [h, d], R: [d, w] });
          const results = { "L @ R": { blocks: { i, j, k } } };
          const { time, at, scene } = frames(nodes, { animation: { alg }, results });
          const sum = new Float64Array(h * w);
          for (let step = 0; step < time.steps; step += 1) {
            for (const entry of at(step)) {
              const { source, placed } = entry;
              if (source.kind !== "product") continue;
              for (let r = 0; r < placed.rows; r += 1) {
                for (let c = 0; c < placed.cols; c += 1) {
                  // Where this summand belongs: the axes the product extends along, and its index.
                  const [ei, ej] = {
                    vmprod: [source.index[0], c],
                    mvprod: [r, source.index[1]],
                    vvprod: [r, c],
                    dotprod: [source.index[0], source.index[1]],
                    axpy: [r, source.index[1]],
                  }[source.alg] as [number, number];
                  const spot = ei * w + ej;
                  sum[spot] = (sum[spot] ?? 0) + element(entry, scene, r, c);
                }
              }
            }
          }
          const result = scene.matrices.get("L @ R");
          sum.forEach((value, spot) => {
            expect(value).toBeCloseTo(result?.data[spot] ?? Number.NaN, 4);
          });
        },
      ),
      { numRuns: 40 },
    );
  });

  const sizes = () => fc.integer({ min: 1, max: 6 });
  const blocks = () => fc.integer({ min: 1, max: 4 });

  test("at any step no element is drawn twice, operands are whole, and a result only grows", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ALGS),
        fc.constantFrom("none" as const, "sync" as const, "async" as const),
        fc.record({ i: blocks(), j: blocks(), k: blocks() }),
        (alg, fuse, counts) => {
          const nodes = tree([["A", "B"], "C"], { A: [5, 3], B: [3, 4], C: [4, 6] });
          const options = {
            animation: { alg, fuse },
            results: { [nodes.name]: { blocks: counts } },
          };
          const { time, at } = frames(nodes, options);
          const before = new Map<string, number[]>();
          for (let step = 0; step <= time.steps; step += 1) {
            const list = at(step);
            for (const { path, rows, cols, role } of walk(nodes)) {
              const now = coverage(list, path, rows, cols).shown.flat();
              expect(Math.max(...now)).toBeLessThanOrEqual(1);
              if (role === "leaf") expect(Math.min(...now)).toBe(1);
              before.get(path)?.forEach((was, spot) => {
                expect(now[spot]).toBeGreaterThanOrEqual(was);
              });
              before.set(path, now);
            }
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  test("what is multiplied is there: a lit row of an operand is shown", () => {
    const { time, at } = frames(HEAD, { animation: { alg: "vmprod", fuse: "async" } });
    let lit = 0;
    for (let step = 0; step < time.steps; step += 1) {
      const list = at(step);
      for (const { path, rows, cols } of walk(HEAD)) {
        const { shown, lit: light } = coverage(list, path, rows, cols);
        light.flat().forEach((on, spot) => {
          if (!on) return;
          lit += 1;
          expect(shown.flat()[spot], `${path} at ${step}`).toBe(1);
        });
      }
    }
    expect(lit).toBeGreaterThan(0);
  });

  test("inputs can be hidden while products move, and come back at the end", () => {
    const { time, at, rest } = frames(SINGLE, { animation: { alg: "vmprod", hide_inputs: true } });
    expect(at(0).map(({ placed }) => placed.role)).toEqual(["result", "intermediate"]);
    expect(at(time.steps)).toEqual(rest);
  });

  test("blocks each have their own row", () => {
    const results = { "L @ R": { blocks: { i: 2 } } };
    const { at, time } = frames(SINGLE, { animation: { alg: "vmprod" }, results });
    expect(time.steps).toBe(2);
    expect(coverage(at(0), "left", 3, 4).lit.map((row) => row[0])).toEqual([true, false, true]);
    // The second block has one row only and sits out the second step.
    expect(coverage(at(1), "left", 3, 4).lit.map((row) => row[0])).toEqual([false, true, false]);
    expect(at(0).filter(({ source }) => source.kind === "product")).toHaveLength(2);
    expect(at(1).filter(({ source }) => source.kind === "product")).toHaveLength(1);
  });
});

describe("a step in words", () => {
  const words = (options: Options, step: number, nodes = SINGLE) =>
    play(nodes, options).time.describe(step);

  test("says which row, and what is multiplied", () => {
    const options = {
      animation: { alg: "vmprod", fuse: "sync" },
      results: { K_t: { alg: "none" }, V: { alg: "none" } },
    } as const;
    expect(words(options, 3, HEAD)).toBe(
      "Row 3 of x times wQ gives row 3 of Q. " +
        "Row 3 of Q times K_t gives row 3 of attn. " +
        "Row 3 of attn times V gives row 3 of mix. " +
        "Row 3 of mix times wO gives row 3 of out.",
    );
    expect(words(options, 12, HEAD)).toBe("All products are finished.");
  });

  test.each([
    ["mvprod", 2, "L times column 2 of R gives column 2 of (L @ R)."],
    ["vvprod", 1, "Column 1 of L times row 1 of R is added to (L @ R)."],
    ["dotprod (row major)", 7, "Row 1 of L times column 2 of R gives element (1, 2) of (L @ R)."],
    ["dotprod (col major)", 7, "Row 1 of L times column 2 of R gives element (1, 2) of (L @ R)."],
    ["axpy", 6, "Column 2 of L times element (2, 1) of R is added to column 1 of (L @ R)."],
  ] as const)("%s", (alg, step, sentence) => {
    expect(words({ animation: { alg } }, step)).toBe(sentence);
  });

  test("names the token a row stands for, and several blocks", () => {
    const labelled = { ...SINGLE, rowLabels: ["When", " Mary", " and"] };
    expect(words({ animation: { alg: "vmprod" } }, 1, labelled)).toBe(
      "Row 1 (“ Mary”) of L times R gives row 1 of (L @ R).",
    );
    const results = { "L @ R": { blocks: { i: 3 } } };
    expect(words({ animation: { alg: "vmprod" }, results }, 0)).toBe(
      "Rows 0, 1 and 2 of L times R give the same rows of (L @ R).",
    );
  });

  test.each([
    ["mvprod", { j: 2 }, "L times columns 0 and 3 of R give the same columns of (L @ R)."],
    ["vvprod", { k: 2 }, "Columns 0 and 2 of L times the same rows of R are added to (L @ R)."],
    [
      "axpy",
      { j: 2 },
      "Column 0 of L times one element each of R is added to columns 0 and 3 of (L @ R).",
    ],
    [
      "dotprod (row major)",
      { i: 3, j: 2 },
      "Rows 0, 1 and 2 of L times columns 0 and 3 of R give 6 elements of (L @ R).",
    ],
  ] as const)("%s in blocks", (alg, blocks, sentence) => {
    const results = { "L @ R": { blocks } };
    expect(words({ animation: { alg }, results }, 0)).toBe(sentence);
  });

  test("says when one is finished and the next has not begun", () => {
    const nodes = chain("left", [4, 4, 4, 4]);
    expect(words({ animation: { alg: "vmprod" } }, 4, nodes)).toBe("M0 @ M1 is finished.");
  });
});

test("any step of a long animation is found at once", () => {
  const nodes = tree(["L", "R"], { L: [2000, 64], R: [64, 2000] });
  const { time } = play(nodes, { animation: { alg: "dotprod (row major)" } });
  expect(time.steps).toBe(4_000_000);
  const begin = performance.now();
  for (let step = 0; step < 1000; step += 1) time.at(3_999_999 - step * 17);
  expect(performance.now() - begin).toBeLessThan(500);
});
