import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { axesOf } from "../src/camera/view.ts";
import { compose } from "../src/gl/compose.ts";
import { createFrame } from "../src/gl/frame.ts";
import { localEye, type Piece, pieces } from "../src/gl/pieces.ts";
import type { Drawn, Placed, Vec3 } from "../src/layout.ts";

const BASES: readonly (readonly [Vec3, Vec3, Vec3])[] = [
  [
    [0, -1, 0],
    [1, 0, 0],
    [0, 0, 1],
  ],
  [
    [0, -1, 0],
    [0, 0, 1],
    [-1, 0, 0],
  ],
  [
    [0, 0, 1],
    [1, 0, 0],
    [0, 1, 0],
  ],
];

function placed(basis: number, origin: Vec3, rows: number, cols: number, extra = {}): Placed {
  const [rowAxis, colAxis, facing] = BASES[basis % 3] ?? BASES[0] ?? [];
  if (!rowAxis || !colAxis || !facing) throw new Error("no such basis");
  const path = `${origin.join()} ${basis}`;
  const block = { rowBlock: rows, colBlock: cols, gap: 4 };
  const place = { path, name: "A", role: "leaf" as const, rows, cols, origin };
  return { ...place, rowAxis, colAxis, facing, ...block, ...extra };
}

const drawn = (one: Placed): Drawn => ({
  placed: one,
  source: { kind: "matrix", name: one.name },
  range: { lo: 0, hi: 1 },
  reveal: { rows: [0, one.rows], cols: [0, one.cols] },
  highlight: null,
  opacity: 1,
});

/** Distance at which the ray meets an element's cell in the plane of the matrix, or null. */
function meets(one: Placed, row: number, col: number, eye: Vec3, direction: Vec3): number | null {
  const middle = one.origin.map(
    (o, a) => o + row * (one.rowAxis[a] ?? 0) + col * (one.colAxis[a] ?? 0),
  );
  const dot = (a: readonly number[], b: readonly number[]): number =>
    a.reduce((sum, part, axis) => sum + part * (b[axis] ?? 0), 0);
  const away = middle.map((m, a) => m - (eye[a] ?? 0));
  const slope = dot(direction, one.facing);
  if (Math.abs(slope) < 1e-6) return null;
  const distance = dot(away, one.facing) / slope;
  if (distance <= 0) return null;
  const off = direction.map((d, a) => d * distance - (away[a] ?? 0));
  const inside = [one.rowAxis, one.colAxis].every((axis) => Math.abs(dot(off, axis)) < 0.499);
  return inside ? distance : null;
}

/** How far the ray's point at a distance lies from the plane of a matrix. */
function heightOver(one: Placed, eye: Vec3, direction: Vec3, distance: number): number {
  return Math.abs(
    one.facing.reduce(
      (sum, part, a) =>
        sum + part * ((eye[a] ?? 0) + (direction[a] ?? 0) * distance - (one.origin[a] ?? 0)),
      0,
    ),
  );
}

describe("painter's order", () => {
  const coordinate = fc.integer({ min: -12, max: 12 });
  const origin = fc.tuple(coordinate, coordinate, coordinate);
  const size = fc.integer({ min: 1, max: 9 });
  const matrix = fc.tuple(fc.integer({ min: 0, max: 2 }), origin, size, size);

  it("draws what lies behind first, along every ray, also where matrices cut through each other", () => {
    fc.assert(
      fc.property(
        fc.array(matrix, { minLength: 2, maxLength: 5 }),
        fc.tuple(coordinate, coordinate, fc.integer({ min: 20, max: 40 })),
        fc.integer({ min: 0, max: 1000 }),
        (matrices, from, seed) => {
          const eye: Vec3 = [from[0] + 0.37, from[1] + 0.21, from[2] + 0.13];
          const list = matrices.map(([basis, at, rows, cols]) =>
            drawn(placed(basis, at, rows, cols)),
          );
          const order = compose(list, [], null).order.from(eye);
          const goal = list[seed % list.length]?.placed.origin ?? [0, 0, 0];
          const direction: Vec3 = [goal[0] - eye[0], goal[1] - eye[1], goal[2] - eye[2]];
          const met: { distance: number; place: Placed }[] = [];
          for (const item of order) {
            if (item.kind !== "elements") continue;
            for (let row = item.rect.row; row < item.rect.rowEnd; row++)
              for (let col = item.rect.col; col < item.rect.colEnd; col++) {
                const distance = meets(item.placed, row, col, eye, direction);
                if (distance !== null) met.push({ distance, place: item.placed });
              }
          }
          for (let n = 1; n < met.length; n++) {
            const [before, after] = [met[n - 1], met[n]];
            if (!before || !after || after.distance <= before.distance) continue;
            // The farther is drawn over the nearer: right only where balls of both planes, which
            // reach half a unit, touch each other.
            const apart = Math.min(
              heightOver(before.place, eye, direction, after.distance),
              heightOver(after.place, eye, direction, before.distance),
            );
            expect(apart).toBeLessThan(1.03);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it("draws every element exactly once, however often matrices are cut", () => {
    fc.assert(
      fc.property(fc.array(matrix, { minLength: 1, maxLength: 6 }), (matrices) => {
        const list = matrices.map(([basis, at, rows, cols]) =>
          drawn(placed(basis, at, rows, cols)),
        );
        const count = new Map<string, number>();
        for (const item of compose(list, [], null).order.from([30, 20, 10])) {
          if (item.kind !== "elements") continue;
          for (let row = item.rect.row; row < item.rect.rowEnd; row++)
            for (let col = item.rect.col; col < item.rect.colEnd; col++) {
              const key = `${item.index} ${row} ${col}`;
              count.set(key, (count.get(key) ?? 0) + 1);
            }
        }
        expect(count.size).toBe(list.reduce((sum, { placed: p }) => sum + p.rows * p.cols, 0));
        expect([...count.values()].every((times) => times === 1)).toBe(true);
      }),
    );
  });

  it("keeps one sheet for several areas of a matrix, and keeps the order while nothing moves", () => {
    const place = placed(0, [0, 0, 0], 8, 8);
    const areas: Drawn[] = [
      { ...drawn(place), reveal: { rows: [0, 3], cols: [0, 8] } },
      { ...drawn(place), reveal: { rows: [3, 8], cols: [0, 8] } },
    ];
    const first = compose(areas, [], null);
    const kinds = first.order.from([0, 0, 30]).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === "sheet")).toHaveLength(1);
    expect(kinds.filter((kind) => kind === "elements")).toHaveLength(2);
    const brighter = areas.map((area) => ({ ...area, opacity: 0.5 }));
    expect(compose(brighter, [], first)).toBe(first);
    const one = areas.slice(0, 1);
    expect(compose(one, [], first)).not.toBe(first);
  });

  it("draws nothing of what is hidden, but the sheet still stands", () => {
    const hidden: Drawn = {
      ...drawn(placed(0, [0, 0, 0], 4, 4)),
      reveal: { rows: [0, 0], cols: [0, 4] },
    };
    const items = compose([hidden], [], null).order.from([0, 0, 30]);
    expect(items.map(({ kind }) => kind)).toEqual(["sheet"]);
  });
});

describe("pieces", () => {
  const whole = (one: Placed): { row: number; rowEnd: number; col: number; colEnd: number } => ({
    row: 0,
    rowEnd: one.rows,
    col: 0,
    colEnd: one.cols,
  });

  it("never reach across a block, a texture or a patch, and cover everything once", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 90 }),
        fc.integer({ min: 1, max: 90 }),
        fc.integer({ min: 1, max: 40 }),
        (rows, cols, block) => {
          const one = placed(0, [0, 0, 0], rows, cols, { rowBlock: block, colBlock: block });
          const seen = new Set<string>();
          let kept = true;
          for (const piece of pieces(one, whole(one), [3, 5, 9], 32, 10)) {
            const same = (step: number, from: number, to: number): boolean =>
              Math.floor(from / step) === Math.floor((to - 1) / step);
            for (const step of [block, 32, 10]) {
              kept &&= same(step, piece.row, piece.rowEnd) && same(step, piece.col, piece.colEnd);
            }
            kept &&= piece.rowGap === Math.floor(piece.row / block) * 4;
            for (let r = piece.row; r < piece.rowEnd; r++)
              for (let c = piece.col; c < piece.colEnd; c++) seen.add(`${r} ${c}`);
          }
          expect(kept).toBe(true);
          expect(seen.size).toBe(rows * cols);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("come from the outside in, toward the eye's foot", () => {
    const one = placed(0, [0, 0, 0], 40, 1, { rowBlock: 10 });
    const eye = localEye(one, [0, -25, 30]);
    const rows = pieces(one, whole(one), eye, 2048, 256).map((piece: Piece) => piece.row);
    expect(rows).toEqual([30, 0, 20, 10]);
  });
});

describe("frame", () => {
  const view = (distance: number) => {
    const eye: Vec3 = [0, 0, distance];
    const axes = axesOf(eye, [0, 0, 0]);
    return { eye, axes, tangent: 0.4142, near: 0.1, width: 800, height: 600 };
  };
  const kindsAt = (distance: number): string[] => {
    const list = [drawn(placed(0, [-10, 10, 0], 20, 20))];
    const composition = compose(list, [], null);
    return createFrame(composition, list, view(distance), 2048).batches.map(({ kind }) => kind);
  };

  it("uses spheres near, averages far", () => {
    expect(kindsAt(100)).toEqual(["sheet", "near"]);
    expect(kindsAt(3000)).toEqual(["sheet", "far"]);
  });

  it("leaves out what the picture cannot show", () => {
    const list = [drawn(placed(0, [500, 10, 0], 20, 20)), drawn(placed(0, [-10, 10, 90], 20, 20))];
    const composition = compose(list, [], null);
    const batches = (distance: number) =>
      createFrame(composition, list, view(distance), 2048).batches;
    expect(batches(60)).toEqual([]);
    expect(batches(2000).filter(({ kind }) => kind === "near" || kind === "far")).toHaveLength(2);
  });

  it("puts blocks of one matrix into one batch", () => {
    const list = [drawn(placed(0, [-20, 20, 0], 20, 20, { rowBlock: 5, colBlock: 5 }))];
    const { batches } = createFrame(compose(list, [], null), list, view(150), 2048);
    expect(batches.map((batch) => ("count" in batch ? batch.count : 0))).toEqual([16, 16]);
  });
});
