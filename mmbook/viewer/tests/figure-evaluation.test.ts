/** Other values for a figure: asked of Python only where nobody has them; the last wish counts. */
import { describe, expect, test } from "vitest";
import { Evaluation } from "../src/figure/evaluation.ts";
import { arraysOf, sameValues, withoutData } from "../src/figure/values.ts";
import { type Scene, type SceneMessage, sceneFromMessage } from "../src/scene.ts";
import type { Figure } from "../src/schema/figure.ts";

const data = (digest: string, init = "data") => ({ shape: [1, 1], init, data: digest });
const figureOf = (expr: string, leaves: object, results = {}): Figure =>
  ({ mm: 1, expr, leaves, ...(Object.keys(results).length && { results }) }) as Figure;

const FIGURE = figureOf("A @ B", { A: data("one"), B: { shape: [1, 1], init: "eye" } });

function message(figure: Figure): SceneMessage {
  const range = { min: 1, max: 1, smallest: 1, largest: 1, missing: 0 };
  const leaf = (name: string) => ({ name, role: "leaf", shape: [1, 1] });
  const product = { name: "A @ B", role: "result", shape: [1, 1], left: leaf("A") };
  return {
    scene: {
      mm: 1,
      figure,
      tree: { ...product, right: leaf("B") },
      ranges: { A: range, B: range, "A @ B": range },
    },
    arrays: Object.fromEntries(
      ["A", "B", "A @ B"].map((name, at) => [name, { shape: [1, 1], data: Float32Array.of(at) }]),
    ),
  };
}

const scene = (figure: Figure): Scene => sceneFromMessage(message(figure));

function board() {
  const said: string[] = [];
  return {
    said,
    say: (text: string | null) => said.push(text ?? "(over)"),
    fail: (text: string) => said.push(`failed: ${text}`),
  };
}

describe("values", () => {
  test("a function that does nothing is none, and how things are shown is no value", () => {
    const none = { ...FIGURE, results: { "A @ B": { epilog: "none", alg: "axpy" } } } as Figure;
    expect(sameValues(FIGURE, { ...none, look: { min_size: 1 }, title: "t" })).toBe(true);
    expect(sameValues(FIGURE, { ...none, results: { "A @ B": { epilog: "relu" } } })).toBe(false);
  });

  test("data are found by their digest under any name; the rest is named", () => {
    const wanted = figureOf("X @ Y", { X: data("one"), Y: data("two") });
    const { arrays, missing } = arraysOf(wanted, [scene(FIGURE)]);
    expect(arrays).toEqual({ X: { shape: [1, 1], data: Float32Array.of(0) } });
    expect(missing).toEqual(["Y"]);
    expect(withoutData(wanted, missing).leaves).toEqual({
      X: data("one"),
      Y: { shape: [1, 1], init: "data" },
    });
  });
});

describe("asking", () => {
  const relu = { ...FIGURE, results: { "A @ B": { epilog: "relu" } } } as Figure;

  test("values that a scene has need no Python", async () => {
    const evaluation = new Evaluation(board());
    const published = scene(FIGURE);
    const never = () => Promise.reject(new Error("asked"));
    const view = { ...FIGURE, look: { min_size: 1 } };
    expect((await evaluation.ask(view, [published], never))?.scene).toBe(published);
  });

  test("other values are computed from the arrays that are there, with quiet words", async () => {
    const remark = board();
    const asked: unknown[] = [];
    const evaluated = await new Evaluation(remark).ask(relu, [scene(FIGURE)], async (...given) => {
      asked.push(given[0], given[1]);
      given[2]("Python is starting");
      return message(relu);
    });
    expect(asked).toEqual([relu, { A: { shape: [1, 1], data: Float32Array.of(0) } }]);
    expect(evaluated?.scene.figure).toEqual(relu);
    expect(remark.said.slice(-3)).toEqual(["Computing", "Python is starting", "(over)"]);
  });

  test("the last wish counts, also where the earlier one fails late", async () => {
    const evaluation = new Evaluation(board());
    let fail = (_: Error): void => {};
    const slow = evaluation.ask(relu, [], () => new Promise((_, reject) => (fail = reject)));
    const quick = evaluation.ask(FIGURE, [], async () => message(FIGURE));
    expect((await quick)?.scene.figure).toEqual(FIGURE);
    fail(new Error("late"));
    expect(await slow).toBeNull();
    await expect(
      evaluation.ask(relu, [], () => Promise.reject(new Error("no such function"))),
    ).rejects.toThrow("no such function");
  });
});
