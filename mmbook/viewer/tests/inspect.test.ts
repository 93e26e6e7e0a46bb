/** Reading a value: which cell a ray meets, what is said of it, what it was made from. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { add, cross, normalize, scale, subtract } from "../src/camera/vector.ts";
import { type Cell, factors, valueAt } from "../src/inspect/cell.ts";
import { operandsOf } from "../src/inspect/light.ts";
import { formatNumber } from "../src/inspect/number.ts";
import { pick, pickNearest } from "../src/inspect/pick.ts";
import { read, spoken, visibleToken } from "../src/inspect/readout.ts";
import { walk } from "../src/inspect/walk.ts";
import { cellPosition, layout, type Placed, type Vec3 } from "../src/layout.ts";
import type { Matrix, Node } from "../src/scene.ts";
import { resolve } from "../src/settings.ts";
import { tree } from "./support/trees.ts";

const direction = fc
  .tuple(
    fc.double({ min: 0.1, max: 1 }),
    fc.double({ min: -1, max: 1 }),
    fc.double({ min: -1, max: 1 }),
  )
  .map(([x, y, z]) => normalize([x, y, z].map(Math.fround) as unknown as Vec3));

/** A matrix anywhere, at any angle, cut into any blocks. */
const anyPlaced = fc
  .record({
    rows: fc.integer({ min: 1, max: 300 }),
    cols: fc.integer({ min: 1, max: 300 }),
    rowBlock: fc.integer({ min: 1, max: 300 }),
    colBlock: fc.integer({ min: 1, max: 300 }),
    gap: fc.integer({ min: 1, max: 9 }),
    a: direction,
    b: direction,
    origin: fc.tuple(
      fc.integer({ min: -99, max: 99 }),
      fc.integer({ min: -99, max: 99 }),
      fc.integer({ min: -99, max: 99 }),
    ),
  })
  .filter(({ a, b }) => Math.hypot(...cross(a, b)) > 0.2)
  .map(({ a, b, origin, ...rest }): Placed => {
    const facing = normalize(cross(a, b));
    return {
      ...rest,
      path: "root",
      name: "M",
      role: "leaf",
      origin,
      colAxis: a,
      rowAxis: cross(facing, a),
      facing,
    };
  });

/** An eye in front of or behind a matrix, off its plane. */
const eyeOf = (placed: Placed, height: number, aside: number): Vec3 =>
  add(placed.origin, add(scale(placed.facing, height), scale(placed.colAxis, aside)));

describe("picking", () => {
  test("finds the cell through which the ray was sent, whatever the size and the blocks", () => {
    fc.assert(
      fc.property(
        anyPlaced,
        fc.nat(),
        fc.nat(),
        fc.double({ min: -0.49, max: 0.49, noNaN: true }),
        fc.double({ min: -0.49, max: 0.49, noNaN: true }),
        fc.integer({ min: 3, max: 400 }),
        fc.boolean(),
        fc.integer({ min: -200, max: 200 }),
        (placed, r, c, down, along, height, behind, aside) => {
          const [row, col] = [r % placed.rows, c % placed.cols];
          const target = add(
            cellPosition(placed, row, col),
            add(scale(placed.rowAxis, down), scale(placed.colAxis, along)),
          );
          const origin = eyeOf(placed, behind ? -height : height, aside);
          const hit = pick({ origin, direction: subtract(target, origin) }, placed);
          expect(hit).toMatchObject({ row, col });
          expect(hit?.distance).toBeCloseTo(1, 6);
        },
      ),
    );
  });

  const flat: Placed = {
    path: "root",
    name: "M",
    role: "leaf",
    rows: 4,
    cols: 6,
    origin: [0, 0, 0],
    rowAxis: [0, -1, 0],
    colAxis: [1, 0, 0],
    facing: [0, 0, 1],
    rowBlock: 4,
    colBlock: 3,
    gap: 5,
  };
  const down = (x: number, y: number) => ({
    origin: [x, y, 10] as Vec3,
    direction: [0, 0, -1] as Vec3,
  });

  test("meets nothing in a gap between blocks, beside the matrix, or behind the eye", () => {
    expect(pick(down(2.4, 0), flat)).toMatchObject({ col: 2 });
    expect(pick(down(2.6, 0), flat)).toBeNull();
    expect(pick(down(7.4, 0), flat)).toBeNull();
    expect(pick(down(7.6, 0), flat)).toMatchObject({ col: 3 });
    expect(pick(down(0, 0.6), flat)).toBeNull();
    expect(pick(down(0, -3.6), flat)).toBeNull();
    expect(pick({ origin: [0, 0, 10], direction: [0, 0, 1] }, flat)).toBeNull();
    expect(pick({ origin: [0, 0, 10], direction: [1, 0, 0] }, flat)).toBeNull();
  });

  test("takes the nearest that is drawn", () => {
    const near = { placed: { ...flat, origin: [0, 0, 3] as Vec3 }, name: "near" };
    const far = { placed: flat, name: "far" };
    expect(pickNearest(down(1, -1), [far, near])?.candidate.name).toBe("near");
    const found = pickNearest(down(1, -1), [far, near], ({ name }) => name !== "near");
    expect(found?.candidate.name).toBe("far");
    expect(pickNearest(down(-9, 0), [far, near])).toBeNull();
  });
});

const NODES = tree(["C", "A", "B"], { A: [2, 3], B: [3, 2] });
const PLACED = layout(NODES, resolve({ mm: 1, expr: "", leaves: {} })).placed;
const VALUES = {
  A: [1, 2, 3, 4, 5, 6],
  B: [7, 8, 9, 10, 11, 12],
  C: [58, 64, 139, 154], // the textbook product of the two
};
const RANGE = { min: 0, max: 0, smallest: 0, largest: 0, missing: 0 };
const MATRICES = new Map<string, Matrix>(
  PLACED.map(({ name, rows, cols }) => [
    name,
    { name, rows, cols, data: Float32Array.from(VALUES[name as "A"]), range: RANGE },
  ]),
);
const cellOf = (path: string, row: number, col: number): Cell => {
  const placed = PLACED.find((place) => place.path === path);
  if (!placed) throw new Error(path);
  return { placed, source: { kind: "matrix", name: placed.name }, row, col };
};

describe("what made an element", () => {
  test("the lit row and column give its value as their scalar product", () => {
    for (const [row, col] of [
      [0, 0],
      [1, 0],
      [1, 1],
    ] as const) {
      const lit = operandsOf(cellOf("root", row, col), NODES);
      const [left, right] = [lit.get("left"), lit.get("right")];
      if (!left || !right) throw new Error("operands are not lit");
      let sum = 0;
      for (let k = 0; k < 3; k += 1) {
        expect(left.rows).toEqual([row, row + 1]);
        expect(left.cols).toEqual([0, 3]);
        expect(right.cols).toEqual([col, col + 1]);
        const a = valueAt(cellOf("left", left.rows[0], left.cols[0] + k), MATRICES);
        sum += a * valueAt(cellOf("right", right.rows[0] + k, right.cols[0]), MATRICES);
      }
      expect(sum).toBe(valueAt(cellOf("root", row, col), MATRICES));
    }
  });

  test("a leaf was made from nothing", () => {
    const leaf = NODES.role === "result" ? NODES.left : NODES;
    expect(operandsOf(cellOf("left", 0, 0), leaf).size).toBe(0);
  });

  test("travelling products multiply one element of each operand", () => {
    const index = [1, 0, 2] as const;
    const at = (
      alg: "vmprod" | "mvprod" | "vvprod" | "dotprod" | "axpy",
      row: number,
      col: number,
    ) => factors({ kind: "product", alg, left: "A", right: "B", index }, row, col);
    // i = 1, j = 0, k = 2; what an algorithm leaves open is the row or the column of its plane.
    expect(at("vmprod", 2, 1)).toEqual({ left: [1, 2], right: [2, 1] });
    expect(at("mvprod", 0, 2)).toEqual({ left: [0, 2], right: [2, 0] });
    expect(at("vvprod", 0, 1)).toEqual({ left: [0, 2], right: [2, 1] });
    expect(at("dotprod", 1, 0)).toEqual({ left: [1, 1], right: [1, 0] });
    expect(at("axpy", 1, 0)).toEqual({ left: [1, 2], right: [2, 0] });
    const source = { kind: "product", alg: "vvprod", left: "A", right: "B", index } as const;
    expect(valueAt({ ...cellOf("root", 1, 1), source }, MATRICES)).toBe(6 * 12);
  });
});

describe("the read-out", () => {
  const labelled: Node = { ...NODES, rowLabels: ["When", " Mary"], colLabels: [" of", " John"] };

  test("names the matrix, the indices, the tokens, the value and its origin", () => {
    const reading = read(cellOf("root", 1, 0), labelled, 0.41234);
    expect(spoken(reading)).toBe("C[1, 0] · Mary → of · 0.4123 · A[1, :] · B[:, 0]");
  });

  test("says what function was applied, and of what", () => {
    const node = { ...NODES, epilog: "softmax(x/sqrt(k))" } as Node;
    expect(read(cellOf("root", 0, 1), node, 1).origin).toBe(
      "softmax(x/sqrt(k)) with x = A[0, :] · B[:, 1]",
    );
  });

  test("brackets an unnamed product", () => {
    const node = { ...NODES, title: "A @ B" } as Node;
    expect(read(cellOf("root", 0, 1), node, 1).name).toBe("(A @ B)");
  });

  test("calls matrices by their titles", () => {
    if (NODES.role !== "result") throw new Error("no product");
    const node = { ...NODES, title: "out", left: { ...NODES.left, title: "input" } } as Node;
    const { name, origin } = read(cellOf("root", 0, 1), node, 1);
    expect(name).toBe("out");
    expect(origin).toContain("input[0, :]");
  });

  test("never shows a number where there is none", () => {
    expect(read(cellOf("root", 0, 0), NODES, Number.NaN).value).toBe("no value");
    expect(valueAt(cellOf("root", 7, 7), MATRICES)).toBeNaN();
    expect(valueAt(cellOf("root", 0, 0), new Map())).toBeNaN();
  });

  test.each([
    [0, "0"],
    [-0, "0"],
    [0.1513456, "0.1513"],
    [-24, "−24"],
    [123456, "123500"],
    [1.23456e-7, "1.235e−7"],
    [-2.5e9, "−2.500e9"],
    [Number.POSITIVE_INFINITY, "∞"],
    [Number.NEGATIVE_INFINITY, "−∞"],
  ])("%d is written %s", (value, text) => {
    expect(formatNumber(value)).toBe(text);
  });

  test("shows tokens that are nothing but space", () => {
    expect([" John", "", " ", "\n\n"].map(visibleToken)).toEqual(["John", "∅", "␣", "↵↵"]);
  });
});

describe("walking with the keys", () => {
  const step = (action: string, from = { path: "left", row: 1, col: 1 }) =>
    walk(from, action, PLACED);

  test("moves by one and stops at the edge", () => {
    expect(step("cell-up")).toEqual({ path: "left", row: 0, col: 1 });
    expect(step("cell-down")).toEqual({ path: "left", row: 1, col: 1 });
    expect(step("cell-right")).toEqual({ path: "left", row: 1, col: 2 });
    expect(step("row-end")).toEqual({ path: "left", row: 1, col: 2 });
    expect(step("first-cell")).toEqual({ path: "left", row: 0, col: 0 });
    expect(step("last-cell", { path: "right", row: 0, col: 0 })).toMatchObject({ row: 2, col: 1 });
  });

  test("goes round all matrices, one way and the other", () => {
    expect(step("next-matrix")?.path).toBe("right");
    expect(step("previous-matrix")?.path).toBe("root");
    expect(step("next-matrix", { path: "root", row: 1, col: 1 })?.path).toBe("left");
    // Into a smaller matrix: to its last column.
    const corner = { path: "left", row: 1, col: 2 };
    expect(step("next-matrix", corner)).toEqual({ path: "right", row: 1, col: 1 });
  });

  test("leaves other actions to others", () => {
    expect(step("zoom-in")).toBeNull();
    expect(step("leave")).toBeNull();
  });
});
