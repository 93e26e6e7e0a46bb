/** Names and labels of joined matrices: those of the parts, where they stand. */
import { describe, expect, test } from "vitest";
import { bandPlace } from "../src/layout/seams.ts";
import { cellPosition, layout } from "../src/layout.ts";
import type { Node } from "../src/scene.ts";
import { resolve } from "../src/settings.ts";
import { axesOf, nodesByPath, titlesOf } from "../src/text/content.ts";
import { below, beside, tree } from "./support/trees.ts";

const SHAPES = { x: [4, 6], A: [6, 2], W: [6, 5], B: [2, 5] } as const;
const SETTINGS = resolve({ mm: 1, expr: "", leaves: {} });

const adapted = (): Node => tree(["y", beside("x", ["u", "x", "A"]), below("W", "B")], SHAPES);
const shown = (node: Node) => {
  const { placed } = layout(node, SETTINGS);
  const nodes = nodesByPath(node);
  return {
    placed,
    titles: titlesOf(nodes, placed, () => SETTINGS),
    axes: axesOf(nodes, placed, () => SETTINGS),
  };
};

describe("names", () => {
  test("parts have theirs with their own dimensions; a join without a name has none", () => {
    const { titles } = shown(adapted());
    expect(titles.map(({ name, shape }) => `${name} ${shape}`.trim()).sort()).toEqual([
      "A 6 × 2",
      "B 2 × 5",
      "W 6 × 5",
      "u",
      "x 4 × 6",
      "x 4 × 6",
      "y 4 × 5",
    ]);
  });

  test("a join with a name of its own is named, with its dimensions", () => {
    const node = adapted();
    if (node.role !== "result") throw new Error("no product");
    const { titles } = shown({ ...node, right: { ...node.right, name: "WB", title: "WB" } });
    expect(titles.find(({ name }) => name === "WB")?.shape).toBe("8 × 5");
  });

  test("names that need back quotes do not make a join a named one", () => {
    const node = adapted();
    if (node.role !== "result") throw new Error("no product");
    const { titles } = shown({
      ...node,
      right: { ...node.right, name: "[`W` ; B]", title: "[`W` ; B]" },
    });
    expect(titles.map(({ name }) => name)).not.toContain("[`W` ; B]");
  });

  test("a band stands where its elements are, also where blocks cut the whole", () => {
    const { placed } = layout(adapted(), { ...SETTINGS, layout: { ...SETTINGS.layout, gap: 3 } });
    const whole = placed.find(({ path }) => path === "right");
    const band = whole?.bands?.[1];
    if (!whole || !band) throw new Error("no band");
    const cut = { ...whole, rowBlock: 4 };
    expect(cellPosition(bandPlace(cut, band), 0, 0)).toEqual(cellPosition(cut, 6, 0));
  });
});

describe("labels", () => {
  const labelled = (): Node => {
    const node = adapted();
    if (node.role !== "result" || node.left.role !== "join") throw new Error("no join");
    const tokens = ["a", "b", "c", "d"];
    const channels = ["0", "1", "2", "3", "4", "5"];
    const [x, u] = node.left.parts;
    if (!x || !u) throw new Error("no parts");
    const parts = [
      { ...x, rowLabels: tokens, colLabels: channels },
      { ...u, rowLabels: tokens },
    ];
    const colLabels = [...channels, "", ""];
    return { ...node, left: { ...node.left, rowLabels: tokens, colLabels, parts } };
  };

  test("blanks of a part without labels are no tokens", () => {
    const { axes } = shown(labelled());
    const columns = axes.find(({ placed, along }) => placed.path === "left" && along === "cols");
    expect(columns?.labels).toEqual(["0", "1", "2", "3", "4", "5", null, null]);
  });

  test("rows are labelled once, on the whole", () => {
    const { axes } = shown(labelled());
    const rows = axes.filter(({ along }) => along === "rows").map(({ placed }) => placed.path);
    expect(rows).toContain("left");
    expect(rows).not.toContain("left.1");
  });
});
