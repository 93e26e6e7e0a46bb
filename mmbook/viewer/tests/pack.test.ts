/// <reference types="node" />
/** Packs as numpy writes them, and as they arrive when something went wrong. */

import { readFile } from "node:fs/promises";
import fc from "fast-check";
import { type Zippable, zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { PackError } from "../src/errors.ts";
import { fromHalf } from "../src/pack/half.ts";
import { readPack } from "../src/pack.ts";
import { npy } from "./support/npy.ts";

function pack(entries: Record<string, Uint8Array>): Uint8Array {
  const files: Zippable = Object.fromEntries(
    Object.entries(entries).map(([name, bytes]) => [`${name}.npy`, bytes]),
  );
  return zipSync(files);
}

function one(bytes: Uint8Array, options = {}) {
  return readPack(pack({ A: bytes }), "test.npz", options).get("A");
}

function refusal(bytes: Uint8Array, options = {}): string {
  try {
    readPack(bytes, "test.npz", options);
  } catch (error) {
    expect(error).toBeInstanceOf(PackError);
    return (error as PackError).message;
  }
  throw new Error("was read without complaint");
}

const SIX = [1.5, -2, 0.25, 1e-3, 4096, -0.5];

describe("element types and orders", () => {
  test.each(["<f4", "<f8"])("%s", (descr) => {
    const array = one(npy(SIX, { descr, shape: "(2, 3)" }));
    expect(array?.shape).toEqual([2, 3]);
    expect(array?.data).toEqual(Float32Array.from(SIX));
  });

  test("<f2, exact for every half", () => {
    const bits = Uint16Array.from({ length: 0x10000 }, (_, at) => at);
    const values = fromHalf(bits);
    // Facts of the format, from IEEE 754.
    expect(values[0x3c00]).toBe(1);
    expect(values[0xc000]).toBe(-2);
    expect(values[0x7bff]).toBe(65504);
    expect(values[0x0001]).toBe(2 ** -24);
    expect(values[0x0400]).toBe(2 ** -14);
    expect(values[0x3555]).toBe(0.333251953125);
    expect(values[0x7c00]).toBe(Infinity);
    expect(values[0xfc00]).toBe(-Infinity);
    expect(values[0x7e00]).toBeNaN();
    expect(Object.is(values[0x8000], -0)).toBe(true);
    // Consecutive bit patterns are consecutive numbers.
    for (let half = 1; half < 0x7c00; half += 1) {
      expect(values[half]).toBeGreaterThan(values[half - 1] ?? Number.NaN);
    }
  });

  test("columns first", () => {
    const array = one(npy([1, 4, 2, 5, 3, 6], { descr: "<f4", shape: "(2, 3)", fortran: "True" }));
    expect([...(array?.data ?? [])]).toEqual([1, 2, 3, 4, 5, 6]);
  });

  test("the second version of the format, with a wide header", () => {
    const array = one(npy(SIX, { descr: "<f4", shape: "(3, 2)", version: 2 }));
    expect(array?.shape).toEqual([3, 2]);
    expect(array?.data).toEqual(Float32Array.from(SIX));
  });

  test("NaN and infinity stay what they are", () => {
    const array = one(npy([Number.NaN, Infinity, -Infinity, 0], { descr: "<f8", shape: "(2, 2)" }));
    expect([...(array?.data ?? [])]).toEqual([Number.NaN, Infinity, -Infinity, 0]);
  });

  test("names of any alphabet, several matrices, any values", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.constantFrom("x", "wQ", "a @ b", "Ωλ", "注意", "__proto__x"), {
          minLength: 1,
          maxLength: 4,
        }),
        fc.array(fc.float({ noNaN: true }), { minLength: 4, maxLength: 4 }),
        (names, values) => {
          const bytes = npy(values, { descr: "<f4", shape: "(2, 2)" });
          const read = readPack(pack(Object.fromEntries(names.map((n) => [n, bytes]))), "p");
          expect([...read.keys()].sort()).toEqual([...names].sort());
          for (const { data } of read.values()) expect(data).toEqual(Float32Array.from(values));
        },
      ),
    );
  });
});

describe("what is refused", () => {
  const good = npy(SIX, { descr: "<f4", shape: "(2, 3)" });

  test("a pack that is cut short, anywhere", () => {
    const bytes = pack({ A: good });
    for (const length of [0, 1, 30, bytes.length >> 1, bytes.length - 1]) {
      expect(refusal(bytes.subarray(0, length))).toMatch(/^test\.npz: not a whole \.npz file/);
    }
  });

  test("something that is no pack", () => {
    expect(refusal(new TextEncoder().encode("<!doctype html>"))).toMatch(/not a whole/);
  });

  test("bytes that are damaged give an error of ours or nothing else", () => {
    const bytes = pack({ A: good });
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const damaged = bytes.slice();
        damaged[at] = (damaged[at] ?? 0) ^ flip;
        try {
          readPack(damaged, "p");
        } catch (error) {
          expect(error).toBeInstanceOf(PackError);
        }
      }),
    );
  });

  test("elements cut short, or too many", () => {
    expect(refusal(pack({ A: good.subarray(0, good.length - 4) }))).toBe(
      "test.npz, A: cut short (given: 20 bytes). Possible: 24 bytes for 2×3.",
    );
    const long = npy([...SIX, 7], { descr: "<f4", shape: "(2, 3)" });
    expect(refusal(pack({ A: long }))).toMatch(/longer than its shape says \(given: 28 bytes\)/);
  });

  test.each(["<i4", ">f4", "|b1", "<c8"])("elements of type %s", (descr) => {
    expect(refusal(pack({ A: npy(SIX, { descr, shape: "(2, 3)" }) }))).toBe(
      `test.npz, A: elements of another type (given: ${descr}). Possible: float16, float32 and float64, little-endian.`,
    );
  });

  test("pickled objects", () => {
    expect(refusal(pack({ A: npy(SIX, { descr: "|O", shape: "(2, 3)" }) }))).toMatch(
      /pickled objects/,
    );
  });

  test.each(["(6,)", "()", "(1, 2, 3)", "(0, 6)", "(-2, -3)"])("shape %s", (shape) => {
    expect(refusal(pack({ A: npy(SIX, { descr: "<f4", shape }) }))).toMatch(/A: not a matrix/);
  });

  test("headers that are damaged", () => {
    expect(refusal(pack({ A: new Uint8Array(3) }))).toMatch(/A: not an \.npy array/);
    expect(refusal(pack({ A: good.subarray(0, 20) }))).toMatch(/header that is cut short/);
    const other = good.slice();
    other[6] = 9;
    expect(refusal(pack({ A: other }))).toMatch(/format version 9/);
  });

  test("an entry that is no array", () => {
    expect(refusal(zipSync({ "readme.txt": new Uint8Array(4) }))).toMatch(/readme\.txt/);
  });

  test("more than a figure can hold, before it is unpacked", () => {
    const size = 2 * good.length;
    expect(refusal(pack({ A: good, B: good }), { maxBytes: size - 1 })).toBe(
      `test.npz: more than a figure can hold (given: ${size} bytes). Possible: up to ${size - 1} bytes.`,
    );
    expect(readPack(pack({ A: good, B: good }), "p", { maxBytes: size }).size).toBe(2);
  });
});

test("the pack that mmbook writes: every value to the bit, whatever the name", async () => {
  const folder = new URL("../../../tests/fixtures/", import.meta.url);
  const matrices = readPack(await readFile(new URL("pack.npz", folder)), "pack.npz");
  const expected: Record<string, { shape: number[]; values: (number | string)[] }> = JSON.parse(
    await readFile(new URL("pack.json", folder), "utf8"),
  );
  expect([...matrices.keys()].sort()).toEqual(Object.keys(expected).sort());
  for (const [name, { shape, values }] of Object.entries(expected)) {
    expect(matrices.get(name)?.shape).toEqual(shape);
    expect(matrices.get(name)?.data).toEqual(Float32Array.from(values, Number));
  }
});
