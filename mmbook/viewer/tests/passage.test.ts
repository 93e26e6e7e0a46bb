/** The way from one figure to another: what stays glides, what merges passes into its heir, then rest. */
import { describe, expect, test } from "vitest";
import { createPicture, type Picture } from "../src/figure/picture.ts";
import { bodiesOf, centreOf } from "../src/passage/bodies.ts";
import { moves } from "../src/passage/moves.ts";
import { createPassage } from "../src/passage/passage.ts";
import type { Matrix, Node, Scene } from "../src/scene.ts";
import { walk } from "../src/scene.ts";
import type { Figure } from "../src/schema/figure.ts";
import { resolve } from "../src/settings.ts";
import { below, beside, type Shapes, tree } from "./support/trees.ts";

const SHAPES: Shapes = { x: [8, 12], A: [12, 2], W: [12, 10], B: [2, 10], W1: [12, 10] };

function picture(node: Node, more: Partial<Figure> = {}, shift = 0): Picture {
  const matrices = new Map(
    walk(node).map(({ name, rows, cols }): [string, Matrix] => {
      const data = Float32Array.from({ length: rows * cols }, (_, n) => n + shift);
      const range = { min: 0, max: 1, smallest: 0, largest: rows * cols + shift, missing: 0 };
      return [name, { name, rows, cols, data, range }];
    }),
  );
  const figure: Figure = { mm: 1, expr: "h", leaves: {}, ...more };
  const scene: Scene = { figure, tree: node, matrices, python: "", description: "" };
  return createPicture(scene, resolve(figure), null);
}

const apart = () => picture(tree(["h", beside("x", ["u", "x", "A"]), below("W", "B")], SHAPES));
const merged = (merges = { W1: ["W", "B", "A"] }) =>
  picture(tree(["h", "x", "W1"], SHAPES), { merges });

describe("what becomes of matrices", () => {
  const found = moves(bodiesOf(apart()), bodiesOf(merged()), { W1: ["W", "B", "A"] });
  const of = (name: string) => found.filter(({ from, to }) => (from ?? to)?.placed.name === name);

  test("one of the same name goes to its new place, the other one of that name with it", () => {
    const [first, second] = of("x");
    expect(first?.to?.placed.name).toBe("x");
    expect(second?.to).toBeNull();
    const goal = centreOf((first?.to ?? bodiesOf(merged())[0])?.placed as never);
    expect(second?.end).toEqual(goal);
  });

  test("a band slides into its heir as far as the heir reaches, at its own size", () => {
    const [b] = of("B");
    const heir = bodiesOf(merged()).find(({ placed }) => placed.name === "W1");
    if (!b || !heir) throw new Error("no move");
    expect(b.size).toBe(1);
    // Its two rows end on the last two rows of the heir.
    const along = heir.placed.rowAxis.findIndex((part) => part !== 0) as 0 | 1 | 2;
    const direction = heir.placed.rowAxis[along];
    const last = heir.placed.origin[along] + 11 * direction;
    expect(b.end[along]).toBeCloseTo(last - 0.5 * direction, 9);
  });

  test("the result on a band passes into what stood beside it", () => {
    const [u] = of("u");
    const x = of("x")[0]?.to;
    if (!u || !x) throw new Error("no move");
    const along = x.placed.colAxis.findIndex((part) => part !== 0) as 0 | 1 | 2;
    const reach = Math.abs(u.end[along] - centreOf(x.placed)[along]);
    expect(reach).toBeLessThanOrEqual((11 - 1) / 2);
    const before = of("x")[0]?.start[along] ?? 0;
    expect(Math.abs(u.start[along] - before)).toBeGreaterThan(11 / 2);
  });

  test("without a word about it, what is gone fades where it stood", () => {
    const silent = moves(bodiesOf(apart()), bodiesOf(merged({} as never)), {});
    for (const name of ["W", "B", "A", "u"]) {
      const move = silent.find(({ from }) => from?.placed.name === name);
      expect(move?.end, name).toEqual(move?.start);
    }
  });
});

describe("the way", () => {
  const finish = (passage: ReturnType<typeof createPassage>): number => {
    let steps = 0;
    while (passage?.advance(0.05)) steps += 1;
    return steps;
  };

  test("begins as the old picture stood and ends", () => {
    const before = apart();
    const passage = createPassage(before, merged());
    if (!passage) throw new Error("no passage");
    const places = new Set(bodiesOf(before).map(({ placed }) => centreOf(placed).join()));
    for (const { placed, opacity } of passage.picture.at(0)) {
      expect(opacity).toBe(1);
      expect(places).toContain(centreOf(placed).join());
    }
    expect(finish(passage)).toBeGreaterThan(5);
    expect(finish(passage)).toBe(0);
  });

  test("every value it needs is there, also where both pictures have the name with others", () => {
    const changed = picture(tree(["h", "x", "W1"], SHAPES), { merges: { W1: ["W"] } }, 1);
    const passage = createPassage(apart(), changed);
    if (!passage) throw new Error("no passage");
    do {
      for (const { source } of passage.picture.at(0)) {
        if (source.kind !== "matrix") throw new Error("only matrices move");
        expect(passage.matrices.has(source.name), source.name).toBe(true);
      }
    } while (passage.advance(0.2));
    expect(passage.matrices.get("x")?.data[0]).toBe(1);
  });

  test("the way back is the same way", () => {
    const [forth, back] = [createPassage(apart(), merged()), createPassage(merged(), apart())];
    const middles = (passage: typeof forth): string[] => {
      passage?.advance(0.425);
      return (passage?.picture.at(0) ?? [])
        .map(({ placed }) =>
          centreOf(placed)
            .map((part) => part.toFixed(6))
            .join(),
        )
        .sort();
    };
    expect(new Set(middles(back))).toEqual(new Set(middles(forth)));
  });

  test("there is none between pictures in which everything stands where it stood", () => {
    expect(createPassage(apart(), apart())).toBeNull();
  });

  test("there is none between figures that have nothing in common", () => {
    const other = picture(tree(["z", "p", "q"], { p: [4, 4], q: [4, 4] }));
    expect(createPassage(apart(), other)).toBeNull();
  });
});
