/** What a figure holds: a reader's own values come back without Python, also those of files. */
import { expect, test, vi } from "vitest";
import { Contents, type Owner } from "../src/figure/contents.ts";
import { type Scene, sceneFromMessage } from "../src/scene.ts";
import type { Figure } from "../src/schema/figure.ts";

function scene(digest: string, size = 1): Scene {
  const range = { min: 1, max: 1, smallest: 1, largest: 1, missing: 0 };
  const leaf = (name: string) => ({ name, role: "leaf", shape: [size, size] });
  const shape = [size, size] as [number, number];
  return sceneFromMessage({
    scene: {
      mm: 1,
      figure: { mm: 1, expr: "A @ A", leaves: { A: { shape, init: "data", data: digest } } },
      tree: { name: "A @ A", role: "result", shape, left: leaf("A"), right: leaf("A") },
      ranges: { A: range, "A @ A": range },
    },
    arrays: {
      A: { shape, data: new Float32Array(size * size) },
      "A @ A": { shape, data: new Float32Array(size * size) },
    },
  });
}

function contents() {
  const evaluate = vi.fn<Owner["evaluate"]>(() => Promise.reject(new Error("asked Python")));
  const failed = vi.fn();
  const remark = { say: () => {}, fail: () => {} };
  const none = () => {};
  const owner = { note: none, changed: none, told: none, leftOut: none, failed, evaluate };
  return { held: new Contents(remark, owner), evaluate, failed };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));
const stateOf = (held: Contents): Figure => structuredClone(held.store?.asked as Figure);

test("back and forward between a reader's own values ask nobody", async () => {
  const { held, evaluate, failed } = contents();
  held.publish(scene("book"));
  const states = [stateOf(held)];
  for (const digest of ["file one", "file two"]) {
    held.adopt(scene(digest));
    states.push(stateOf(held));
  }
  for (const state of [...states].reverse().concat(states)) {
    held.accept(state);
    await settled();
    expect(held.scene?.figure.leaves).toEqual(state.leaves);
  }
  expect(evaluate).not.toHaveBeenCalled();
  expect(failed).not.toHaveBeenCalled();
});

test("large scenes are not kept for ever", async () => {
  const { held, evaluate, failed } = contents();
  held.publish(scene("book"));
  held.adopt(scene("large one", 2048));
  const state = stateOf(held);
  for (const digest of ["two", "three"]) held.adopt(scene(digest, 2048));
  held.accept(state);
  await settled();
  // The data are gone, and said to be missing; Python is asked for the rest.
  expect(evaluate).toHaveBeenCalledOnce();
  const [figure] = evaluate.mock.calls[0] ?? [];
  expect(figure?.leaves.A).toEqual({ shape: [2048, 2048], init: "data" });
  expect(failed).toHaveBeenCalledOnce();
  expect(stateOf(held).leaves.A?.data).toBe("three");
});
