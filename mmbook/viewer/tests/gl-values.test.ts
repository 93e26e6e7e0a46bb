import { describe, expect, it } from "vitest";
import type { Gpu } from "../src/gl/context.ts";
import { indexing, termAt, UNITS } from "../src/gl/elements.ts";
import { createQuality } from "../src/gl/quality.ts";
import { createValueTextures } from "../src/gl/values.ts";
import type { ProductKind } from "../src/layout.ts";

describe("product planes", () => {
  // L[i, k] = 100 i + k and R[k, j] = 1000 k + j, so that a term tells which elements it came from.
  const term = (
    alg: ProductKind,
    index: [number, number, number],
    r: number,
    c: number,
  ): number[] => {
    const source = { kind: "product", alg, left: "L", right: "R", index } as const;
    const [i, j, k] = termAt(indexing({ source }), r, c);
    return [100 * i + k, 1000 * k + j];
  };

  it.each([
    ["vmprod", [3, 0, 0], [302, 2005]],
    ["mvprod", [0, 3, 0], [205, 5003]],
    ["vvprod", [0, 0, 3], [203, 3005]],
    ["dotprod", [3, 4, 0], [302, 2004]],
    ["axpy", [0, 4, 3], [203, 3004]],
  ] as const)("%s takes the right elements", (alg, index, expected) => {
    const col = alg === "dotprod" || alg === "axpy" ? 0 : 5;
    expect(term(alg, [...index], 2, col)).toEqual(expected);
  });

  it("a matrix is its own left operand", () => {
    const index = indexing({ source: { kind: "matrix", name: "A" } });
    expect([index.left, index.right, termAt(index, 7, 9)]).toEqual(["A", null, [7, 0, 9]]);
  });
});

describe("value textures", () => {
  it("leave the colour table where it is bound", () => {
    const bound = new Map<number, unknown>([[UNITS.look, "table"]]);
    let unit: number = UNITS.look;
    const calls: Record<string, unknown> = {
      TEXTURE0: 0,
      activeTexture: (next: number) => {
        unit = next;
      },
      bindTexture: (_target: number, texture: unknown) => bound.set(unit, texture),
      createTexture: () => "values",
    };
    const gl = new Proxy(calls, { get: (known, name: string) => known[name] ?? (() => {}) });
    const textures = createValueTextures({ gl, tile: 64 } as unknown as Gpu);
    textures.set(new Map([["A", { rows: 1, cols: 2, data: Float32Array.of(1, 2) }]]));
    expect(textures.at("A", 0, 0)?.texture).toBe("values");
    expect(bound.get(UNITS.look)).toBe("table");
  });
});

describe("pixels of a frame", () => {
  const run = (apart: number, frames: number): number => {
    const quality = createQuality();
    let ratio = 0;
    for (let n = 0; n < frames; n++) ratio = quality.ratio(3, true, n * apart);
    return ratio;
  };

  it("are all there at rest, up to two for a CSS pixel", () => {
    const quality = createQuality();
    for (let n = 0; n < 20; n++) quality.ratio(1, true, n * 100);
    expect(quality.ratio(1, false, 2100)).toBe(1);
    expect(quality.ratio(3, false, 2200)).toBe(2);
  });

  it("become fewer while frames come late, and no fewer while they come in time", () => {
    expect(run(16, 30)).toBe(1.5);
    expect(run(90, 30)).toBeLessThan(0.8);
  });

  it("come back when frames come in time again", () => {
    const quality = createQuality();
    let low = 1;
    for (let n = 0; n < 10; n++) low = quality.ratio(1, true, n * 90);
    for (let n = 0; n < 200; n++) quality.ratio(1, true, 900 + n * 10);
    expect(quality.ratio(1, true, 2910)).toBeGreaterThan(low);
  });
});
