/** Where options stand in a figure's JSON, as `<mm-setting>` writes and reads them. */
import { describe, expect, test } from "vitest";
import { OPTIONS } from "../src/panel/options.ts";
import type { Figure } from "../src/schema/figure.ts";
import { computed, patchAt, placeOf, valueAt, wishes } from "../src/setting/place.ts";
import { apply } from "../src/settings.ts";

const FIGURE: Figure = {
  mm: 1,
  expr: "C = L @ `a.b`",
  leaves: {
    L: { shape: [2, 3], init: "uniform", seed: 4 },
    "a.b": { shape: [3, 2], init: "rows", min: 0 },
  },
  results: { C: { blocks: { k: 3 }, layout: { left: "right" } } },
  layout: { gap: 7 },
};

describe("an option", () => {
  test.each([
    ["layout.gap", "layout.gap", 7],
    ["animation.alg", "animation.alg", undefined],
    ["leaves.L.seed", "leaf.seed", 4],
    ["leaves.a.b.min", "leaf.min", 0],
    ["results.C.blocks.k", "blocks.k", 3],
    ["results.C.layout.left", "placement.left", "right"],
    ["results.C.epilog", "result.epilog", undefined],
    ["results.L @ R.alg", "result.alg", undefined],
  ])("%s has the control %s", (path, control, value) => {
    const place = placeOf(path);
    expect(place.control).toBe(control);
    expect(OPTIONS.has(control)).toBe(true);
    expect(valueAt(FIGURE, place)).toEqual(value);
  });

  test("is changed where it stands, and nothing else is", () => {
    const place = placeOf("leaves.a.b.min");
    const changed = apply(FIGURE, patchAt(place, -2));
    expect(valueAt(changed, place)).toBe(-2);
    expect({ ...changed, leaves: FIGURE.leaves }).toEqual(FIGURE);
    expect(changed.leaves.L).toEqual(FIGURE.leaves.L);
  });

  test("that is taken away is gone", () => {
    const place = placeOf("leaves.L.seed");
    expect(apply(FIGURE, patchAt(place, null)).leaves.L).toEqual({
      shape: [2, 3],
      init: "uniform",
    });
  });

  test("that decides values is Python's to compute", () => {
    const python = ["leaves.L.max", "results.C.epilog"];
    const viewer = ["layout.gap", "results.C.blocks.i", "results.C.alg", "results.C.layout.left"];
    expect(python.map((path) => computed(placeOf(path)))).toEqual([true, true]);
    expect(viewer.map((path) => computed(placeOf(path)))).toEqual([false, false, false, false]);
  });

  test.each(["gap", "layout.gpa", "leaves.L.epilog", "results.C.blocks.q", "camera.target", ""])(
    "%j is none",
    (path) => {
      expect(() => placeOf(path)).toThrow("no figure has an option");
    },
  );
});

describe("several options at once", () => {
  test("are read with the types of the schema", () => {
    const patch = wishes("gap=24, scheme=wheel, axes=true, shape=false").reduce(
      (all, { place, value }) => apply(all, patchAt(place, value)),
      {},
    );
    expect(patch).toEqual({
      layout: { gap: 24, scheme: "wheel" },
      marks: { axes: true, shape: false },
    });
  });

  test("name only what there is", () => {
    expect(() => wishes("gap=24, epilog=relu")).toThrow("no figure has an option epilog");
  });
});
