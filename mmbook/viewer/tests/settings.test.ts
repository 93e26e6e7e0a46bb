/** Settings: defaults, layers, merge patches, and state that came from elsewhere. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import schema from "../src/schema/figure.schema.json";
import type { Figure } from "../src/schema/figure.ts";
import {
  animationDefaults,
  apply,
  check,
  diff,
  equal,
  figureRule,
  layoutDefaults,
  lookDefaults,
  markDefaults,
  resolve,
  resultDefaults,
  resultSettings,
  soundPatch,
} from "../src/settings.ts";

const FIGURE: Figure = {
  mm: 1,
  expr: "L @ R",
  leaves: { L: { shape: [2, 3], init: "rows" }, R: { shape: [3, 4], init: "eye" } },
};

describe("defaults", () => {
  test("every option of a group has one, but for the step", () => {
    const names = (group: "layout" | "look" | "marks" | "animation") =>
      Object.keys(schema.$defs[group].properties);
    expect(Object.keys(layoutDefaults)).toEqual(names("layout"));
    expect(Object.keys(lookDefaults)).toEqual(names("look"));
    expect(Object.keys(markDefaults)).toEqual(names("marks"));
    expect(Object.keys(animationDefaults)).toEqual(names("animation").filter((n) => n !== "step"));
    // Look and marks of a product have those of the figure for defaults.
    const inherited = ["look", "marks"];
    const own = Object.keys(schema.$defs.result.properties);
    expect(Object.keys(resultDefaults)).toEqual(own.filter((name) => !inherited.includes(name)));
  });

  test("are those of the original tool", () => {
    expect(layoutDefaults).toMatchObject({
      gap: 4,
      scheme: "blocks",
      polarity: "negative",
      left: "left",
      right: "top",
      result: "front",
    });
    expect(lookDefaults).toEqual({
      sensitivity: "global",
      min_size: 0.2,
      min_light: 0.4,
      max_light: 0.7,
      elem_scale: 1.25,
      zero_hue: 0.77,
      hue_gap: 0.74,
      hue_spread: 0.04,
    });
    expect(resultDefaults).toMatchObject({
      epilog: "none",
      alg: "inherit",
      blocks: { i: 1, j: 1, k: 1 },
    });
  });

  test("satisfy the schema themselves", () => {
    const whole = {
      ...FIGURE,
      layout: layoutDefaults,
      look: lookDefaults,
      marks: markDefaults,
      animation: animationDefaults,
      results: { "L @ R": resultDefaults },
    };
    expect(check(whole, figureRule).problems).toEqual([]);
  });
});

test("a camera that is null is none, and nothing else may be null", () => {
  const { value, problems } = check({ ...FIGURE, camera: null }, figureRule);
  expect(problems).toEqual([]);
  expect(value).toEqual(FIGURE);
  expect(check({ ...FIGURE, look: null }, figureRule).problems).toHaveLength(1);
});

describe("layers", () => {
  test("lie over each other, the last on top", () => {
    const published: Figure = {
      ...FIGURE,
      layout: { gap: 10, scheme: "wheel" },
      title: "published",
    };
    const cell = apply(published, { layout: { gap: 20 } });
    const figure = apply(cell, { layout: { scheme: null }, look: { min_size: 0 } });
    const settings = resolve(figure);
    expect(settings.layout).toEqual({ ...layoutDefaults, gap: 20 });
    expect(settings.look).toEqual({ ...lookDefaults, min_size: 0 });
    expect(settings.title).toBe("published");
    expect(published.layout).toEqual({ gap: 10, scheme: "wheel" });
  });

  test("give products their own options and others the defaults, even one named like a method", () => {
    const settings = resolve({ ...FIGURE, results: { attn: { alg: "vmprod", blocks: { i: 8 } } } });
    expect(resultSettings(settings, "attn")).toEqual({
      ...resultDefaults,
      alg: "vmprod",
      blocks: { i: 8, j: 1, k: 1 },
    });
    expect(resultSettings(settings, "constructor")).toEqual(resultDefaults);
    expect(settings.animation.step).toBeUndefined();
    expect(settings.camera).toBeNull();
  });
});

describe("merge patches", () => {
  // The examples of RFC 7396, appendix A: original, patch, result.
  test.each([
    [{ a: "b" }, { a: "c" }, { a: "c" }],
    [{ a: "b" }, { b: "c" }, { a: "b", b: "c" }],
    [{ a: "b" }, { a: null }, {}],
    [{ a: "b", b: "c" }, { a: null }, { b: "c" }],
    [{ a: ["b"] }, { a: "c" }, { a: "c" }],
    [{ a: "c" }, { a: ["b"] }, { a: ["b"] }],
    [{ a: { b: "c" } }, { a: { b: "d", c: null } }, { a: { b: "d" } }],
    [{ a: [{ b: "c" }] }, { a: [1] }, { a: [1] }],
    [
      ["a", "b"],
      ["c", "d"],
      ["c", "d"],
    ],
    [{ a: "b" }, ["c"], ["c"]],
    [{ a: "foo" }, null, null],
    [{ a: "foo" }, "bar", "bar"],
    [{ e: null }, { a: 1 }, { e: null, a: 1 }],
    [[1, 2], { a: "b", c: null }, { a: "b" }],
    [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
  ])("%j with %j", (original, patch, result) => {
    expect(apply<unknown>(original, patch as never)).toEqual(result);
  });

  const json = fc.letrec<{ value: unknown; object: Record<string, unknown> }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      fc.constantFrom(0, 1, "x", true, ""),
      fc.array(fc.nat(2), { maxLength: 2 }),
      tie("object"),
    ),
    object: fc.dictionary(
      fc.constantFrom("a", "b", "c", "__proto__", "constructor"),
      tie("value"),
      { maxKeys: 4 },
    ),
  })).object;

  test("a difference, applied, gives the other value, and nothing where there is none", () => {
    fc.assert(
      fc.property(json, json, (from, to) => {
        const patch = diff<unknown>(from, to);
        expect(patch === null).toBe(equal(from, to));
        const result = patch === null ? from : apply<unknown>(from, patch as never);
        expect(equal(result, to)).toBe(true);
        expect(JSON.parse(JSON.stringify(patch))).toEqual(patch);
      }),
      { numRuns: 500 },
    );
  });

  test("a key named __proto__ stays a plain key", () => {
    const patch = JSON.parse('{"leaves": {"__proto__": {"polluted": true}}}');
    const result = apply(FIGURE, patch);
    expect(Object.hasOwn(result.leaves, "__proto__")).toBe(true);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});

describe("state from elsewhere", () => {
  const messages = (value: unknown) => soundPatch(value).problems.map(({ message }) => message);

  test("is taken where it is sound", () => {
    const patch = {
      layout: { gap: 12.5, scheme: null },
      results: { attn: { epilog: "softmax", blocks: { k: 3 } } },
      camera: { position: [1, 2, 3], target: [0, 0, -4.5] },
      labels: null,
      animation: { step: 7 },
    };
    expect(soundPatch(patch)).toEqual({ patch, problems: [] });
  });

  test.each<[string, unknown, RegExp]>([
    [
      "an unknown key",
      { layout: { gapp: 3 } },
      /^layout\.gapp: no such option \(given: 3\)\. Possible: gap, scatter/,
    ],
    ["an unknown group", { physics: {} }, /^physics: no such option/],
    [
      "a number out of range",
      { layout: { gap: 65 } },
      /^layout\.gap: out of range \(given: 65\)\. Possible: a number from 1 to 64\.$/,
    ],
    [
      "half a molecule",
      { layout: { molecule: 1.5 } },
      /molecule: out of range.*a whole number from 1 to 8/,
    ],
    ["a negative step", { animation: { step: -1 } }, /step.*a whole number from 0 up/],
    ["a number as text", { look: { min_size: "0.5" } }, /min_size: out of range \(given: 0\.5\)/],
    [
      "an unknown choice",
      { look: { sensitivity: "total" } },
      /not one of the choices \(given: total\)\. Possible: global, semilocal/,
    ],
    [
      "a switch that is no switch",
      { marks: { axes: 1 } },
      /axes: of the wrong type \(given: 1\)\. Possible: boolean/,
    ],
    [
      "a vector of two",
      { camera: { position: [1, 2] } },
      /camera\.position: a list of the wrong length \(given: 2\)\. Possible: 3 items/,
    ],
    ["a vector with a hole", { camera: { position: [1, null, 3] } }, /camera\.position/],
    ["a list for an object", { layout: [1] }, /^layout: of the wrong type.*an object/],
    ["another version", { mm: 2 }, /^mm: not a version.*\(given: 2\)/],
  ])("%s is left out, the rest stays", (_, bad, message) => {
    const { patch } = soundPatch({ title: "kept", ...(bad as object) });
    expect(messages(bad)).toEqual([expect.stringMatching(message)]);
    expect(patch.title).toBe("kept");
    expect(check(apply(FIGURE, patch), figureRule, { patch: true }).problems).toEqual([]);
  });

  test.each([[null], [undefined], ["text"], [3], [[]], [Number.NaN]])("%s is no state", (value) => {
    const { patch, problems } = soundPatch(value);
    expect(patch).toEqual({});
    expect(problems).toHaveLength(1);
  });

  test("never throws, whatever arrives, and what is left is sound", () => {
    const keys = fc.constantFrom(
      "layout",
      "look",
      "gap",
      "camera",
      "position",
      "results",
      "blocks",
      "i",
      "mm",
      "__proto__",
    );
    const any = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 5 },
        fc.anything({ maxDepth: 0 }),
        fc.array(tie("value"), { maxLength: 3 }),
        fc.dictionary(keys, tie("value"), { maxKeys: 4 }),
      ),
    })).value;
    fc.assert(
      fc.property(any, (value) => {
        const { patch } = soundPatch(value);
        expect(soundPatch(patch).problems).toEqual([]);
        resolve(apply(FIGURE, patch));
      }),
      { numRuns: 500 },
    );
  });

  test("a whole figure lacks nothing", () => {
    const { value, problems } = check({ mm: 1, leaves: {} }, figureRule);
    expect(value).toBeUndefined();
    expect(problems.map(({ message }) => message)).toEqual(["figure: expr is missing."]);
  });
});
