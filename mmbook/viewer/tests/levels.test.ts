/** Matrices drawn by level: which level each value is, where the scales stand, what is painted. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { drawn } from "../src/animation/drawn.ts";
import { cellPosition, layout } from "../src/layout.ts";
import { blockShape, codesOf } from "../src/levels/codes.ts";
import { levelColours } from "../src/levels/colours.ts";
import { levelled } from "../src/levels/levelled.ts";
import { luminance } from "../src/look/colour.ts";
import { type Matrix, walk } from "../src/scene.ts";
import { resolve } from "../src/settings.ts";
import { below, tree } from "./support/trees.ts";

const LEVELS = [-1, -0.4, 0, 0.3, 1];
const RANGE = { min: null, max: null, smallest: null, largest: 1, missing: 0 };
const matrix = (name: string, rows: number, cols: number, data: readonly number[]): Matrix => ({
  name,
  rows,
  cols,
  data: Float32Array.from(data),
  range: RANGE,
});

describe("levels", () => {
  test("are found again, with the scale of each block", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            scale: fc.float({ min: Math.fround(0.01), max: 50, noNaN: true }),
            picks: fc.array(fc.nat(4), { minLength: 3, maxLength: 3 }),
          }),
          { minLength: 4, maxLength: 4 },
        ),
        (blocks) => {
          // The fourth of every block is its largest: on the last level.
          const picks = blocks.map((block) => [...block.picks, 4]);
          const values = blocks.flatMap(({ scale }, n) =>
            (picks[n] ?? []).map((pick) => (LEVELS[pick] ?? 0) * scale),
          );
          const { codes, scales } = codesOf(matrix("W", 2, 8, values), LEVELS, 4);
          expect([...codes]).toEqual(picks.flat().map((pick) => pick + 1));
          expect([scales.rows, scales.cols]).toEqual([2, 2]);
          for (const [n, { scale }] of blocks.entries())
            expect(scales.data[n]).toBeCloseTo(scale, 4);
        },
      ),
    );
  });

  test("a value that is none has none; a block of zeros stands on the level of zero", () => {
    const { codes } = codesOf(matrix("W", 1, 4, [Number.NaN, 1, 0, 0]), LEVELS, 2);
    expect([...codes]).toEqual([Number.NaN, 5, 3, 3]);
  });

  test("blocks are parts of a row or whole rows", () => {
    expect(blockShape(4, 8, 4)).toEqual({ rows: 1, cols: 4 });
    expect(blockShape(4, 8, 16)).toEqual({ rows: 2, cols: 8 });
    expect(blockShape(4, 8)).toEqual({ rows: 4, cols: 8 });
  });
});

describe("colours", () => {
  test.each(["light", "dark"] as const)(
    "in the %s: each is lighter than the one before",
    (theme) => {
      const light = levelColours(16, theme).map(([r, g, b]) =>
        luminance([r / 255, g / 255, b / 255]),
      );
      for (const [n, one] of light.entries())
        if (n > 0) expect(one).toBeGreaterThan(light[n - 1] ?? 1);
    },
  );
});

describe("in a joined matrix", () => {
  const node = tree(["y", "x", below("W", "B")], { x: [3, 6], W: [4, 8], B: [2, 8] });
  const { placed, cubes, bounds } = layout(node, resolve({ mm: 1, expr: "", leaves: {} }));
  const matrices = new Map(
    walk(node).map(({ name, rows, cols }) => [
      name,
      matrix(name, rows, cols, new Array(rows * cols).fill(1)),
    ]),
  );
  const ranges = {
    matrix: () => ({ lo: 0, hi: 1 }),
    product: () => ({ lo: 0, hi: 1 }),
    sums: () => ({ lo: 0, hi: 1 }),
  };
  const made = levelled({ W: { values: [-1, 0, 1], block: 4 } }, { matrices }, placed);
  const list = made.painted(drawn({ placed, cubes, bounds }, () => ranges, null));
  const on = list.filter(({ placed: { path } }) => path === "right");

  test("its own elements are painted and the other ones are not, each drawn once", () => {
    const painted = on.filter(({ paint }) => paint);
    expect(painted.map(({ reveal }) => reveal)).toEqual([{ rows: [0, 4], cols: [0, 8] }]);
    const rest = on.filter(({ paint }) => !paint);
    expect(rest.map(({ reveal }) => reveal)).toEqual([{ rows: [4, 6], cols: [0, 8] }]);
    const codes = made.matrices.get(painted[0]?.paint?.codes ?? "");
    expect([codes?.rows, codes?.cols, codes?.data[0]]).toEqual([6, 8, 3]);
  });

  test("values stay those of the matrix: only the colours are by level", () => {
    for (const { source } of on) expect(source).toMatchObject({ kind: "matrix", name: "[W ; B]" });
  });

  test("the scales stand beyond the ends of the rows, one a block", () => {
    const bar = list.find(({ placed: { path } }) => path.endsWith("#scales"));
    const whole = placed.find(({ path }) => path === "right");
    if (!bar || !whole) throw new Error("no bar");
    expect([bar.placed.rows, bar.placed.cols]).toEqual([4, 2]);
    const last = cellPosition(whole, 2, 7);
    const first = cellPosition(bar.placed, 2, 0);
    const away = first.map((part, n) => part - (last[n] ?? 0));
    expect(away.reduce((sum, part, n) => sum + part * (whole.colAxis[n] ?? 0), 0)).toBeCloseTo(3);
    expect(away.reduce((sum, part, n) => sum + part * (whole.rowAxis[n] ?? 0), 0)).toBeCloseTo(0);
  });
});
