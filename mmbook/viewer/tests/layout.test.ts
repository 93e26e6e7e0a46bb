/** The rules of layout: placements, schemes, blocks, scatter, travelling products. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cut } from "../src/layout/cut.ts";
import { scatterDistance } from "../src/layout/scatter.ts";
import { leftPlacement, rightPlacement, type Scheme } from "../src/layout/scheme.ts";
import {
  type Alg,
  type Cube,
  cellPosition,
  layout,
  type Placed,
  type Vec3,
} from "../src/layout.ts";
import type { Figure } from "../src/schema/figure.ts";
import { type PlacementSettings, resolve } from "../src/settings.ts";
import { chain, tree } from "./support/trees.ts";

const CODES = ["-", "+"].flatMap((p) =>
  ["L", "R"].flatMap((l) => ["T", "B"].flatMap((r) => ["F", "B"].map((c) => p + l + r + c))),
);

function placement(code: string): PlacementSettings {
  return {
    polarity: code[0] === "+" ? "positive" : "negative",
    left: code[1] === "R" ? "right" : "left",
    right: code[2] === "B" ? "bottom" : "top",
    result: code[3] === "B" ? "back" : "front",
  };
}

function code({ polarity, left, right, result }: PlacementSettings): string {
  return [
    polarity === "positive" ? "+" : "-",
    left === "right" ? "R" : "L",
    right === "bottom" ? "B" : "T",
    result === "back" ? "B" : "F",
  ].join("");
}

function settings(options: Partial<Figure>) {
  return resolve({ mm: 1, expr: "", leaves: {}, ...options });
}

const dot = (a: Vec3, b: Vec3) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const minus = (a: Vec3, b: Vec3): Vec3 => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];

function expectAt(actual: Vec3, expected: Vec3, what = ""): void {
  for (const axis of [0, 1, 2] as const) {
    expect(actual[axis], `${what} axis ${axis}`).toBeCloseTo(expected[axis], 9);
  }
}

/** World position → the product's own frame (x right, y down, z away), found from its result. */
function inside({ placed: { result } }: Cube, extentZ: number, code: string, gap: number) {
  const away: Vec3 = [-result.facing[0], -result.facing[1], -result.facing[2]];
  const zC = code[3] === "B" ? extentZ : 0;
  return (world: Vec3): Vec3 => {
    const from = minus(world, result.origin);
    return [gap + dot(from, result.colAxis), gap + dot(from, result.rowAxis), zC + dot(from, away)];
  };
}

const [H, D, W, GAP] = [3, 4, 5, 2];
const [X, Y, Z] = [W + 2 * GAP - 1, H + 2 * GAP - 1, D + 2 * GAP - 1];
const SINGLE = tree(["L", "R"], { L: [H, D], R: [D, W] });

function only<T>(items: readonly T[]): T {
  const [item] = items;
  if (!item) throw new Error("nothing there");
  return item;
}

describe("placements", () => {
  // From the specification: where each operand stands, and whether it is read from outside the box.
  const TABLE = `
    -LTF 0 0 0 outside outside outside
    -LTB 0 0 Z outside outside inside
    -LBF 0 Y 0 outside inside outside
    -LBB 0 Y Z outside inside inside
    -RTF X 0 0 inside outside outside
    -RTB X 0 Z inside outside inside
    -RBF X Y 0 inside inside outside
    -RBB X Y Z inside inside inside
    +LTF 0 0 0 inside inside outside
    +LTB 0 0 Z inside inside inside
    +LBF 0 Y 0 inside outside outside
    +LBB 0 Y Z inside outside inside
    +RTF X 0 0 outside inside outside
    +RTB X 0 Z outside inside inside
    +RBF X Y 0 outside outside outside
    +RBB X Y Z outside outside inside`;
  const rows = TABLE.trim()
    .split("\n")
    .map((line) => line.trim().split(" "));

  test("the table has all 16", () => {
    expect(rows.map(([name]) => name)).toEqual(CODES);
  });

  test.each(rows)("%s", (name = "", xL, yR, zC, ...readable) => {
    const value = (text: string | undefined) => ({ X, Y, Z })[text ?? ""] ?? 0;
    const { cubes } = layout(SINGLE, settings({ layout: { gap: GAP, ...placement(name) } }));
    const { placed } = only(cubes);
    // The root's box is centred on the world's origin and turned by half a turn about x.
    const local = ([x, y, z]: Vec3): Vec3 => [x + X / 2, Y / 2 - y, Z / 2 - z];
    const depth = (k: number) => (name[0] === "+" ? GAP + k : Z - GAP - k);
    for (const [i, k] of [
      [0, 0],
      [H - 1, 0],
      [0, D - 1],
      [2, 3],
    ] as const) {
      expectAt(local(cellPosition(placed.left, i, k)), [value(xL), GAP + i, depth(k)], "L");
    }
    for (const [k, j] of [
      [0, 0],
      [D - 1, 0],
      [0, W - 1],
      [1, 2],
    ] as const) {
      expectAt(local(cellPosition(placed.right, k, j)), [GAP + j, value(yR), depth(k)], "R");
    }
    for (const [i, j] of [
      [0, 0],
      [H - 1, 0],
      [0, W - 1],
      [1, 3],
    ] as const) {
      expectAt(local(cellPosition(placed.result, i, j)), [GAP + j, GAP + i, value(zC)], "C");
    }
    const faces = [placed.left, placed.right, placed.result];
    const seen = faces.map(({ origin, facing }) =>
      dot(origin, facing) > 0 ? "outside" : "inside",
    );
    expect(seen).toEqual(readable);
  });

  test("a matrix without a product stands in the middle", () => {
    const { placed, bounds } = layout(tree("A", { A: [3, 5] }), settings({ layout: { gap: GAP } }));
    const matrix = only(placed);
    expectAt(cellPosition(matrix, 1, 2), [0, 0, 0]);
    expect(matrix.facing).toEqual([0, 0, 1]);
    expect(bounds.max).toEqual([X / 2, Y / 2, 0]);
  });
});

describe("schemes", () => {
  // Parent: left and right child under blocks, then under zigzag; which children wheel attaches.
  const TABLE = `
    -LTF +LBB +RTB +LTB +LTB neither
    -LTB +RBB +RBB +RTB +LBB both
    -LBF +LTB +RTF +LBB +LTF right
    -LBB +RTB +RBF +RBB +LBF left
    -RTF +LBF +LTB +LTF +RTB left
    -RTB +RBF +LBB +RTF +RBB right
    -RBF +LTF +LTF +LBF +RTF both
    -RBB +RTF +LBF +RBF +RBF neither
    +LTF -RBF -RBF -RTF -LBF both
    +LTB -LBF -RTF -LTF -LTF neither
    +LBF -RTF -RBB -RBF -LBB left
    +LBB -LTF -RTB -LBF -LTB right
    +RTF -RBB -LBF -RTB -RBF right
    +RTB -LBB -LTF -LTB -RTF left
    +RBF -RTB -LBB -RBB -RBB neither
    +RBB -LTB -LTB -LBB -RTB both`;
  const rows = new Map(
    TABLE.trim()
      .split("\n")
      .map((line) => line.trim().split(" "))
      .map(([parent = "", ...rest]) => [parent, rest] as const),
  );
  const child = (scheme: Scheme, side: "left" | "right", parent: string): string => {
    if (scheme === "wheel") return parent;
    const at = (scheme === "blocks" ? 0 : 2) + (side === "left" ? 0 : 1);
    return rows.get(parent)?.[at] ?? "";
  };

  test.each([...rows.keys()])("children of %s", (parent) => {
    const own = placement("+RBB");
    for (const scheme of ["blocks", "zigzag", "wheel"] as const) {
      expect(code(leftPlacement(scheme, placement(parent), own))).toBe(
        child(scheme, "left", parent),
      );
      expect(code(rightPlacement(scheme, placement(parent), own))).toBe(
        child(scheme, "right", parent),
      );
    }
    expect(leftPlacement("custom", placement(parent), own)).toEqual(own);
    expect(rightPlacement("custom", placement(parent), own)).toEqual(own);
  });

  /** Where the rules want an operand's corner in its parent's frame. */
  function wanted(side: "left" | "right", parent: string, [x, y, z]: Vec3, gap: number) {
    const depth = (k: number) => (parent[0] === "+" ? gap + k : z - gap - k);
    return (row: number, col: number): Vec3 =>
      side === "left"
        ? [parent[1] === "R" ? x : 0, gap + row, depth(col)]
        : [gap + col, parent[2] === "B" ? y : 0, depth(row)];
  }

  function attached(cube: Cube, side: "left" | "right", parent: string, gap: number): boolean {
    const { left, right } = cube.placed;
    const extent = (length: number) => length + 2 * gap - 1;
    const box: Vec3 = [extent(right.cols), extent(left.rows), extent(left.cols)];
    const local = inside(cube, box[2], parent, gap);
    const want = wanted(side, parent, box, gap);
    const matrix: Placed = cube.placed[side];
    return [
      [0, 0],
      [matrix.rows - 1, 0],
      [0, matrix.cols - 1],
    ].every(([row = 0, col = 0]) =>
      minus(local(cellPosition(matrix, row, col)), want(row, col)).every((d) => Math.abs(d) < 1e-9),
    );
  }

  test("blocks and zigzag attach every operand of every chain", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...CODES),
        fc.constantFrom("blocks", "zigzag"),
        fc.constantFrom("left", "right"),
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 3, maxLength: 7 }),
        fc.integer({ min: 1, max: 12 }),
        (root, scheme, side, sizes, gap) => {
          const group = { gap, scheme: scheme as Scheme, ...placement(root) };
          const { cubes } = layout(
            chain(side as "left" | "right", sizes),
            settings({ layout: group }),
          );
          expect(cubes).toHaveLength(sizes.length - 2);
          let at = root;
          for (const cube of [...cubes].reverse()) {
            expect(attached(cube, "left", at, gap), `left of ${at}`).toBe(true);
            expect(attached(cube, "right", at, gap), `right of ${at}`).toBe(true);
            at = child(scheme as Scheme, side as "left" | "right", at);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  test.each([...rows])("wheel attaches %s as the table says", (parent, rest) => {
    const sides = (["left", "right"] as const).filter((side) => {
      const { cubes } = layout(
        chain(side, [4, 5, 6, 7]),
        settings({ layout: { gap: 3, scheme: "wheel", ...placement(parent) } }),
      );
      const root = cubes.at(-1);
      return root !== undefined && attached(root, side, parent, 3);
    });
    expect(sides).toEqual({ both: ["left", "right"], neither: [] }[rest[4] ?? ""] ?? [rest[4]]);
  });

  test("custom stands as blocks do where a product has no placement of its own", () => {
    for (const root of CODES)
      for (const side of ["left", "right"] as const) {
        const at = (scheme: Scheme) =>
          layout(chain(side, [4, 5, 6, 7, 8]), settings({ layout: { scheme, ...placement(root) } }))
            .placed;
        expect(at("custom")).toEqual(at("blocks"));
      }
  });

  test("custom takes each product's own placement", () => {
    const nodes = tree([["A", "B"], "C"], { A: [4, 5], B: [5, 6], C: [6, 7] });
    const at = (own: string) => {
      const results = { "A @ B": { layout: placement(own) } };
      const { cubes } = layout(nodes, settings({ layout: { gap: 3, scheme: "custom" }, results }));
      const root = cubes.at(-1);
      return root !== undefined && attached(root, "left", "-LTF", 3);
    };
    // A left operand of -LTF is attached when its result stands in front, since depth runs backward.
    expect(at("+LTF")).toBe(false);
    expect(at("+LTB")).toBe(true);
  });
});

describe("blocks", () => {
  test("are of equal length, as many as there are elements for", () => {
    expect(cut(10, 8)).toEqual({ size: 10, block: 2, count: 5 });
    expect(cut(10, 3)).toEqual({ size: 10, block: 4, count: 3 });
    expect(cut(3, 16)).toEqual({ size: 3, block: 1, count: 3 });
    expect(cut(7, 1)).toEqual({ size: 7, block: 7, count: 1 });
  });

  test("cover an axis without empty ones", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 999 }),
        fc.integer({ min: 1, max: 64 }),
        (size, blocks) => {
          const { block, count } = cut(size, blocks);
          expect(count).toBeLessThanOrEqual(Math.min(blocks, size));
          expect((count - 1) * block).toBeLessThan(size);
          expect(count * block).toBeGreaterThanOrEqual(size);
        },
      ),
    );
  });

  test("pass from products to operands: i down left, j down right, k to both", () => {
    const nodes = tree(
      [
        ["A", "B"],
        ["C", "D"],
      ],
      { A: [12, 10], B: [10, 8], C: [8, 9], D: [9, 6] },
    );
    const results = {
      [nodes.name]: { blocks: { i: 2, j: 3, k: 4 } },
      "A @ B": { blocks: { i: 9, j: 9, k: 5 } },
      "C @ D": { blocks: { i: 9, j: 9, k: 3 } },
    };
    const { placed, cubes } = layout(nodes, settings({ results, layout: { gap: 3 } }));
    const lengths = Object.fromEntries(placed.map((p) => [p.name, [p.rowBlock, p.colBlock]]));
    expect(lengths).toEqual({
      A: [6, 2],
      B: [2, 2],
      "A @ B": [6, 2],
      C: [2, 3],
      D: [3, 2],
      "C @ D": [2, 2],
      [nodes.name]: [6, 2],
    });
    expect(cubes.map(({ blocks }) => blocks)).toEqual([
      { i: 2, j: 4, k: 5 },
      { i: 4, j: 3, k: 3 },
      { i: 2, j: 3, k: 4 },
    ]);
    const a = placed[0];
    if (!a) throw new Error("no A");
    // Element 6 starts the second block of rows: one gap further.
    const step = minus(cellPosition(a, 6, 0), cellPosition(a, 5, 0));
    expect(Math.hypot(...step)).toBe(1 + 3);
  });
});

describe("scatter", () => {
  test("grows or falls with the size of the subtree; leaves and small molecules stay", () => {
    const options = { scatter: 8, molecule: 2, blast: 0 };
    expect(scatterDistance(0, 9, { ...options, molecule: 1 })).toBe(0);
    expect(scatterDistance(1, 9, options)).toBe(0);
    expect(scatterDistance(2, 9, options)).toBe(8);
    expect(scatterDistance(3, 9, { ...options, blast: 2 })).toBe(72);
    expect(scatterDistance(3, 9, { ...options, blast: -1 })).toBe(48);
  });

  test("moves a product straight away from its parent's face", () => {
    const nodes = tree(
      [
        ["A", "B"],
        ["C", "D"],
      ],
      { A: [4, 5], B: [5, 6], C: [6, 3], D: [3, 7] },
    );
    const offset = (scatter: number, side: "left" | "right") => {
      const root = layout(nodes, settings({ layout: { scatter } })).cubes.at(-1);
      if (!root) throw new Error("no root");
      expect(root.scatter[side]).toBe(scatter);
      return minus(root.placed[side].origin, root.placed.result.origin);
    };
    const moved = (side: "left" | "right") => minus(offset(11, side), offset(0, side));
    expect(moved("left")).toEqual([-11, 0, 0]);
    expect(moved("right")).toEqual([0, 11, 0]);
  });
});

describe("travelling products", () => {
  const at = (name: string, blocks = {}) => {
    const results = { "L @ R": { blocks } };
    const group = { gap: GAP, ...placement(name) };
    return only(layout(SINGLE, settings({ layout: group, results })).cubes);
  };
  const size = (alg: Alg, name = "-LTF") => {
    const { rows, cols } = at(name).plane(alg, 0);
    return [rows, cols];
  };

  test("extend along the axes they do not travel", () => {
    expect(size("vmprod")).toEqual([D, W]);
    expect(size("mvprod")).toEqual([H, D]);
    expect(size("vvprod")).toEqual([H, W]);
    expect(size("dotprod (row major)")).toEqual([D, 1]);
    expect(size("axpy")).toEqual([H, 1]);
  });

  test.each(CODES)("meet the elements they are made from, %s", (name) => {
    const cube = at(name);
    const { left, right, result } = cube.placed;
    // Element (i, k, j) of the cube lies where lines from L, R and C meet.
    const meet = (i: number, k: number, j: number): Vec3 => {
      const axes = [left, right, result].map(({ facing }) => facing.findIndex((v) => v !== 0));
      const cells = [
        cellPosition(left, i, k),
        cellPosition(right, k, j),
        cellPosition(result, i, j),
      ];
      // Along each axis, two of the three agree; take one whose own normal is another axis.
      return [0, 1, 2].map((axis) => {
        const seen = cells.filter((_, face) => axes[face] !== axis).map((cell) => cell[axis] ?? 0);
        expect(seen[0]).toBeCloseTo(seen[1] ?? Number.NaN, 9);
        return seen[0] ?? 0;
      }) as unknown as Vec3;
    };
    for (let i = 0; i < H; i += 1) {
      for (let j = 0; j < W; j += 1) {
        for (let k = 0; k < D; k += 1) {
          const point = meet(i, k, j);
          expectAt(cellPosition(cube.plane("vmprod", i), k, j), point, "vmprod");
          expectAt(cellPosition(cube.plane("mvprod", j), i, k), point, "mvprod");
          expectAt(cellPosition(cube.plane("vvprod", k), i, j), point, "vvprod");
          expectAt(cellPosition(cube.plane("dotprod (row major)", i * W + j), k, 0), point, "dot");
          expectAt(cellPosition(cube.plane("dotprod (col major)", j * H + i), k, 0), point, "dot");
          expectAt(cellPosition(cube.plane("axpy", j * D + k), i, 0), point, "axpy");
        }
      }
    }
    expect(cube.plane("vmprod", 0).facing).toEqual(right.facing);
    expect(cube.plane("mvprod", 0).facing).toEqual(left.facing);
    expect(cube.plane("vvprod", 0).facing).toEqual(result.facing);
  });

  test("stand in their own block, and span the blocks across", () => {
    const cube = at("-LTF", { i: 2, k: 2 });
    expectAt(cellPosition(cube.plane("vmprod", 0, [1, 0, 0]), 3, 1), [
      cellPosition(cube.placed.right, 3, 1)[0],
      cellPosition(cube.placed.left, 2, 3)[1],
      cellPosition(cube.placed.left, 2, 3)[2],
    ]);
  });
});

test("bounds hold every element, and the origin in their middle", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...CODES),
      fc.constantFrom("blocks", "zigzag", "wheel"),
      fc.integer({ min: 0, max: 30 }),
      fc.integer({ min: 1, max: 4 }),
      (root, scheme, scatter, i) => {
        const nodes = tree([["A", ["B", "C"]], "D"], {
          A: [5, 6],
          B: [6, 7],
          C: [7, 3],
          D: [3, 8],
        });
        const group = { scheme: scheme as Scheme, scatter, ...placement(root) };
        const { placed, bounds } = layout(
          nodes,
          settings({ layout: group, results: { [nodes.name]: { blocks: { i } } } }),
        );
        for (const axis of [0, 1, 2] as const) {
          expect(bounds.min[axis] + bounds.max[axis]).toBeCloseTo(0, 9);
          for (const matrix of placed) {
            for (const [row, col] of [
              [0, 0],
              [matrix.rows - 1, matrix.cols - 1],
            ] as const) {
              const cell = cellPosition(matrix, row, col)[axis];
              expect(cell).toBeGreaterThanOrEqual(bounds.min[axis] - 1e-9);
              expect(cell).toBeLessThanOrEqual(bounds.max[axis] + 1e-9);
            }
          }
        }
      },
    ),
  );
});
