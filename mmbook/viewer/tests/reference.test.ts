/** What the reference says of geometry and of steps is what the viewer does. */
import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { timeline } from "../src/animation/timeline.ts";
import { leftPlacement, rightPlacement } from "../src/layout/scheme.ts";
import { type Alg, type Cube, cellPosition, layout, type Vec3 } from "../src/layout.ts";
import type { Figure } from "../src/schema/figure.ts";
import { type PlacementSettings, resolve } from "../src/settings.ts";
import { tree } from "./support/trees.ts";

const folder = new URL("../../../docs/reference/", import.meta.url);
const page = (name: string): Promise<string> => readFile(new URL(name, folder), "utf8");

/** Cells of the table that follows a line beginning with `| heading |`. */
function rows(text: string, heading: string): string[][] {
  const lines = text.split("\n");
  const start = lines.findIndex((line) => line.startsWith(`| ${heading} |`)) + 2;
  expect(start).toBeGreaterThan(1);
  const end = lines.findIndex((line, at) => at >= start && !line.startsWith("|"));
  return lines.slice(start, end).map((line) =>
    line
      .replace(/^\| | \|$/g, "")
      .split(" | ")
      .map((cell) => cell.replace(/<[^>]*>|`/g, "").trim()),
  );
}

function placement(code: string): PlacementSettings {
  return {
    polarity: code[0] === "+" ? "positive" : "negative",
    left: code[1] === "R" ? "right" : "left",
    right: code[2] === "B" ? "bottom" : "top",
    result: code[3] === "B" ? "back" : "front",
  };
}

function codeOf({ polarity, left, right, result }: PlacementSettings): string {
  return [
    polarity === "positive" ? "+" : "-",
    left === "right" ? "R" : "L",
    right === "bottom" ? "B" : "T",
    result === "back" ? "B" : "F",
  ].join("");
}

function settings(options: Partial<Figure>) {
  return resolve({ mm: 1, expr: "", leaves: {}, ...options });
}

const geometry = await page("geometry.md");
const animation = await page("animation.md");

const [H, D, W, G] = [3, 4, 5, 2];
const Z = D + 2 * G - 1;
const EXTENTS = new Map([
  ["0", 0],
  ["X", W + 2 * G - 1],
  ["Y", H + 2 * G - 1],
  ["Z", Z],
]);
const extent = (letter = ""): number => EXTENTS.get(letter) ?? Number.NaN;
const PAIR = tree(["L", "R"], { L: [H, D], R: [D, W] });

function single(code: string): Cube {
  const { cubes } = layout(PAIR, settings({ layout: { gap: G, ...placement(code) } }));
  return cubes[0] as Cube;
}

describe("the sixteen placements of the page", () => {
  const table = rows(geometry, "code");
  test("are all there", () => {
    expect(new Set(table.map(([code]) => code)).size).toBe(16);
  });
  test.each(table)("%s", (code, xL, yR, zC, zk, leftRead, rightRead, resultRead) => {
    const { placed } = single(code ?? "");
    const z = (k: number): number => (zk === "g + k" ? G + k : Z - G - k);
    expect(zk === "g + k" || zk === "Z − g − k").toBe(true);
    // From the product's frame, x right, y down, z away, to the world's axes.
    const at = (x: number, y: number, deep: number): Vec3 => [x, -y, -deep];
    const [i, j, k] = [H - 1, W - 1, D - 1];
    const found = [
      cellPosition(placed.left, i, k),
      cellPosition(placed.right, k, j),
      cellPosition(placed.result, i, j),
    ];
    const expected = [
      at(extent(xL), G + i, z(k)),
      at(G + j, extent(yR), z(k)),
      at(G + j, G + i, extent(zC)),
    ];
    // Where the middle of the figure lies is no matter: compared are the ways between matrices.
    for (const [one, other] of [
      [0, 1],
      [0, 2],
      [1, 2],
    ] as const) {
      for (const axis of [0, 1, 2] as const) {
        const way = (places: readonly Vec3[]) =>
          (places[other]?.[axis] ?? Number.NaN) - (places[one]?.[axis] ?? Number.NaN);
        expect(way(found)).toBeCloseTo(way(expected), 9);
      }
    }
    const read = ({ facing }: { facing: Vec3 }, axis: 0 | 1 | 2, outward: number): string =>
      facing[axis] * outward > 0 ? "outside" : "inside";
    expect(read(placed.left, 0, xL === "0" ? -1 : 1)).toBe(leftRead);
    expect(read(placed.right, 1, yR === "0" ? 1 : -1)).toBe(rightRead);
    expect(read(placed.result, 2, zC === "0" ? 1 : -1)).toBe(resultRead);
  });
});

describe("the schemes of the page", () => {
  const table = rows(geometry, "product");
  test("are said for all placements", () => {
    expect(new Set(table.map(([code]) => code)).size).toBe(16);
  });
  test.each(table)("%s", (code, blocks, zigzag, wheel) => {
    const parent = placement(code ?? "");
    for (const [scheme, said] of [
      ["blocks", blocks],
      ["zigzag", zigzag],
    ] as const) {
      const left = codeOf(leftPlacement(scheme, parent, parent));
      const right = codeOf(rightPlacement(scheme, parent, parent));
      expect(said).toBe(`${left}, ${right}`);
    }
    // Where the page says that an inner result belongs for the two to meet.
    const back = (letter: string | undefined, far: string) =>
      (code?.[0] === "+") === (letter === far);
    const behind = code?.[3] === "B";
    const meets = [back(code?.[1], "R") === behind, back(code?.[2], "B") === behind];
    const words = ["neither", "left", "right", "both"];
    expect(wheel).toBe(words[Number(meets[0]) + 2 * Number(meets[1])]);
  });
});

describe("the steps of the page", () => {
  const size = { h: 4, d: 6, w: 5 };
  test.each(rows(animation, "algorithm"))("%s", (alg, _what, _order, formula) => {
    const pair = tree(["L", "R"], { L: [size.h, size.d], R: [size.d, size.w] });
    const chosen = settings({ animation: { alg: alg as Alg } });
    const { steps } = timeline(pair, chosen, layout(pair, chosen).cubes);
    const factors = (formula ?? "").split(" · ").map((name) => size[name as keyof typeof size]);
    expect(steps).toBe(factors.reduce((all, factor) => all * factor, 1));
  });

  test("of a chain, fused and not", () => {
    const chain = tree(["out", ["Q", "x", "wQ"], "K_t"], { x: [6, 5], wQ: [5, 4], K_t: [4, 6] });
    const count = (fuse: "none" | "sync"): number => {
      const chosen = settings({ animation: { alg: "vmprod", fuse } });
      return timeline(chain, chosen, layout(chain, chosen).cubes).steps;
    };
    expect(animation).toContain(`${count("sync")} steps instead of ${count("none")}`);
  });
});
