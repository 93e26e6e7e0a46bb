/** The light around the pointer, digits on elements, the lens: as geometry, without a picture. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { drawn } from "../src/animation/drawn.ts";
import { type Lens, lensAt, lensView, magnified } from "../src/camera/lens.ts";
import { add, cross, dot, normalize, scale, subtract } from "../src/camera/vector.ts";
import { Camera } from "../src/camera.ts";
import { enlarged } from "../src/gl/enlarged.ts";
import { aimed } from "../src/gl/frame.ts";
import { type Grid, LETTER, LINE, largestSize, printOf } from "../src/inspect/digits.ts";
import { light } from "../src/inspect/light.ts";
import { formatNumber } from "../src/inspect/number.ts";
import { boxOf, printValues } from "../src/inspect/printed.ts";
import { read } from "../src/inspect/readout.ts";
import { cells, spotlit, spotlitAround } from "../src/inspect/spotlight.ts";
import { cellPosition, type Drawn, layout, type Placed, type Vec3 } from "../src/layout.ts";
import type { Node } from "../src/scene.ts";
import { resolve } from "../src/settings.ts";
import { overlaps } from "../src/text/room.ts";
import { beside, tree } from "./support/trees.ts";

const plane = (more: Partial<Placed> = {}): Placed => ({
  path: "root",
  name: "M",
  role: "leaf",
  rows: 40,
  cols: 50,
  origin: [0, 0, 0],
  rowAxis: [0, -1, 0],
  colAxis: [1, 0, 0],
  facing: [0, 0, 1],
  rowBlock: 40,
  colBlock: 50,
  gap: 4,
  ...more,
});

const shownAll = (placed: Placed, more: Partial<Drawn> = {}): Drawn => ({
  placed,
  source: { kind: "matrix", name: placed.name },
  range: { lo: 0, hi: 1 },
  reveal: { rows: [0, placed.rows], cols: [0, placed.cols] },
  highlight: null,
  opacity: 1,
  ...more,
});

/** Distance of a point from a line. */
function distance(point: Vec3, origin: Vec3, direction: Vec3): number {
  return Math.hypot(...cross(subtract(point, origin), normalize(direction)));
}

describe("the light", () => {
  test("falls on exactly the elements within its radius of the ray", () => {
    const offset = fc.double({ min: -30, max: 30, noNaN: true });
    fc.assert(
      fc.property(
        fc.tuple(offset, offset, fc.double({ min: 5, max: 60, noNaN: true })),
        fc.tuple(offset, offset),
        fc.integer({ min: 1, max: 10 }),
        fc.integer({ min: 1, max: 60 }),
        (away, [x, y], radius, block) => {
          const placed = plane({ colBlock: Math.min(50, block), gap: 3 });
          const target: Vec3 = [20 + x, -15 + y, 0];
          const origin = add(target, away);
          const direction = subtract(target, origin);
          fc.pre(Math.abs(normalize(direction)[2]) > 0.13);
          const found = new Set(
            cells({ origin, direction }, placed, radius).map(({ row, col }) => `${row},${col}`),
          );
          for (let row = 0; row < placed.rows; row += 1)
            for (let col = 0; col < placed.cols; col += 1) {
              const away = distance(cellPosition(placed, row, col), origin, direction) - radius;
              // On the very edge rounding decides.
              if (Math.abs(away) < 1e-9) continue;
              if (found.has(`${row},${col}`) !== away < 0) return false;
            }
          return true;
        },
      ),
      { numRuns: 30 },
    );
  });

  test("does not fall behind the eye, nor on a plane seen from its edge", () => {
    const placed = plane();
    expect(cells({ origin: [9, -9, 9], direction: [0, 0, 1] }, placed, 3)).toEqual([]);
    expect(cells({ origin: [9, -9, 9], direction: [1, 0, -0.05] }, placed, 3)).toEqual([]);
  });

  const ray = { origin: [10, -10, 50] as Vec3, direction: [0, 0, -1] as Vec3 };

  test("reaches the nearer plane, and what stands behind only where it is not hidden", () => {
    const behind = shownAll(plane());
    // Its right half is there: the left half hides nothing.
    const before = shownAll(plane({ path: "left", name: "N", origin: [0, 0, 20] }), {
      reveal: { rows: [0, 40], cols: [10, 50] },
    });
    const spots = spotlit(ray, [behind, before], 3, false);
    expect(new Set(spots.map(({ placed }) => placed.name))).toEqual(new Set(["M", "N"]));
    for (const { placed, col } of spots) expect(placed.name === "N").toBe(col >= 10);
    expect(spots[0]?.placed.name).toBe("N");
  });

  test("falls on travelling products where the reader asked for it", () => {
    const moving = shownAll(plane({ role: "intermediate", origin: [0, 0, 9] }));
    expect(spotlit(ray, [moving], 2, false)).toEqual([]);
    expect(spotlit(ray, [moving], 2, true).length).toBeGreaterThan(9);
  });

  test("of a walk falls around the cell in its own plane, whatever stands before it", () => {
    const placed = plane();
    const own = shownAll(placed, { reveal: { rows: [0, 8], cols: [0, 50] } });
    const before = shownAll(plane({ path: "left", origin: [0, 0, 20] }));
    const cell = { placed, source: own.source, row: 7, col: 5 };
    const spots = spotlitAround(cell, [own, before], 2);
    expect(spots.map(({ row, col }) => [row, col])).toEqual([
      [5, 5],
      [6, 4],
      [6, 5],
      [6, 6],
      [7, 3],
      [7, 4],
      [7, 5],
      [7, 6],
      [7, 7],
    ]);
  });
});

describe("digits", () => {
  const part = fc.double({ min: -60, max: 60, noNaN: true });
  const grid = fc
    .record({ along: fc.record({ x: part, y: part }), down: fc.record({ x: part, y: part }) })
    .filter(({ along, down }) => {
      const area = Math.abs(along.x * down.y - along.y * down.x);
      const sides = [Math.hypot(along.x, along.y), Math.hypot(down.x, down.y)] as const;
      // Flatter grids are never printed on: their planes are seen from the edge.
      return Math.min(...sides) > 8 && area > 0.35 * sides[0] * sides[1];
    });

  test("of neighbours never stand over each other, however the grid lies", () => {
    fc.assert(
      fc.property(grid, fc.integer({ min: 1, max: 8 }), (g: Grid, letters) => {
        const size = largestSize(g, letters, 1) * 0.999;
        for (let i = -6; i <= 6; i += 1)
          for (let j = -6; j <= 6; j += 1) {
            if (i === 0 && j === 0) continue;
            const x = Math.abs(i * g.along.x + j * g.down.x);
            const y = Math.abs(i * g.along.y + j * g.down.y);
            if (x < letters * LETTER * size && y < LINE * size) return false;
          }
        return true;
      }),
    );
  });

  const square = (side: number): Grid => ({ along: { x: side, y: 0 }, down: { x: 0, y: side } });

  test("are more where there is more room, and none where one could not be read", () => {
    const values = [-1 / 3, 2 / 3];
    const letters = [16, 26, 36, 46, 70].map((side) => printOf(values, [square(side)]));
    expect(letters[0]).toBeNull();
    const lengths = letters.slice(1).map((print) => print?.texts[0]?.[0]?.length ?? 0);
    expect(lengths).toEqual([...lengths].sort((a, b) => a - b));
    expect(lengths.at(-1)).toBe(formatNumber(-1 / 3, 5).length);
    expect(lengths[0]).toBeLessThan(lengths.at(-1) ?? 0);
  });

  test("say 0 of a zero and no value of a missing one, in words below each other", () => {
    expect(printOf([0, Number.NaN], [square(60)])?.texts).toEqual([["0"], ["no", "value"]]);
  });

  test("can be fewer than four", () => {
    expect(formatNumber(-0.123456, 2)).toBe("−0.12");
    expect(formatNumber(123456, 1)).toBe("100000");
    expect(formatNumber(1.5e-7, 1)).toMatch(/^[12]e−7$/);
  });
});

describe("what is printed", () => {
  const camera = new Camera({ eased: false });
  camera.resize(800, 500);
  const all = { left: 0, top: 0, right: 800, bottom: 500 };

  test("keeps clear of each other from any side, two planes included", () => {
    const angle = fc.double({ min: -1.2, max: 1.2, noNaN: true });
    let count = 0;
    fc.assert(
      fc.property(angle, angle, fc.integer({ min: 8, max: 40 }), (turn, height, away) => {
        const planes = [
          plane({ rows: 9, cols: 9, rowBlock: 9, colBlock: 9 }),
          plane({
            path: "left",
            rows: 9,
            cols: 9,
            rowBlock: 9,
            colBlock: 9,
            origin: [-1, 0, 9],
            colAxis: [0, 0, -1],
            facing: [-1, 0, 0],
          }),
        ];
        const target: [number, number, number] = [2, -4, 3];
        const eye = scale(
          [Math.sin(turn) * Math.cos(height), Math.sin(height), Math.cos(turn) * Math.cos(height)],
          away,
        );
        camera.state = { position: [...add(target, eye)], target };
        const spots = spotlit(
          camera.ray(400, 250),
          planes.map((one) => shownAll(one)),
          4,
          false,
        );
        const boxes = printValues(
          spots,
          ({ row, col }) => (row - col) / 7,
          (point) => camera.project(point),
          all,
        ).map(boxOf);
        count += boxes.length;
        boxes.forEach((box, n) => {
          expect(box.left >= 0 && box.top >= 0 && box.right <= 800 && box.bottom <= 500).toBe(true);
          expect(boxes.slice(n + 1).some((other) => overlaps(box, other))).toBe(false);
        });
      }),
      { numRuns: 40 },
    );
    expect(count).toBeGreaterThan(100);
  });
});

describe("the lens", () => {
  const size = { width: 800, height: 500 };
  const settings = { lens_size: 0.5, magnification: 7 };

  test("stands around the pointer, with its side a part of the figure's height", () => {
    expect(lensAt({ x: 300, y: 200 }, size, settings)).toMatchObject({
      left: 175,
      top: 75,
      side: 250,
      magnification: 7,
    });
    expect(lensAt({ x: 300, y: 200 }, size, { ...settings, lens_size: 0 })).toBeNull();
    expect(lensAt({ x: 9, y: 9 }, { width: 120, height: 900 }, settings)?.side).toBe(120);
  });

  test("never hides under a finger, and stays in the picture", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 800 }), fc.integer({ min: 0, max: 500 }), (x, y) => {
        const lens = lensAt({ x, y }, size, { ...settings, lens_size: 0.4 }, true) as Lens;
        const { left, top, side } = lens;
        expect(left >= 0 && left + side <= 800 && top >= 0 && top + side <= 500).toBe(true);
        const inside = x > left && x < left + side && y > top && y < top + side;
        expect(inside).toBe(false);
      }),
    );
  });

  test("shows in its middle what it stands over, and its surroundings as much larger", () => {
    const lens = lensAt({ x: 300, y: 200 }, size, settings) as Lens;
    expect(magnified(lens, { x: 300, y: 200 })).toEqual({ x: 300, y: 200 });
    expect(magnified(lens, { x: 310, y: 195 })).toEqual({ x: 370, y: 165 });
  });

  test("is a camera: what its view projects is where the text over it stands", () => {
    const camera = new Camera({ eased: false });
    camera.resize(800, 500);
    camera.state = { position: [-30, 40, 60], target: [3, -4, 0] };
    const view = {
      eye: camera.position,
      axes: camera.axes,
      tangent: camera.tangent,
      near: camera.near,
      width: 1600,
      height: 1000,
    };
    fc.assert(
      fc.property(
        fc.tuple(fc.integer({ min: 0, max: 800 }), fc.integer({ min: 0, max: 500 })),
        fc.tuple(...[0, 1, 2].map(() => fc.double({ min: -20, max: 20, noNaN: true }))),
        fc.double({ min: 1, max: 25, noNaN: true }),
        ([x, y], point, magnification) => {
          const lens = lensAt({ x, y }, size, { lens_size: 0.5, magnification }) as Lens;
          const part = enlarged(view, size, lens, 2);
          const { right, up } = aimed(part);
          const from = subtract(point as unknown as Vec3, part.eye);
          const depth = dot(from, part.axes.forward);
          const [left, bottom] = part.corner ?? [0, 0];
          const device = {
            x: left + part.width * (0.5 + dot(from, right) / (2 * depth * part.tangent)),
            y: bottom + part.height * (0.5 + dot(from, up) / (2 * depth * part.tangent)),
          };
          const text = magnified(lens, camera.project(point as unknown as Vec3));
          expect(Math.abs(device.x / 2 - text.x)).toBeLessThan(0.6);
          expect(Math.abs((1000 - device.y) / 2 - text.y)).toBeLessThan(0.6);
        },
      ),
    );
  });

  test("sees as many pixels in an element as it enlarges them", () => {
    const lens = lensAt({ x: 0, y: 0 }, size, settings) as Lens;
    const { tangent } = lensView(lens, size, 0.4);
    expect((2 * tangent) / lens.side).toBeCloseTo((2 * 0.4) / 500 / 7, 12);
  });
});

describe("a joined operand", () => {
  const nodes = tree(["y", beside("x", ["u", "x", "A"]), "W"], {
    x: [4, 6],
    A: [6, 2],
    W: [8, 5],
  });
  const settings = resolve({ mm: 1, expr: "", leaves: {} });
  const places = layout(nodes, settings);
  const range = { lo: 0, hi: 1 };
  const ranges = { matrix: () => range, product: () => range, sums: () => range };

  test("is lit on every band, whether a cube hangs on it or not", () => {
    const placed = places.placed.find(({ path }) => path === "root") as Placed;
    const cell = { placed, source: { kind: "matrix", name: "y" }, row: 2, col: 1 } as const;
    const lit = new Set<string>();
    for (const { placed: at, reveal, highlight } of light(
      drawn(places, () => ranges, null),
      cell,
      nodes,
    )) {
      if (!highlight) continue;
      for (let row = reveal.rows[0]; row < reveal.rows[1]; row += 1)
        for (let col = reveal.cols[0]; col < reveal.cols[1]; col += 1)
          if (
            row >= highlight.rows[0] &&
            row < highlight.rows[1] &&
            col >= highlight.cols[0] &&
            col < highlight.cols[1]
          )
            lit.add(JSON.stringify(cellPosition(at, row, col)));
    }
    const join = places.placed.find(({ path }) => path === "left") as Placed;
    const right = places.placed.find(({ path }) => path === "right") as Placed;
    const wanted = [
      ...Array.from({ length: 8 }, (_, k) => JSON.stringify(cellPosition(join, 2, k))),
      ...Array.from({ length: 8 }, (_, k) => JSON.stringify(cellPosition(right, k, 1))),
    ];
    expect([...lit].sort()).toEqual(wanted.sort());
  });

  test("reads as the element of the part that stands there", () => {
    const join = places.placed.find(({ path }) => path === "left") as Placed;
    const node = nodes.role === "result" ? (nodes.left as Node) : nodes;
    const cell = { placed: join, source: { kind: "matrix", name: join.name }, row: 3 } as const;
    expect(read({ ...cell, col: 7 }, node, 1).origin).toBe("u[3, 1]");
    expect(read({ ...cell, col: 5 }, node, 1).origin).toBe("x[3, 5]");
  });
});
