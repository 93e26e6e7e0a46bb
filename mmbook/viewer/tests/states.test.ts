/** The layout against the geometry measured in 27 published states of the original tool. */
import { expect, test } from "vitest";
import { cellPosition, layout } from "../src/layout.ts";
import type { Node } from "../src/scene.ts";
import { type Patch, resolve } from "../src/settings.ts";
import states from "./fixtures/states.json";
import { tree, type Written } from "./support/trees.ts";

type State = (typeof states)[number];

/** Names may repeat in a state; paths are unique, so they serve as names here. */
function treeOf({ matrices }: State): Node {
  const at = (path: string) => matrices.find((matrix) => matrix.path === path);
  const written = (path: string): Written => {
    const under = path === "root" ? "" : `${path}.`;
    if (!at(`${under}left`)) return path;
    return [path, written(`${under}left`), written(`${under}right`)];
  };
  return tree(
    written("root"),
    Object.fromEntries(matrices.map(({ path, shape }) => [path, shape as [number, number]])),
  );
}

function settingsOf({ layout: group, blocks }: State) {
  const results = Object.fromEntries(
    Object.entries(blocks).map(([path, counts]) => [path, { blocks: counts }]),
  );
  const options: Patch = { layout: group as NonNullable<Patch["layout"]>, results };
  return resolve({ mm: 1, expr: "", leaves: {}, ...options } as Parameters<typeof resolve>[0]);
}

test("there are 27 states, two of them cut into blocks", () => {
  expect(states).toHaveLength(27);
  const cut = states.filter(({ blocks }) =>
    Object.values(blocks).some(({ i, j, k }) => i * j * k > 1),
  );
  expect(cut.length).toBeGreaterThanOrEqual(2);
});

test.each(states)("state $state: three corners of every matrix", (state) => {
  const { placed } = layout(treeOf(state), settingsOf(state));
  expect(placed.map(({ path }) => path)).toEqual(state.matrices.map(({ path }) => path));
  for (const { path, shape, corners } of state.matrices) {
    const matrix = placed.find((other) => other.path === path);
    if (!matrix) throw new Error(`no matrix at ${path}`);
    const [rows = 0, cols = 0] = shape;
    const cells = [
      cellPosition(matrix, 0, 0),
      cellPosition(matrix, rows - 1, 0),
      cellPosition(matrix, 0, cols - 1),
    ];
    for (const [at, cell] of cells.entries()) {
      for (const axis of [0, 1, 2] as const) {
        const measured = corners[at]?.[axis] ?? Number.NaN;
        expect(Math.abs(cell[axis] - measured), `${path}, corner ${at}, axis ${axis}`).toBeLessThan(
          1e-9,
        );
      }
    }
  }
});
