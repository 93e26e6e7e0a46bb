/** Joined matrices: one operand, whose bands carry the cubes of those parts that are products. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { areaOf, partsOf } from "../src/layout/bands.ts";
import {
  type Band,
  type Cube,
  cellPosition,
  type Layout,
  layout,
  type Placed,
  type Vec3,
} from "../src/layout.ts";
import { type Join, type Node, walk } from "../src/scene.ts";
import type { Figure } from "../src/schema/figure.ts";
import { type PlacementSettings, resolve } from "../src/settings.ts";
import { below, beside, type Shapes, tree, type Written } from "./support/trees.ts";

const settings = (options: Partial<Figure>) => resolve({ mm: 1, expr: "", leaves: {}, ...options });

const placement = fc.record<PlacementSettings>({
  polarity: fc.constantFrom("positive", "negative"),
  left: fc.constantFrom("left", "right"),
  right: fc.constantFrom("top", "bottom"),
  result: fc.constantFrom("front", "back"),
});
const scheme = fc.constantFrom("blocks", "zigzag", "wheel", "custom");
const size = fc.integer({ min: 1, max: 6 });
const count = fc.integer({ min: 1, max: 4 });
const blocks = fc.record({ i: count, j: count, k: count });

interface Drawing {
  nodes: Node;
  options: Partial<Figure>;
}

/**
 * Any tree of joined matrices and products up to four levels deep, with any placement and blocks.
 * The root is a product or a joined matrix.
 */
const drawing: fc.Arbitrary<Drawing> = fc
  .record({
    choices: fc.infiniteStream(fc.integer({ min: 0, max: 999 })),
    root: placement,
    own: fc.infiniteStream(placement),
    scheme,
    cut: fc.infiniteStream(blocks),
    gap: fc.integer({ min: 1, max: 9 }),
    scatter: fc.constantFrom(0, 0, 7),
    rows: size,
    cols: size,
  })
  .map(({ choices, root, own, scheme, cut, gap, scatter, rows, cols }) => {
    const next = (below: number) => choices.next().value % below;
    const shapes: Record<string, [number, number]> = {};
    const matrix = (h: number, w: number, level: number): Written => {
      const kind = level === 0 ? 0 : level === 4 ? 1 + next(3) : next(4);
      if (kind === 2 && w > 1) {
        const at = 1 + next(w - 1);
        return beside(matrix(h, at, level - 1), matrix(h, w - at, level - 1));
      }
      if (kind === 3 && h > 1) {
        const at = 1 + next(h - 1);
        return below(matrix(at, w, level - 1), matrix(h - at, w, level - 1));
      }
      if (kind === 0) {
        const name = `M${Object.keys(shapes).length}`;
        shapes[name] = [h, w];
        return name;
      }
      const depth = 1 + next(6);
      return [matrix(h, depth, level - 1), matrix(depth, w, level - 1)];
    };
    const nodes = tree(matrix(rows, cols, 4), shapes);
    const products = walk(nodes).filter(({ role }) => role === "result");
    const results = Object.fromEntries(
      products.map(({ name }) => [name, { blocks: cut.next().value, layout: own.next().value }]),
    );
    return { nodes, options: { layout: { gap, scheme, scatter, ...root }, results } };
  });

const placedAt = ({ placed }: Layout, path: string): Placed => {
  const found = placed.find((one) => one.path === path);
  if (!found) throw new Error(`${path} is not placed`);
  return found;
};

const joinsOf = (nodes: Node): Join[] => walk(nodes).filter((node) => node.role === "join");

/** Joined matrices that are no part of another one: those that stand in the world. */
const standing = (nodes: Node): Join[] => {
  const inside = new Set(joinsOf(nodes).flatMap(({ parts }) => parts));
  return joinsOf(nodes).filter((node) => !inside.has(node));
};

const close = (a: Vec3, b: Vec3) => a.every((x, axis) => Math.abs(x - (b[axis] ?? NaN)) < 1e-9);

const range = (length: number) => Array.from({ length }, (_, at) => at);

test("the result of a cube on a band is the band, element by element, whatever the placement", () => {
  let seen = 0;
  fc.assert(
    fc.property(drawing, ({ nodes, options }) => {
      const made = layout(nodes, settings(options));
      for (const join of standing(nodes)) {
        const whole = placedAt(made, join.path);
        for (const { node, row, col } of partsOf(join)) {
          if (node.role === "leaf") continue;
          seen += 1;
          const part = placedAt(made, node.path);
          expect(part.facing).toEqual(whole.facing);
          for (const r of range(node.rows)) {
            for (const c of range(node.cols)) {
              const wanted = cellPosition(whole, row + r, col + c);
              expect(close(cellPosition(part, r, c), wanted), `${node.name} (${r}, ${c})`).toBe(
                true,
              );
            }
          }
        }
      }
    }),
    { numRuns: 400 },
  );
  expect(seen).toBeGreaterThan(200);
});

/** Between which coordinates a cube's box lies along a unit vector. */
function span({ frame: { corner, i, j, k } }: Cube, along: Vec3): [number, number] {
  const on = (v: Vec3) => v[0] * along[0] + v[1] * along[1] + v[2] * along[2];
  const edges = [i, j, k].map(on);
  const from = on(corner) + edges.reduce((sum, edge) => sum + Math.min(0, edge), 0);
  return [from, from + edges.reduce((sum, edge) => sum + Math.abs(edge), 0)];
}

test("a cube on a band stays outside of the cube whose operand the band belongs to", () => {
  fc.assert(
    fc.property(placement, scheme, placement, fc.constantFrom("left", "right"), (...drawn) => {
      const [root, scheme, own, side] = drawn;
      const join = side === "left" ? beside("x", ["A", "B"]) : below("x", ["A", "B"]);
      const other = "W";
      const shapes: Shapes =
        side === "left"
          ? { x: [4, 3], A: [4, 5], B: [5, 2], W: [5, 6] }
          : { x: [3, 4], A: [2, 5], B: [5, 4], W: [6, 5] };
      const nodes = tree(side === "left" ? [join, other] : [other, join], shapes);
      const results = { "A @ B": { layout: own } };
      const made = layout(nodes, settings({ layout: { scheme, ...root }, results }));
      const [part, whole] = made.cubes;
      if (!part || !whole) throw new Error("two cubes");
      const normal = whole.placed[side].facing;
      const [a, b] = [span(part, normal), span(whole, normal)];
      expect(Math.min(a[1], b[1]) - Math.max(a[0], b[0])).toBeLessThan(1e-9);
      // It touches the face.
      expect(Math.max(a[0], b[0]) - Math.min(a[1], b[1])).toBeLessThan(1e-9);
    }),
    { numRuns: 200 },
  );
});

test("a product hangs on a band as it hangs on the whole face", () => {
  fc.assert(
    fc.property(
      placement,
      fc.constantFrom("blocks", "zigzag"),
      fc.constantFrom("left", "right"),
      fc.constantFrom("rows", "cols"),
      fc.integer({ min: 0, max: 9 }),
      (root, scheme, side, axis, scatter) => {
        const whole = tree(
          side === "left" ? [["A", ["B", "C"]], "D"] : ["D", ["A", ["B", "C"]]],
          side === "left"
            ? { A: [4, 5], B: [5, 6], C: [6, 7], D: [7, 3] }
            : { A: [7, 5], B: [5, 6], C: [6, 4], D: [3, 7] },
        );
        if (whole.role !== "result") throw new Error("a product");
        // The band that is the whole face: no bracket can say it, but a tree can.
        const part = whole[side];
        const paths = new Map(walk(part).map(({ path }) => [`${path}`, path]));
        const band: Join = { ...part, role: "join", axis, parts: [renamed(part, side)] };
        const options = settings({ layout: { scheme, scatter, ...root } });
        const plain = layout(whole, options);
        const joined = layout({ ...whole, [side]: band }, options);
        for (const path of paths.keys()) {
          const there = path === side ? `${side}.0` : path.replace(side, `${side}.0`);
          const [a, b] = [placedAt(plain, path), placedAt(joined, there)];
          expect({ ...b, path }).toEqual(a);
        }
        expect(joined.bounds).toEqual(plain.bounds);
        expect(joined.cubes.map(({ frame }) => frame)).toEqual(
          plain.cubes.map(({ frame }) => frame),
        );
        expect(joined.cubes.at(-1)?.scatter).toEqual(plain.cubes.at(-1)?.scatter);
      },
    ),
  );
});

/** A subtree with the paths it has as the only part of a joined matrix in its place. */
function renamed(node: Node, side: string): Node {
  const path = node.path === side ? `${side}.0` : node.path.replace(side, `${side}.0`);
  if (node.role !== "result") return { ...node, path };
  return { ...node, path, left: renamed(node.left, side), right: renamed(node.right, side) };
}

test("bands cover a joined matrix, each element once; only parts with a cube stand by themselves", () => {
  fc.assert(
    fc.property(drawing, ({ nodes, options }) => {
      const { placed } = layout(nodes, settings(options));
      const paths = placed.map(({ path }) => path);
      expect(new Set(paths).size).toBe(paths.length);
      for (const join of standing(nodes)) {
        const { bands = [], rows, cols } = placed[paths.indexOf(join.path)] as Placed;
        const hits = range(rows).map(() => range(cols).fill(0));
        for (const band of bands) {
          const area = areaOf(band);
          for (let r = area.rows[0]; r < area.rows[1]; r += 1) {
            for (let c = area.cols[0]; c < area.cols[1]; c += 1) {
              const line = hits[r];
              if (line) line[c] = (line[c] ?? NaN) + 1;
            }
          }
          expect(paths.includes(band.path)).toBe(band.role === "result");
          expect(walk(nodes).find(({ path }) => path === band.path)?.name).toBe(band.name);
        }
        expect(new Set(hits.flat())).toEqual(new Set([1]));
      }
      const alone = walk(nodes).filter(({ role }) => role === "result");
      for (const { path } of alone) expect(paths).toContain(path);
    }),
    { numRuns: 100 },
  );
});

describe("the update of a weight", () => {
  const nodes = tree(["y", beside("x", ["u", "x", "A"]), below("W", "B")], {
    x: [4, 6],
    A: [6, 2],
    W: [6, 5],
    B: [2, 5],
  });

  test("is one cube deeper by the rank, with the cube of u on the last columns of its left face", () => {
    const { placed, cubes } = layout(nodes, settings({}));
    expect(placed.map(({ path, name, role }) => `${path} ${name} ${role}`)).toEqual([
      "left.1.left x leaf",
      "left.1.right A leaf",
      "left.1 u result",
      "left [x | u] join",
      "right [W ; B] join",
      "root y result",
    ]);
    expect(cubes.map(({ path, depth }) => [path, depth])).toEqual([
      ["left.1", 6],
      ["root", 8],
    ]);
    const bands = (path: string) => placed.find((one) => one.path === path)?.bands;
    expect(bands("left")).toEqual<Band[]>([
      { path: "left.0", name: "x", role: "leaf", axis: "cols", start: 0, count: 6, across: [0, 4] },
      {
        path: "left.1",
        name: "u",
        role: "result",
        axis: "cols",
        start: 6,
        count: 2,
        across: [0, 4],
      },
    ]);
    expect(bands("right")?.map(({ name, start, count }) => [name, start, count])).toEqual([
      ["W", 0, 6],
      ["B", 6, 2],
    ]);
    expect(bands("root")).toBeUndefined();
  });

  test("keeps its depth whole, and is cut along rows and columns", () => {
    const results = { y: { blocks: { i: 2, j: 5, k: 4 } }, u: { blocks: { i: 9, j: 2, k: 3 } } };
    const { cubes, placed } = layout(nodes, settings({ results }));
    expect(cubes.map(({ blocks }) => blocks)).toEqual([
      { i: 2, j: 1, k: 3 },
      { i: 2, j: 5, k: 1 },
    ]);
    expect(placed.map(({ name, rowBlock, colBlock }) => [name, rowBlock, colBlock])).toEqual([
      ["x", 2, 2],
      ["A", 2, 2],
      ["u", 2, 2],
      ["[x | u]", 2, 8],
      ["[W ; B]", 8, 1],
      ["y", 2, 1],
    ]);
  });
});

test("nested parts are bands too, in elements of the whole", () => {
  const nodes = tree([beside("A", below("B", ["C", "D"])), "E"], {
    A: [5, 2],
    B: [2, 4],
    C: [3, 7],
    D: [7, 4],
    E: [6, 1],
  });
  const { bands = [] } = placedAt(layout(nodes, settings({})), "left");
  expect(
    bands.map(({ name, axis, start, count, across }) => [name, axis, start, count, across]),
  ).toEqual([
    ["A", "cols", 0, 2, [0, 5]],
    ["B", "rows", 0, 2, [2, 6]],
    ["C @ D", "rows", 2, 3, [2, 6]],
  ]);
  expect(bands.map(areaOf)[2]).toEqual({ rows: [2, 5], cols: [2, 6] });
});

test("without cubes on its bands a joined matrix is cut across its seams", () => {
  const shapes = { A: [4, 3], B: [4, 5], C: [8, 2] } as const;
  const results = { "[A | B] @ C": { blocks: { i: 1, j: 1, k: 4 } } };
  const { cubes } = layout(tree([beside("A", "B"), "C"], shapes), settings({ results }));
  expect(cubes[0]?.placed.left.colBlock).toBe(2);
  expect(cubes[0]?.cuts.k.count).toBe(4);
});

test("a cube on a band far below keeps the axis whole up to the root", () => {
  // Rows of [A ; B @ C] are rows of the root, through two products.
  const nodes = tree([[below("A", ["B", "C"]), "D"], "E"], {
    A: [3, 4],
    B: [5, 2],
    C: [2, 4],
    D: [4, 6],
    E: [6, 7],
  });
  const results = { [nodes.name]: { blocks: { i: 4, j: 7, k: 3 } } };
  const { cubes } = layout(nodes, settings({ results }));
  expect(cubes.at(-1)?.blocks).toEqual({ i: 1, j: 7, k: 3 });
});

test("the faces of every cube are cut as the cube is", () => {
  fc.assert(
    fc.property(drawing, ({ nodes, options }) => {
      for (const { cuts, placed } of layout(nodes, settings(options)).cubes) {
        const { left, right, result } = placed;
        expect([left.rowBlock, result.rowBlock]).toEqual([cuts.i.block, cuts.i.block]);
        expect([right.colBlock, result.colBlock]).toEqual([cuts.j.block, cuts.j.block]);
        expect([left.colBlock, right.rowBlock]).toEqual([cuts.k.block, cuts.k.block]);
      }
    }),
    { numRuns: 200 },
  );
});

test("with scatter, the joined matrix moves and its cubes stay on it", () => {
  const nodes = tree([beside("x", ["A", "B"]), "W"], {
    x: [4, 3],
    A: [4, 5],
    B: [5, 2],
    W: [5, 6],
  });
  const at = (scatter: number) => {
    const made = layout(nodes, settings({ layout: { scatter } }));
    const root = placedAt(made, "root").origin;
    return ["left", "left.1", "left.1.left", "left.1.right"].map((path) => {
      const { origin } = placedAt(made, path);
      return origin.map((x, axis) => x - (root[axis] ?? NaN));
    });
  };
  const [still, moved] = [at(0), at(11)];
  for (const [which, from] of still.entries()) {
    expect(moved[which]?.map((x, axis) => x - (from[axis] ?? NaN))).toEqual([-11, 0, 0]);
  }
});

test("a joined matrix alone faces the reader, its cubes on it", () => {
  const nodes = tree(beside(["A", "B"], "C"), { A: [3, 4], B: [4, 2], C: [3, 5] });
  for (const result of ["front", "back"] as const) {
    const made = layout(nodes, settings({ layout: { result } }));
    const whole = placedAt(made, "root");
    expect(whole.facing).toEqual([0, 0, 1]);
    expect(whole.colAxis).toEqual([1, 0, 0]);
    expect(close(placedAt(made, "0").origin, whole.origin)).toBe(true);
    expect(made.placed.at(-1)).toBe(whole);
  }
  const results = { "A @ B": { layout: { left: "right" } } } as const;
  const side = (scheme: "blocks" | "custom") => {
    const made = layout(nodes, settings({ layout: { scheme }, results }));
    return Math.sign(placedAt(made, "0.left").origin[0] - placedAt(made, "0").origin[0]);
  };
  expect([side("blocks"), side("custom")]).toEqual([-1, 1]);
});

test("bounds hold every element, and the origin in their middle", () => {
  fc.assert(
    fc.property(drawing, ({ nodes, options }) => {
      const { placed, bounds } = layout(nodes, settings(options));
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
    }),
    { numRuns: 100 },
  );
});
