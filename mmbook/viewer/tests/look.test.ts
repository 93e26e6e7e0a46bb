/** Value → size and colour: the formulas, the table of the GPU, and whether people can tell signs apart. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { luminance } from "../src/look/colour.ts";
import { largestProduct } from "../src/look/ranges.ts";
import {
  colourOf,
  INFINITE,
  LOOKUP_SIZE,
  lookup,
  lookupIndex,
  magnitudeRange,
  NO_VALUE,
  NO_VALUE_SIZE,
  type Rgb,
  rangesOf,
  sizeOf,
} from "../src/look.ts";
import type { Matrix } from "../src/scene.ts";
import { type LookSettings, lookDefaults } from "../src/settings.ts";

const THEMES = ["dark", "light"] as const;
const RANGE = { lo: 0, hi: 4 };
// Evenly spread: fc.double draws from all exponents, of which most are next to nothing here.
const unit = () => fc.integer({ min: 0, max: 1000 }).map((n) => n / 1000);
const value = () =>
  fc
    .integer({ min: -4000, max: 4000 })
    .filter((n) => n !== 0)
    .map((n) => n / 1000);

describe("sensitivity", () => {
  test("decides whose range counts", () => {
    expect(magnitudeRange("global", 1, 4, 16)).toEqual({ lo: 0, hi: 16 });
    expect(magnitudeRange("semilocal", 1, 4, 16)).toEqual({ lo: 0, hi: 8 });
    expect(magnitudeRange("local", 1, 4, 16)).toEqual({ lo: 0, hi: 4 });
    expect(magnitudeRange("superlocal", 1, 4, 16)).toEqual({ lo: 1, hi: 4 });
  });

  function matrix(name: string, rows: number, cols: number, values: number[]): Matrix {
    const sizes = values.filter(Number.isFinite).map(Math.abs);
    const range = {
      min: null,
      max: null,
      smallest: Math.min(...sizes),
      largest: Math.max(...sizes),
      missing: 0,
    };
    return { name, rows, cols, data: Float32Array.from(values), range };
  }

  test("global looks at every matrix of the tree", () => {
    const [a, b] = [matrix("A", 1, 2, [1, -3]), matrix("B", 2, 1, [10, 2])];
    const scene = {
      matrices: new Map([
        ["A", a],
        ["B", b],
      ]),
    };
    const hi = (sensitivity: LookSettings["sensitivity"]) =>
      rangesOf(scene, { sensitivity }).matrix("A");
    expect(hi("global")).toEqual({ lo: 0, hi: 10 });
    expect(hi("semilocal")).toEqual({ lo: 0, hi: Math.sqrt(30) });
    expect(hi("superlocal")).toEqual({ lo: 1, hi: 3 });
    expect(rangesOf(scene, { sensitivity: "local" }).product("A", "B")).toEqual({ lo: 0, hi: 10 });
    expect(rangesOf(scene, { sensitivity: "superlocal" }).product("A", "B").lo).toBe(0);
  });

  test("a matrix that lacks values says so, and what is made from it too", () => {
    const [a, b] = [matrix("A", 1, 2, [1, NaN]), matrix("B", 2, 1, [10, 2])];
    a.range.missing = 1;
    const ranges = rangesOf(
      {
        matrices: new Map([
          ["A", a],
          ["B", b],
        ]),
      },
      { sensitivity: "local" },
    );
    expect(ranges.matrix("A").gaps).toBe(true);
    expect(ranges.matrix("B").gaps).toBeUndefined();
    expect(ranges.product("A", "B").gaps).toBe(true);
    expect(ranges.sums("B", "A", [[0, 1]]).gaps).toBe(true);
    expect(ranges.product("B", "B").gaps).toBeUndefined();
  });

  test("the largest product of a cube is found without forming it", () => {
    const element = fc.oneof(
      fc.integer({ min: -50, max: 50 }),
      fc.constantFrom(Number.NaN, Infinity),
    );
    fc.assert(
      fc.property(
        fc.array(element, { minLength: 12, maxLength: 12 }),
        fc.array(element, { minLength: 20, maxLength: 20 }),
        (l, r) => {
          let largest = 0;
          for (let i = 0; i < 3; i += 1)
            for (let k = 0; k < 4; k += 1)
              for (let j = 0; j < 5; j += 1) {
                const [x, y] = [l[i * 4 + k] ?? 0, r[k * 5 + j] ?? 0];
                if (Number.isFinite(x) && Number.isFinite(y))
                  largest = Math.max(largest, Math.abs(x * y));
              }
          expect(largestProduct(matrix("L", 3, 4, l), matrix("R", 4, 5, r))).toBe(largest);
        },
      ),
    );
  });
});

describe("size", () => {
  const size = (value: number, range = RANGE, min_size = 0.2) =>
    sizeOf(value, range, { ...lookDefaults, min_size });

  test("grows with the root of the magnitude, whatever the sign", () => {
    expect(size(0)).toBe(0);
    expect(size(1)).toBeCloseTo(0.2 + 0.8 * 0.5, 12);
    expect(size(-1)).toBe(size(1));
    expect(size(4)).toBe(1);
    expect(size(1e-30)).toBeCloseTo(0.2, 12);
    expect(size(2, { lo: 1, hi: 5 })).toBeCloseTo(0.2 + 0.8 * 0.5, 12);
  });

  test("is full for infinite numbers, never more, and least where the range is empty", () => {
    expect(size(Infinity)).toBe(1);
    expect(size(-Infinity)).toBe(1);
    expect(size(400)).toBe(1);
    expect(size(3, { lo: 3, hi: 3 })).toBe(0.2);
  });

  test("without a lower bound, area is proportional to magnitude", () => {
    expect(size(3, RANGE, 0) ** 2 / size(1, RANGE, 0) ** 2).toBeCloseTo(3, 12);
  });
});

/** HSL with full saturation by the textbook, for comparison. */
function hsl(hue: number, lightness: number): number[] {
  const c = 1 - Math.abs(2 * lightness - 1);
  const h = (((hue % 1) + 1) % 1) * 6;
  const x = c * (1 - Math.abs((h % 2) - 1));
  const sector =
    [
      [c, x, 0],
      [x, c, 0],
      [0, c, x],
      [0, x, c],
      [x, 0, c],
      [c, 0, x],
    ][Math.floor(h)] ?? [];
  return sector.map((v) => Math.round(255 * (v + lightness - c / 2)));
}

describe("colour in the dark", () => {
  test("follows the formulas of hue and lightness", () => {
    fc.assert(
      fc.property(
        value(),
        fc.record({
          zero_hue: unit(),
          hue_gap: unit(),
          hue_spread: unit(),
          min_light: unit(),
          max_light: unit(),
        }),
        (x, part) => {
          const look = { ...lookDefaults, ...part };
          const sign = Math.sign(x);
          const hue = look.zero_hue + sign * look.hue_gap + (look.hue_spread * x) / 4;
          const least = Math.max(1e-5, look.min_light);
          const light =
            least + (Math.max(look.max_light, least) - least) * Math.sqrt(Math.abs(x) / 4);
          const expected = hsl(hue, light);
          colourOf(x, RANGE, look, "dark").forEach((channel, at) => {
            expect(Math.abs(channel - (expected[at] ?? Number.NaN))).toBeLessThanOrEqual(1);
          });
        },
      ),
    );
  });

  test("is blue for positive and red for negative numbers", () => {
    const [r, , b] = colourOf(4, RANGE, lookDefaults, "dark");
    expect(b).toBeGreaterThan(r + 80);
    const [red, , blue] = colourOf(-4, RANGE, lookDefaults, "dark");
    expect(red).toBeGreaterThan(blue + 80);
  });
});

describe("no value", () => {
  test.each(THEMES)("looks like no number (%s)", (theme) => {
    expect(colourOf(Number.NaN, RANGE, lookDefaults, theme)).toEqual(NO_VALUE[theme]);
    expect(sizeOf(Number.NaN, RANGE, lookDefaults)).toBe(NO_VALUE_SIZE);
    const saturation = ([r, g, b]: Rgb) => Math.max(r, g, b) - Math.min(r, g, b);
    expect(saturation(NO_VALUE[theme])).toBe(0);
    for (let step = 1; step <= 64; step += 1) {
      for (const sign of [1, -1]) {
        expect(
          saturation(colourOf((sign * step) / 16, RANGE, lookDefaults, theme)),
        ).toBeGreaterThan(60);
      }
    }
    expect(colourOf(-Infinity, RANGE, lookDefaults, theme)).toEqual(INFINITE[theme]);
  });
});

describe("the table", () => {
  test.each(THEMES)("holds what colourOf says (%s)", (theme) => {
    const table = lookup(lookDefaults, theme);
    expect(table).toHaveLength(LOOKUP_SIZE * 4);
    fc.assert(
      fc.property(value(), (x) => {
        const at = lookupIndex(x, RANGE) * 4;
        colourOf(x, RANGE, lookDefaults, theme).forEach((channel, c) => {
          expect(Math.abs((table[at + c] ?? Number.NaN) - channel)).toBeLessThanOrEqual(2);
        });
        expect(table[at + 3]).toBe(255);
      }),
    );
  });

  test("keeps the signs apart down to the smallest number", () => {
    expect(lookupIndex(1e-40, RANGE)).toBe(LOOKUP_SIZE / 2);
    expect(lookupIndex(-1e-40, RANGE)).toBe(LOOKUP_SIZE / 2 - 1);
    expect(lookupIndex(4, RANGE)).toBe(LOOKUP_SIZE - 1);
    expect(lookupIndex(-4, RANGE)).toBe(0);
    expect(lookupIndex(Infinity, RANGE)).toBe(LOOKUP_SIZE - 1);
  });
});

describe("for the eye", () => {
  const PAPER: Record<(typeof THEMES)[number], Rgb> = {
    dark: [18, 20, 26],
    light: [250, 250, 251],
  };
  const light = (rgb: Rgb) => luminance([rgb[0] / 255, rgb[1] / 255, rgb[2] / 255]);
  /** Contrast ratio of WCAG 2. */
  const contrast = (a: Rgb, b: Rgb) => {
    const [x, y] = [light(a), light(b)];
    return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
  };
  const at = (magnitude: number, sign: number, theme: (typeof THEMES)[number]) =>
    colourOf(sign * 4 * magnitude ** 2, RANGE, lookDefaults, theme);

  test.each(THEMES)("the largest numbers stand out, the smallest still show (%s)", (theme) => {
    for (const sign of [1, -1]) {
      const levels = [0.01, 0.25, 0.5, 0.75, 1].map((m) =>
        contrast(at(m, sign, theme), PAPER[theme]),
      );
      expect(levels.at(-1)).toBeGreaterThan(4.5);
      expect(levels[0]).toBeGreaterThan(2);
      // In the dark the parameters of the original hold, whose blue deepens while it lightens.
      if (theme === "light") expect([...levels].sort((a, b) => a - b)).toEqual(levels);
    }
  });

  test("on paper, both signs are equally strong at equal magnitude", () => {
    for (const magnitude of [0.1, 0.5, 1]) {
      const [plus, minus] = [1, -1].map((sign) =>
        contrast(at(magnitude, sign, "light"), PAPER.light),
      );
      expect((plus ?? 0) / (minus ?? 1)).toBeGreaterThan(0.75);
      expect((plus ?? 0) / (minus ?? 1)).toBeLessThan(1.34);
    }
  });

  test("on paper, the signs do not meet in black even where the ramp is widest", () => {
    const look = { ...lookDefaults, min_light: 0, max_light: 1 };
    const [plus, minus] = [4, -4].map((x) => colourOf(x, RANGE, look, "light"));
    expect((plus?.[2] ?? 0) - (plus?.[0] ?? 0)).toBeGreaterThan(50);
    expect((minus?.[0] ?? 0) - (minus?.[2] ?? 0)).toBeGreaterThan(50);
  });

  // How colours look without green (M) or red (L) cones: Machado, Oliveira and Fernandes 2009,
  // severity 1, on linear RGB.
  const CONES = {
    deuteranopia: [
      0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881,
    ],
    protanopia: [
      0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998,
    ],
  } as const;

  const linear = (channel: number) => {
    const c = channel / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  };

  function seen(rgb: Rgb, m: readonly number[]): number[] {
    const [r, g, b] = [linear(rgb[0]), linear(rgb[1]), linear(rgb[2])];
    return [0, 3, 6].map((row) =>
      Math.min(1, Math.max(0, (m[row] ?? 0) * r + (m[row + 1] ?? 0) * g + (m[row + 2] ?? 0) * b)),
    );
  }

  /** CIE 1976 L*a*b* of a linear RGB colour (sRGB primaries, D65). */
  function lab([r = 0, g = 0, b = 0]: number[]): [number, number, number] {
    const f = (t: number) => (t > 216 / 24389 ? Math.cbrt(t) : (24389 / 27 / 116) * t + 16 / 116);
    const x = f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047);
    const y = f(0.2126 * r + 0.7152 * g + 0.0722 * b);
    const z = f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883);
    return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
  }

  test.each(
    THEMES.flatMap((theme) =>
      (["deuteranopia", "protanopia"] as const).map((eye) => [theme, eye] as const),
    ),
  )("no positive colour can be taken for a negative one (%s, %s)", (theme, eye) => {
    const shades = [0.01, 0.25, 0.5, 0.75, 1];
    const looks = (sign: number) => shades.map((m) => lab(seen(at(m, sign, theme), CONES[eye])));
    const distances = looks(1).flatMap((p) =>
      looks(-1).map((n) => Math.hypot(p[0] - n[0], p[1] - n[1], p[2] - n[2])),
    );
    // About 2.3 is just noticeable.
    expect(Math.min(...distances)).toBeGreaterThan(25);
  });
});
