/** Groups that stand out: which elements they light, what is dimmed, and how groups are told apart. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { drawn } from "../src/animation/drawn.ts";
import { groupsOf } from "../src/highlight/areas.ts";
import { DIMMED, dimmed, lightParts } from "../src/highlight/dim.ts";
import { strokesOf } from "../src/highlight/strokes.ts";
import { INKS, STYLES, styleOf } from "../src/highlight/style.ts";
import { cellPosition, type Drawn, layout } from "../src/layout.ts";
import { signedColour } from "../src/look/colour.ts";
import { lookDefaults } from "../src/settings/defaults.ts";
import { resolve } from "../src/settings.ts";
import { below, beside, tree } from "./support/trees.ts";

const SHAPES = { x: [4, 6], A: [6, 2], W: [6, 5], B: [2, 5] } as const;
const ADAPTED = tree(["y", beside("x", ["u", "x", "A"]), below("W", "B")], SHAPES);
const PLACES = layout(ADAPTED, resolve({ mm: 1, expr: "", leaves: {} }));
const RANGES = {
  matrix: () => ({ lo: 0, hi: 1 }),
  product: () => ({ lo: 0, hi: 1 }),
  sums: () => ({ lo: 0, hi: 1 }),
};

/** Strength of every element of a matrix in the list, row after row; 0 where it is not drawn. */
function strengths(list: readonly Drawn[], path: string): number[][] {
  const of = list.filter(({ placed }) => placed.path === path);
  const { rows = 0, cols = 0 } = of[0]?.placed ?? {};
  const table = Array.from({ length: rows }, () => new Array<number>(cols).fill(0));
  for (const { reveal, opacity } of of)
    for (let r = reveal.rows[0]; r < reveal.rows[1]; r += 1)
      for (let c = reveal.cols[0]; c < reveal.cols[1]; c += 1) {
        const row = table[r] ?? [];
        row[c] = (row[c] ?? 0) + opacity;
      }
  return table;
}

const lit = (highlights: Parameters<typeof groupsOf>[0]) => {
  const groups = groupsOf(highlights, PLACES.placed);
  return dimmed(
    drawn(PLACES, () => RANGES, null),
    lightParts(groups, PLACES.placed),
  );
};

describe("what a group lights", () => {
  test("a part of a joined matrix by its own name, counted from its own corner", () => {
    const list = lit({ g: { B: { rows: [[1, 2]] } } });
    const table = strengths(list, "right");
    // W, the other part, is not dimmed: none of it is lit.
    expect(table.map((row) => row[0])).toEqual([...new Array(6).fill(1), DIMMED, 1]);
    expect(strengths(list, "root").flat()).toEqual(new Array(20).fill(1));
  });

  test("rows of the whole also on the result that stands on its band", () => {
    const list = lit({ g: { "[x | u]": { rows: [[2, 4]] } } });
    for (const path of ["left", "left.1"]) {
      const shown = strengths(list, path).map((row) => row.filter((part) => part > 0));
      expect(new Set(shown.slice(0, 2).flat()), path).toEqual(new Set([DIMMED]));
      expect(new Set(shown.slice(2).flat()), path).toEqual(new Set([1]));
    }
  });

  test("every place of a matrix that stands twice", () => {
    const groups = groupsOf({ g: { x: { cols: [[0, 3]] } } }, PLACES.placed);
    expect([...(groups[0]?.areas.keys() ?? [])].sort()).toEqual(["left", "left.1.left"]);
  });

  test("nothing for names and indices that are not there", () => {
    const groups = groupsOf({ g: { gone: {}, y: { rows: [[9, 12]] } } }, PLACES.placed);
    expect(groups[0]?.areas.size).toBe(0);
    expect(lit({ g: { gone: {} } })).toEqual(drawn(PLACES, () => RANGES, null));
  });

  test("any stretches: each element is drawn once, at the strength that its place asks for", () => {
    const span = (size: number) =>
      fc
        .tuple(fc.nat(size - 1), fc.nat(size - 1))
        .map(([a, b]): [number, number] => [Math.min(a, b), Math.max(a, b) + 1]);
    const area = fc.record({
      rows: fc.array(span(4), { minLength: 1, maxLength: 3 }),
      cols: fc.array(span(5), { minLength: 1, maxLength: 3 }),
    });
    fc.assert(
      fc.property(area, area, (a, b) => {
        const table = strengths(lit({ a: { y: a }, b: { y: b } }), "root");
        const holds = (spans: readonly (readonly number[])[], at: number): boolean =>
          spans.some(([from = 0, to = 0]) => from <= at && at < to);
        for (const [r, row] of table.entries())
          for (const [c, strength] of row.entries()) {
            const inside = [a, b].some(({ rows, cols }) => holds(rows, r) && holds(cols, c));
            expect(strength).toBeCloseTo(inside ? 1 : DIMMED, 9);
          }
      }),
    );
  });
});

describe("lines", () => {
  test("a seam lies halfway between the bands, and reaches beyond the matrix", () => {
    const [line] = strokesOf([], PLACES.placed).filter(({ path }) => path === "right");
    const whole = PLACES.placed.find(({ path }) => path === "right");
    if (!line || !whole) throw new Error("no seam");
    const above = cellPosition(whole, 5, 0);
    const under = cellPosition(whole, 6, 0);
    const along = whole.rowAxis.findIndex((part) => part !== 0);
    const middle = ((above[along] ?? 0) + (under[along] ?? 0)) / 2;
    expect(line.from[along]).toBeCloseTo(middle, 9);
    expect(line.to[along]).toBeCloseTo(middle, 9);
    const across = whole.colAxis.findIndex((part) => part !== 0);
    expect(Math.abs((line.to[across] ?? 0) - (line.from[across] ?? 0))).toBeGreaterThan(5);
  });

  test("one seam less than bands, also where brackets are nested", () => {
    const nested = tree([beside("p", below("q", "r")), "s"], {
      p: [4, 3],
      q: [1, 2],
      r: [3, 2],
      s: [5, 2],
    });
    const { placed } = layout(nested, resolve({ mm: 1, expr: "", leaves: {} }));
    expect(strokesOf([], placed)).toHaveLength(2);
  });

  test("each lit area has a ring of four lines in its group's style", () => {
    const groups = groupsOf(
      {
        a: { W: {} },
        b: {
          B: {
            cols: [
              [0, 1],
              [3, 4],
            ],
          },
        },
      },
      PLACES.placed,
    );
    const rings = strokesOf(groups, PLACES.placed).filter(({ group }) => group !== null);
    expect(rings.map(({ group }) => group)).toEqual([
      ...new Array(4).fill(0),
      ...new Array(8).fill(1),
    ]);
  });
});

describe("styles", () => {
  const distance = (a: readonly number[], b: readonly number[]): number =>
    Math.hypot(...a.map((part, n) => part - (b[n] ?? 0)));

  test.each(["light", "dark"] as const)("in the %s: no group has the colour of a sign", (theme) => {
    for (const ink of INKS[theme])
      for (const sign of [1, -1] as const)
        for (const magnitude of [0.25, 0.5, 1]) {
          const colour = signedColour(sign, magnitude, lookDefaults, theme).map((c) => c / 255);
          expect(distance(ink, colour)).toBeGreaterThan(0.25);
        }
  });

  test("no two groups have the same rhythm, so that colour is never needed", () => {
    const dashes = Array.from({ length: STYLES }, (_, n) =>
      JSON.stringify(styleOf(n, "light").dash),
    );
    expect(new Set(dashes).size).toBe(STYLES);
  });
});
