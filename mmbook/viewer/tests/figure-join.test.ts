/** Joined matrices in the figure: compared, found by path, read. */
import { describe, expect, test } from "vitest";
import { sameShape } from "../src/figure/framing.ts";
import { operandsOf } from "../src/inspect/light.ts";
import { read } from "../src/inspect/readout.ts";
import { layout } from "../src/layout.ts";
import { nodeAt } from "../src/scene.ts";
import { resolve } from "../src/settings.ts";
import { nodesByPath } from "../src/text/content.ts";
import { below, beside, tree } from "./support/trees.ts";

const SHAPES = { x: [4, 6], A: [6, 2], W: [6, 5], B: [2, 5], V: [8, 5], X: [4, 8] } as const;
const ADAPTED = tree(["y", beside("x", ["u", "x", "A"]), below("W", "B")], SHAPES);

describe("a new figure is seen as the old one was", () => {
  test.each([
    ["the same parts", ["y", beside("x", ["u", "x", "A"]), below("W", "B")], true],
    ["a part in place of a product", ["y", beside("x", "u"), below("W", "B")], false],
    ["one matrix in place of its parts", ["y", beside("x", ["u", "x", "A"]), "V"], false],
    ["parts in another order", ["y", beside(["u", "x", "A"], "x"), below("W", "B")], false],
  ] as const)("%s", (_, written, same) => {
    const other = tree(written, { ...SHAPES, u: [4, 2] });
    expect(sameShape(ADAPTED, other)).toBe(same);
    expect(sameShape(other, ADAPTED)).toBe(same);
  });
});

test("every matrix that stands in the world is found by its path", () => {
  const nodes = nodesByPath(ADAPTED);
  const { placed } = layout(ADAPTED, resolve({ mm: 1, expr: "", leaves: {} }));
  for (const { path, name, rows, cols } of placed) {
    expect(nodes.get(path)).toMatchObject({ name, rows, cols });
  }
  expect(nodes.get("left.1")).toBe(nodeAt(ADAPTED, "left.1"));
});

test("an element of a joined matrix is read; no operands light up for it", () => {
  const { placed } = layout(ADAPTED, resolve({ mm: 1, expr: "", leaves: {} }));
  const whole = placed.find(({ path }) => path === "left");
  if (!whole) throw new Error("not placed");
  const source = { kind: "matrix", name: whole.name } as const;
  const cell = { placed: whole, source, row: 1, col: 2 };
  const node = nodeAt(ADAPTED, "left");
  expect(operandsOf(cell, node).size).toBe(0);
  expect(read(cell, node, 3)).toMatchObject({ indices: "[1, 2]", origin: "x[1, 2]", tokens: "" });
});
