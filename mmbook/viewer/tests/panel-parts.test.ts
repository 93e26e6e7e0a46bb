/** The panel's pure parts: undo, search, owners of cuts, placements, presets. */
import { describe, expect, test } from "vitest";
import { layout } from "../src/layout.ts";
import { signedColour } from "../src/look/colour.ts";
import { blockOwner, patchAt, productsOf, read } from "../src/panel/bindings.ts";
import { placementsOf } from "../src/panel/placements.ts";
import { looksLike, PRESETS } from "../src/panel/presets.ts";
import { matches } from "../src/panel/search.ts";
import { Undo } from "../src/panel/undo.ts";
import type { Figure } from "../src/schema/figure.ts";
import {
  apply,
  check,
  figureRule,
  type LookSettings,
  lookDefaults,
  resolve,
} from "../src/settings.ts";
import { beside, tree } from "./support/trees.ts";

const FIGURE: Figure = { mm: 1, expr: "A @ B", leaves: { A: { shape: [2, 3], init: "eye" } } };
const gap = (size: number, more: Partial<Figure> = {}): Figure => ({
  ...FIGURE,
  layout: { gap: size },
  ...more,
});

describe("undo", () => {
  test("goes back and forward through what was shown, and a new change ends the way forward", () => {
    const undo = new Undo();
    for (const size of [1, 2, 3]) undo.note(gap(size));
    expect(undo.undo()?.layout).toEqual({ gap: 2 });
    expect(undo.undo()?.layout).toEqual({ gap: 1 });
    expect(undo.canUndo).toBe(false);
    expect(undo.undo()).toBeNull();
    expect(undo.redo()?.layout).toEqual({ gap: 2 });
    undo.note(gap(9));
    expect(undo.canRedo).toBe(false);
    expect(undo.undo()?.layout).toEqual({ gap: 2 });
  });

  test("takes no notice of camera and step, and leaves them where they are", () => {
    const camera: Figure["camera"] = { position: [1, 2, 3], target: [0, 0, 0] };
    const undo = new Undo();
    undo.note(gap(1));
    undo.note(gap(2));
    undo.note(gap(2, { camera, animation: { step: 7 } }));
    const back = undo.undo();
    expect(back).toMatchObject({ layout: { gap: 1 }, camera, animation: { step: 7 } });
    expect(undo.canUndo).toBe(false);
  });

  test("of another expression goes back with its own camera", () => {
    const camera: Figure["camera"] = { position: [1, 2, 3], target: [0, 0, 0] };
    const undo = new Undo();
    undo.note(FIGURE);
    undo.note({ ...FIGURE, expr: "A", camera });
    expect(undo.undo()?.camera).toBeUndefined();
  });

  test("forgets a change that could not be had", () => {
    const undo = new Undo();
    undo.note(gap(1));
    undo.note(gap(2));
    undo.settle(gap(1));
    expect(undo.canUndo).toBe(false);
    undo.settle(gap(5));
    expect(undo.canUndo).toBe(false);
  });
});

describe("search", () => {
  const text = "Row guides Strength of the lines along the rows; 0 hides them. marks row_guides";
  test.each(["row", "ROW guid", "row_guides", "lines strength", "marks"])(
    "%s is found",
    (wanted) => {
      expect(matches(text, wanted)).toBe(true);
    },
  );
  test.each(["flow", "row gap", "columns"])("%s is not", (wanted) => {
    expect(matches(text, wanted)).toBe(false);
  });
  test("letters count without their marks", () => {
    expect(matches("Größe", "große")).toBe(true);
  });
});

test("a place is read and patched, whatever matrices are called", () => {
  for (const name of ["A", "a.b", "__proto__", "constructor"]) {
    const path = ["results", name, "alg"];
    expect(read(FIGURE, path)).toBeUndefined();
    const patched = apply(FIGURE, patchAt(path, "axpy"));
    expect(read(patched, path)).toBe("axpy");
    expect(({} as { alg?: string }).alg).toBeUndefined();
  }
});

describe("the owner of a cut", () => {
  const shapes = { A: [4, 6], B: [6, 8], C: [8, 10], D: [10, 4] } as const;
  const made = tree(
    [
      ["A", "B"],
      ["C", "D"],
    ],
    shapes,
  );
  const product = (path: string) => blockOwner.bind(null, made, path);
  const root = made.name;
  test.each([
    ["root", "i", { name: root, axis: "i" }],
    ["root", "k", { name: root, axis: "k" }],
    ["left", "i", { name: root, axis: "i" }],
    ["left", "j", { name: root, axis: "k" }],
    ["left", "k", { name: "A @ B", axis: "k" }],
    ["right", "i", { name: root, axis: "k" }],
    ["right", "j", { name: root, axis: "j" }],
    ["right", "k", { name: "C @ D", axis: "k" }],
  ] as const)("of %s along %s is %o", (path, axis, owner) => {
    expect(product(path)(axis)).toEqual(owner);
  });

  test("is the one whose blocks the layout cuts it by", () => {
    const trees = [
      made,
      tree([[["A", "B"], "C"], "D"], shapes),
      tree(["A", ["B", ["C", "D"]]], shapes),
      tree(
        [
          [beside("A", "x"), "B2"],
          ["C", "D"],
        ],
        { ...shapes, x: [4, 2], B2: [8, 8] },
      ),
    ];
    for (const one of trees) {
      for (const { path, name } of productsOf(one)) {
        for (const axis of ["i", "j", "k"] as const) {
          const owner = blockOwner(one, path, axis);
          const results = { [owner.name]: { blocks: { [owner.axis]: 2 } } };
          const { cubes } = layout(one, resolve({ ...FIGURE, results }));
          const cube = cubes.find((found) => found.path === path);
          expect(cube?.blocks[axis], `${name} along ${axis}`).toBe(2);
        }
      }
    }
  });
});

test("the custom scheme of a scheme's placements is the same picture", () => {
  const shapes = {
    A: [4, 6],
    B: [6, 8],
    C: [8, 10],
    D: [10, 4],
    x: [4, 6],
    U: [6, 3],
    V: [4, 3],
  } as const;
  const trees = [
    tree(
      [
        ["A", "B"],
        ["C", "D"],
      ],
      shapes,
    ),
    tree(["A", ["B", ["C", "D"]]], shapes),
    tree([beside("V", ["x", "U"]), "W"], { ...shapes, W: [6, 5] }),
  ];
  for (const one of trees) {
    for (const scheme of ["blocks", "zigzag", "wheel"] as const) {
      for (const polarity of ["negative", "positive"] as const) {
        const settings = resolve({ ...FIGURE, layout: { scheme, polarity, left: "right" } });
        const results = Object.fromEntries(
          [...placementsOf(one, settings)].map(([name, own]) => [name, { layout: own }]),
        );
        const custom = resolve({
          ...FIGURE,
          results,
          layout: { scheme: "custom", polarity, left: "right" },
        });
        expect(layout(one, custom).placed).toEqual(layout(one, settings).placed);
      }
    }
  }
});

describe("presets", () => {
  test.each(PRESETS)("$title is sound, and known again", (preset) => {
    expect(check({ ...FIGURE, ...preset.patch }, figureRule).problems).toEqual([]);
    const settings = resolve(apply(FIGURE, preset.patch));
    const shown = { ...FIGURE, look: settings.look, marks: settings.marks };
    expect(looksLike(shown, preset)).toBe(true);
    expect(looksLike({ ...shown, look: { ...settings.look, min_size: 0.123 } }, preset)).toBe(
      preset.patch.look?.min_size === undefined,
    );
  });

  const lookOf = (title: string): LookSettings => {
    const preset = PRESETS.find((one) => one.title === title);
    if (!preset) throw new Error(title);
    return { ...lookDefaults, ...(preset.patch.look as Partial<LookSettings>) };
  };

  /** Relative luminance of sRGB, WCAG 2.2. */
  const linear = (c: number) =>
    c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4;
  const luminance = (rgb: readonly number[]) => {
    const [r = 0, g = 0, b = 0] = rgb.map(linear);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a: number, b: number) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);

  /**
   * What readers without red or green cones see: Machado, Oliveira and Fernandes, "A
   * physiologically-based model for simulation of color vision deficiency", IEEE TVCG 15 (6), 2009,
   * severity 1, on linear sRGB.
   */
  const BLIND = {
    protanopia: [
      [0.152286, 1.052583, -0.204868],
      [0.114503, 0.786281, 0.099216],
      [-0.003882, -0.048116, 1.051998],
    ],
    deuteranopia: [
      [0.367322, 0.860646, -0.227968],
      [0.280085, 0.672501, 0.047413],
      [-0.01182, 0.04294, 0.968881],
    ],
  } as const;
  type Row = readonly [number, number, number];

  /** CIELAB (D65) of linear sRGB. */
  function lab(rgb: Row): Row {
    const times = (row: Row) => row[0] * rgb[0] + row[1] * rgb[1] + row[2] * rgb[2];
    const f = (t: number) => (t > 216 / 24389 ? Math.cbrt(t) : (t * 24389) / 27 / 116 + 16 / 116);
    const x = f(times([0.4124564, 0.3575761, 0.1804375]) / 0.95047);
    const y = f(times([0.2126729, 0.7151522, 0.072175]));
    const z = f(times([0.0193339, 0.119192, 0.9503041]) / 1.08883);
    return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
  }

  /** The least CIE 1976 difference between the two signs, over all magnitudes. */
  function apart(look: LookSettings, kind: keyof typeof BLIND, theme: "light" | "dark"): number {
    const seen = (sign: 1 | -1, magnitude: number): Row => {
      const [r, g, b] = signedColour(sign, magnitude, look, theme).map(linear);
      const light: Row = [r ?? 0, g ?? 0, b ?? 0];
      const [p, q, s] = BLIND[kind].map((row) =>
        Math.min(1, Math.max(0, row[0] * light[0] + row[1] * light[1] + row[2] * light[2])),
      );
      return lab([p ?? 0, q ?? 0, s ?? 0]);
    };
    const least = Array.from({ length: 21 }, (_, at) => {
      const [one, other] = [seen(1, at / 20), seen(-1, at / 20)];
      return Math.hypot(one[0] - other[0], one[1] - other[1], one[2] - other[2]);
    });
    return Math.min(...least);
  }

  test.each(["protanopia", "deuteranopia"] as const)(
    "the safe one keeps the signs apart in %s",
    (kind) => {
      for (const theme of ["light", "dark"] as const) {
        const safe = apart(lookOf("Colour-blind safe"), kind, theme);
        expect(safe, theme).toBeGreaterThan(50);
        expect(safe, theme).toBeGreaterThan(apart(lookDefaults, kind, theme));
      }
    },
  );

  // The page's grounds: --mm-paper in docs/stylesheets/palette.css.
  const GROUND = { light: luminance([0xfb, 0xfa, 0xf7]), dark: luminance([0x15, 0x15, 0x17]) };

  test("high contrast: no sign, however small, is closer to the ground than 3 : 1", () => {
    for (const theme of ["light", "dark"] as const) {
      for (const sign of [1, -1] as const) {
        for (let at = 0; at <= 20; at += 1) {
          const colour = signedColour(sign, at / 20, lookOf("High contrast"), theme);
          expect(contrast(luminance(colour), GROUND[theme]), `${theme} ${at}`).toBeGreaterThan(3);
        }
      }
    }
  });

  test("print: neighbours do not overlap, and every number is 3 : 1 on white paper", () => {
    const look = lookOf("Print");
    // At a vertical opening of 45 degrees a unit spans 1 / (2 tan 22.5°) = 1.207 of the height at depth 1.
    expect(look.elem_scale).toBeLessThan(1 / (2 * Math.tan(Math.PI / 8)));
    for (const sign of [1, -1] as const) {
      for (let at = 0; at <= 20; at += 1) {
        const colour = signedColour(sign, at / 20, look, "light");
        expect(contrast(luminance(colour), 1), `${at}`).toBeGreaterThan(3);
      }
    }
  });
});
