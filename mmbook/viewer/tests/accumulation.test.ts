/** Sums that grow: what a step shows of a result that is being added up, against sums in float64. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { drawn } from "../src/animation/drawn.ts";
import { partialAt, partialMatrix, shownMatrix } from "../src/animation/partial.ts";
import { additions } from "../src/animation/summed.ts";
import { timeline } from "../src/animation/timeline.ts";
import { portions } from "../src/gl/adder.ts";
import { asShown, type Cell, valueAt } from "../src/inspect/cell.ts";
import { read } from "../src/inspect/readout.ts";
import {
  type Alg,
  type Drawn,
  layout,
  type PartialSum,
  type Span,
  type Summed,
} from "../src/layout.ts";
import { rangesOf } from "../src/look.ts";
import { type Matrix, type Node, nodeAt, walk } from "../src/scene.ts";
import type { Figure } from "../src/schema/figure.ts";
import { resolve } from "../src/settings.ts";
import { tree } from "./support/trees.ts";

type Options = Pick<Partial<Figure>, "animation" | "results">;

// (A @ B) @ (C @ D), whose products are 5x4, 4x6 and 5x6, over 3, 2 and 4 summands.
const SHAPES = { A: [5, 3], B: [3, 4], C: [4, 2], D: [2, 6] } as const;
const THREE = tree(["out", ["P", "A", "B"], ["Q", "C", "D"]], SHAPES);

const softmax = (x: number[]): number[] => {
  const most = Math.max(...x);
  const powers = x.map((value) => Math.exp(value - most));
  const total = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / total);
};
const layernorm = (x: number[]): number[] => {
  const mean = x.reduce((a, b) => a + b, 0) / x.length;
  const variance = x.reduce((a, b) => a + (b - mean) ** 2, 0) / x.length;
  return x.map((value) => (value - mean) / Math.sqrt(variance + 1e-5));
};
/** Rows of a result: which of their elements are there, and the sums; the epilog of those. */
const ORACLES: Record<string, (x: number[], row: number, depth: number) => number[]> = {
  none: (x) => x,
  relu: (x) => x.map((value) => Math.max(0, value)),
  "x/sqrt(k)": (x, _, depth) => x.map((value) => value / Math.sqrt(depth)),
  softmax,
  layernorm,
  "softmax(tril(x/sqrt(k)))": (x, row, depth) => [
    ...softmax(x.slice(0, row + 1).map((value) => value / Math.sqrt(depth))),
    ...x.slice(row + 1).map(() => 0),
  ],
};

function matrix(name: string, rows: number, cols: number, data: Float32Array): Matrix {
  const sizes = [...data].map(Math.abs);
  const range = {
    min: Math.min(...data),
    max: Math.max(...data),
    smallest: Math.min(...sizes),
    largest: Math.max(...sizes),
    missing: 0,
  };
  return { name, rows, cols, data, range };
}

/** Sums over k of the given ranges, in float64. */
function product(l: Matrix, r: Matrix, row: number, col: number, depths: readonly Span[]): number {
  let sum = 0;
  for (const [from, to] of depths)
    for (let k = from; k < to; k += 1)
      sum += (l.data[row * l.cols + k] ?? 0) * (r.data[k * r.cols + col] ?? 0);
  return sum;
}

function scene(nodes: Node, epilog: string) {
  const matrices = new Map<string, Matrix>();
  const list = [...walk(nodes)].map((node) =>
    node.role === "result" ? { ...node, epilog } : node,
  );
  for (const node of list) {
    const { name, rows, cols } = node;
    const data = new Float32Array(rows * cols);
    for (let row = 0; row < rows; row += 1) {
      const line = Array.from({ length: cols }, (_, col) =>
        node.role === "result"
          ? product(get(matrices, node.left.name), get(matrices, node.right.name), row, col, [
              [0, node.depth],
            ])
          : Math.sin(7 * row + 3.3 * col + 5 * matrices.size + 1),
      );
      const done =
        node.role === "result" ? (ORACLES[epilog]?.(line, row, node.depth) ?? line) : line;
      data.set(done, row * cols);
    }
    matrices.set(name, matrix(name, rows, cols, data));
  }
  return matrices;
}

function get(matrices: ReadonlyMap<string, Matrix>, name: string): Matrix {
  const found = matrices.get(name);
  if (!found) throw new Error(`no matrix ${name}`);
  return found;
}

function withEpilog(node: Node, epilog: string): Node {
  if (node.role !== "result") return node;
  const [left, right] = [withEpilog(node.left, epilog), withEpilog(node.right, epilog)];
  return { ...node, epilog, left, right };
}

function play(options: Options, epilog = "none", nodes = THREE) {
  const wanted = withEpilog(nodes, epilog);
  const matrices = scene(wanted, epilog);
  const settings = resolve({ mm: 1, expr: "", leaves: {}, ...options });
  const places = layout(wanted, settings);
  const ranges = rangesOf({ matrices }, settings.look);
  const time = timeline(wanted, settings, places.cubes);
  const at = (step: number) =>
    drawn(places, () => ranges, step < time.steps ? time.at(step) : null);
  const shown = (path: string, step: number) => shownMatrix(at(step), path, matrices);
  return { nodes: wanted, matrices, time, at, shown, places };
}

const sums = (list: readonly Drawn[]): PartialSum[] => [
  ...new Set(list.flatMap(({ source }) => (source.kind === "partial" ? [source] : []))),
];

const ALGS: readonly Alg[] = [
  "dotprod (row major)",
  "dotprod (col major)",
  "axpy",
  "mvprod",
  "vmprod",
  "vvprod",
];

/** Which summands every element has at step `n` of its product's sweep: straight from the definition. */
function summands(alg: Alg, n: number, [h, d, w]: readonly [number, number, number]) {
  return (row: number, col: number): number => {
    switch (alg) {
      case "dotprod (row major)":
        return row * w + col <= n ? d : 0;
      case "dotprod (col major)":
        return col * h + row <= n ? d : 0;
      case "vmprod":
        return row <= n ? d : 0;
      case "mvprod":
        return col <= n ? d : 0;
      case "vvprod":
        return Math.min(d, n + 1);
      case "axpy":
        return Math.min(d, Math.max(0, n + 1 - col * d));
    }
  };
}

describe("three products", () => {
  test.each(ALGS)("%s shows the sums numpy would give, at every step", (alg) => {
    const { nodes, matrices, time, shown } = play({ animation: { alg } });
    let between = 0;
    for (let step = 0; step < time.steps; step += 1) {
      for (const [path, { index, phase }] of time.at(step).products) {
        const node = nodeAt(nodes, path);
        if (node?.role !== "result") throw new Error(`no product at ${path}`);
        const [l, r] = [get(matrices, node.left.name), get(matrices, node.right.name)];
        const count = summands(alg, index, [node.rows, node.depth, node.cols]);
        const values = shown(path, step);
        for (let row = 0; row < node.rows; row += 1) {
          for (let col = 0; col < node.cols; col += 1) {
            const terms = phase === "waiting" ? 0 : count(row, col);
            const value = values?.[row * node.cols + col] ?? Number.NaN;
            if (terms === 0) {
              expect(value).toBeNaN();
              continue;
            }
            if (terms < node.depth) between += 1;
            expect(value).toBeCloseTo(product(l, r, row, col, [[0, terms]]), 5);
          }
        }
      }
    }
    const adds = alg === "axpy" || alg === "vvprod";
    expect(between > 0).toBe(adds);
  });

  test.each(ALGS)("%s ends with the results at rest", (alg) => {
    for (const epilog of Object.keys(ORACLES)) {
      const { matrices, time, shown } = play({ animation: { alg } }, epilog);
      for (const step of [time.steps - 1, time.steps]) {
        expect(shown("root", step)).toEqual(get(matrices, "out").data);
      }
    }
  });
});

describe("epilogs of sums so far", () => {
  const SINGLE = tree(["out", "A", "B"], { A: [5, 4], B: [4, 6] });

  test.each(Object.keys(ORACLES))("%s is applied once, to the sum that is there", (epilog) => {
    for (const alg of ["vvprod", "axpy"] as const) {
      const { matrices, time, shown } = play({ animation: { alg } }, epilog, SINGLE);
      const [l, r] = [get(matrices, "A"), get(matrices, "B")];
      for (let step = 0; step < time.steps; step += 1) {
        const count = summands(alg, step, [5, 4, 6]);
        const begun = Array.from({ length: 6 }, (_, col) => col).filter((col) => count(0, col) > 0);
        for (let row = 0; row < 5; row += 1) {
          const line = begun.map((col) => product(l, r, row, col, [[0, count(row, col)]]));
          const expected = ORACLES[epilog]?.(line, row, 4) ?? [];
          const got = shown("root", step)?.slice(row * 6, row * 6 + 6) ?? [];
          for (const [n, col] of begun.entries())
            expect(got[col]).toBeCloseTo(expected[n] ?? Number.NaN, 5);
          expect([...got].filter(Number.isNaN)).toHaveLength(6 - begun.length);
        }
      }
    }
  });

  test("gelu agrees with the normal distribution, also in its tails", () => {
    const one = (x: number) =>
      partialMatrix(
        {
          kind: "partial",
          key: "",
          left: "L",
          right: "R",
          rows: 1,
          cols: 1,
          depth: 1,
          epilog: "gelu",
          summed: [{ rows: [0, 1], cols: [0, 1], depths: [[0, 1]] }],
        },
        new Map([
          ["L", matrix("L", 1, 1, Float32Array.of(x))],
          ["R", matrix("R", 1, 1, Float32Array.of(1))],
        ]),
      )[0];
    // From tables of the normal distribution.
    expect(one(1)).toBeCloseTo(0.841344746, 6);
    expect(one(-2)).toBeCloseTo(-2 * 0.022750132, 7);
    expect(one(-5)).toBeCloseTo(-5 * 2.866515719e-7, 11);
    expect(one(0)).toBe(0);
  });
});

describe("split k", () => {
  const blocks = () => fc.integer({ min: 1, max: 4 });
  const sizes = () => fc.integer({ min: 1, max: 6 });

  test("planes of the blocks add up to the result before its epilog", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ALGS),
        fc.constantFrom("none", "relu", "softmax"),
        fc.record({ h: sizes(), d: sizes(), w: sizes() }),
        fc.record({ i: blocks(), j: blocks(), k: blocks() }),
        (alg, epilog, { h, d, w }, cut) => {
          const nodes = tree(["out", "A", "B"], { A: [h, d], B: [d, w] });
          const results = { out: { blocks: cut } };
          const { matrices, time, at, places } = play(
            { animation: { alg }, results },
            epilog,
            nodes,
          );
          const [l, r] = [get(matrices, "A"), get(matrices, "B")];
          const list = at(time.steps - 1);
          const planes = sums(list);
          const many = places.cubes[0]?.blocks.k ?? 1;
          const expected = alg === "vvprod" || alg === "axpy" || many === 1 ? 0 : many;
          expect(planes).toHaveLength(expected);
          if (expected === 0) return;
          for (let row = 0; row < h; row += 1)
            for (let col = 0; col < w; col += 1) {
              const sum = planes.reduce((all, one) => all + partialAt(one, matrices, row, col), 0);
              expect(sum).toBeCloseTo(product(l, r, row, col, [[0, d]]), 5);
            }
          for (const { source, placed, reveal } of list)
            if (source.kind === "partial")
              expect([reveal.rows[1] <= placed.rows, reveal.cols[1] <= placed.cols]).toEqual([
                true,
                true,
              ]);
        },
      ),
      { numRuns: 60 },
    );
  });

  test("a plane stands in the gap on the result's side of its block", () => {
    for (const polarity of ["positive", "negative"] as const)
      for (const result of ["front", "back"] as const) {
        const nodes = tree(["out", "A", "B"], { A: [3, 6], B: [6, 4] });
        const options = {
          animation: { alg: "vmprod" },
          results: { out: { blocks: { k: 2 } } },
        } as const;
        const settings = resolve({
          mm: 1,
          expr: "",
          leaves: {},
          ...options,
          layout: { polarity, result, gap: 4 },
        });
        const places = layout(nodes, settings);
        const [cube] = places.cubes;
        const matrices = scene(nodes, "none");
        const time = timeline(nodes, settings, places.cubes);
        const list = drawn(places, () => rangesOf({ matrices }, settings.look), time.at(1));
        const planes = list.filter(({ source }) => source.kind === "partial");
        const layer = (k: number) =>
          cube?.plane("vvprod", k % 3, [0, 0, Math.floor(k / 3)]).origin[2];
        const own = cube?.placed.result.origin[2] ?? 0;
        planes.forEach(({ placed: { origin } }, block) => {
          const ends = [layer(3 * block) ?? 0, layer(3 * block + 2) ?? 0];
          const near = ends.sort((a, b) => Math.abs(a - own) - Math.abs(b - own))[0] ?? 0;
          expect(Math.abs(origin[2] - near)).toBe(2);
          expect(Math.abs(origin[2] - own)).toBe(Math.abs(near - own) - 2);
        });
        expect(planes).toHaveLength(2);
      }
  });
});

describe("what a sum lacks", () => {
  /** How often each (row, col, k) is in some sums. */
  const count = (parts: readonly Summed[]): Map<string, number> => {
    const found = new Map<string, number>();
    for (const { rows, cols, depths } of parts)
      for (let row = rows[0]; row < rows[1]; row += 1)
        for (let col = cols[0]; col < cols[1]; col += 1)
          for (const [from, to] of depths)
            for (let k = from; k < to; k += 1) {
              const key = `${row},${col},${k}`;
              found.set(key, (found.get(key) ?? 0) + 1);
            }
    return found;
  };

  test("is added once, from any step to any later one; a step back begins anew", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ALGS),
        fc.constantFrom("none", "softmax"),
        fc.record({
          i: fc.integer({ min: 1, max: 3 }),
          j: fc.integer({ min: 1, max: 3 }),
          k: fc.integer({ min: 1, max: 3 }),
        }),
        fc.nat(),
        fc.nat(),
        (alg, epilog, blocks, a, b) => {
          const nodes = tree(["out", "A", "B"], { A: [4, 5], B: [5, 4] });
          const { time, at } = play(
            { animation: { alg }, results: { out: { blocks } } },
            epilog,
            nodes,
          );
          const [before, after] = [sums(at(a % time.steps)), sums(at(b % time.steps))];
          for (const goal of after) {
            const held = before.find(({ key }) => key === goal.key)?.summed ?? [];
            const missing = additions(held, goal.summed);
            const [had, wanted] = [count(held), count(goal.summed)];
            const within = [...had.keys()].every((key) => wanted.has(key));
            expect(missing === null).toBe(!within);
            if (!missing) continue;
            expect(count([...held, ...missing])).toEqual(wanted);
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  test("one outer product a step", () => {
    const { at } = play({ animation: { alg: "vvprod" } });
    const of = (step: number) => sums(at(step)).find(({ key }) => key === "left")?.summed ?? [];
    expect(additions(of(0), of(1))).toEqual([{ rows: [0, 5], cols: [0, 4], depths: [[1, 2]] }]);
    expect(additions(of(1), of(0))).toBeNull();
  });

  test("passes take so many summands, from one texture of either operand", () => {
    const flat = portions(
      [
        [0, 700],
        [2000, 2100],
      ],
      2048,
    ).map((ranges) => ranges.join(" "));
    expect(flat).toEqual(["0,512", "512,700 2000,2048", "2048,2100"]);
  });
});

describe("reading a sum so far", () => {
  test("gives its value and its summands", () => {
    const { nodes, matrices, at, places } = play({ animation: { alg: "vvprod" } });
    const placed = places.placed.find(({ path }) => path === "left");
    if (!placed) throw new Error("P stands nowhere");
    const tapped: Cell = { placed, source: { kind: "matrix", name: "P" }, row: 2, col: 3 };
    const cell = asShown(tapped, at(1));
    const value = valueAt(cell, matrices);
    const [l, r] = [get(matrices, "A"), get(matrices, "B")];
    expect(value).toBeCloseTo(product(l, r, 2, 3, [[0, 2]]), 6);
    const node = nodeAt(nodes, "left");
    if (!node) throw new Error("P is no node");
    expect(read(cell, node, value).origin).toBe("A[2, 0:2] · B[0:2, 3], 2 of 3 summands");
    expect(asShown(tapped, at(2)).source.kind).toBe("matrix");
  });
});
