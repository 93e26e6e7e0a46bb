/** Look and marks of single products, and of everything inside them. */
import { describe, expect, test } from "vitest";
import { createPicture } from "../src/figure/picture.ts";
import { looksOf } from "../src/gl/appearance.ts";
import { compose } from "../src/gl/compose.ts";
import type { Scene } from "../src/scene.ts";
import { walk } from "../src/scene.ts";
import type { Figure, Result } from "../src/schema/figure.ts";
import { lookDefaults, markDefaults, resolve, stylesOf } from "../src/settings.ts";
import { tree } from "./support/trees.ts";

const SHAPES = { A: [2, 3], B: [3, 4], C: [4, 5], D: [5, 6] } as const;
/** out = (P = (Q = A @ B) @ C) @ D */
const TREE = tree(["out", ["P", ["Q", "A", "B"], "C"], "D"], SHAPES);
const Q = ["left.left", "left.left.left", "left.left.right"];
const P = ["left", "left.right"];
const OUT = ["root", "right"];

const figure = (results: Record<string, Result>, options: Partial<Figure> = {}): Figure => ({
  mm: 1,
  expr: "out = (P = (Q = A @ B) @ C) @ D",
  leaves: {},
  results,
  ...options,
});

function scene(): Scene {
  const range = (largest: number) => ({ min: 0, max: largest, smallest: 1, largest, missing: 0 });
  const matrices = walk(TREE).map(({ name, rows, cols }, at) => {
    const data = new Float32Array(rows * cols).fill(at + 1);
    return [name, { name, rows, cols, data, range: range(at + 1) }] as const;
  });
  return {
    figure: figure({}),
    tree: TREE,
    matrices: new Map(matrices),
    python: "",
    description: "",
  };
}

describe("styles", () => {
  test("of a product hold for it and for all that is in it, the inner ones on top", () => {
    const { at } = stylesOf(
      TREE,
      resolve(
        figure(
          {
            P: { look: { min_size: 0.5, zero_hue: 0.1 }, marks: { legends: 2 } },
            Q: { look: { min_size: 0.7 } },
          },
          { look: { max_light: 0.9 } },
        ),
      ),
    );
    for (const path of OUT) {
      expect(at(path)).toEqual({ look: { ...lookDefaults, max_light: 0.9 }, marks: markDefaults });
    }
    for (const path of P) {
      expect(at(path).look).toEqual({
        ...lookDefaults,
        max_light: 0.9,
        min_size: 0.5,
        zero_hue: 0.1,
      });
    }
    for (const path of Q) {
      expect(at(path).look).toMatchObject({ min_size: 0.7, zero_hue: 0.1, max_light: 0.9 });
      expect(at(path).marks).toEqual({ ...markDefaults, legends: 2 });
    }
  });

  test("are as few as there are different ones, the figure's own first", () => {
    const settings = resolve(figure({ Q: { marks: { legends: 0 } } }));
    const styles = stylesOf(TREE, settings);
    expect(styles.all).toHaveLength(2);
    expect(styles.all[0]).toEqual({ look: settings.look, marks: settings.marks });
    // One look: one table for the GPU.
    expect(looksOf(styles, "dark").all).toHaveLength(1);
    expect(stylesOf(TREE, resolve(figure({}))).all).toHaveLength(1);
  });

  test("give the GPU a table for each look", () => {
    const styles = stylesOf(TREE, resolve(figure({ Q: { look: { zero_hue: 0.2 } } })));
    const looks = looksOf(styles, "light");
    expect(looks.all).toHaveLength(2);
    expect(looks.at("left.left.right").look.zero_hue).toBe(0.2);
    expect(looks.at("left.left.right").lookup).not.toEqual(looks.at("root").lookup);
    expect(looks.at("left")).toBe(looks.at("root"));
  });
});

describe("a picture", () => {
  const results: Record<string, Result> = {
    Q: {
      look: { sensitivity: "local" },
      marks: { legends: 0, shape: false, flow_guides: 0, tokens: false },
    },
  };
  const picture = createPicture(scene(), resolve(figure(results)), null);

  test("compares a product's values as that product wants it", () => {
    const largest = new Map(
      picture.at(0).map(({ placed, range }) => [placed.path, range.hi] as const),
    );
    // A, B, Q, C, P, D, out hold 1 to 7.
    expect(Q.map((path) => largest.get(path))).toEqual([3, 1, 2]);
    expect([...P, ...OUT].map((path) => largest.get(path))).toEqual([7, 7, 7, 7]);
  });

  test("names what its marks name", () => {
    expect(picture.titles.map(({ name }) => name).sort()).toEqual(["C", "D", "P", "out"]);
  });

  test("has the arrows that its marks ask for", () => {
    expect(picture.arrows.map(({ size }) => size)).toEqual([0, 0.5, 0.5]);
    const vanes = compose(picture.at(0), picture.arrows, null)
      .order.from([90, 80, 70])
      .filter(({ kind }) => kind === "vane");
    expect(vanes).toHaveLength(4);
  });

  test("keeps its ranges while only marks change, and takes others for another sensitivity", () => {
    const same = createPicture(
      picture.scene,
      resolve(figure(results, { marks: { legends: 3 } })),
      picture,
    );
    expect(same.ranges).toBe(picture.ranges);
    const other = createPicture(picture.scene, resolve(figure({})), same);
    expect(other.ranges("left.left").matrix("Q").hi).toBe(7);
  });
});
