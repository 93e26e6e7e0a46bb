/** The very Python of the page, in Node: slow, but nothing else shows that the two sides agree. */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { FromWorker } from "../src/cell/protocol.ts";
import { Python } from "../src/cell/python.ts";

const repository = fileURLToPath(new URL("../../../", import.meta.url));
const assets = `${repository}docs/assets/mm/python/`;
const present = existsSync(`${assets}index.json`);
const title = present
  ? "Pyodide"
  : "Pyodide: skipped, docs/assets/mm/python is not there (make vendors it)";

let python: Python;
let said: FromWorker[];

beforeEach(() => {
  said = [];
});

function run(code: string, cell = "a", session = ""): FromWorker[] {
  said = [];
  python.run(7, session, cell, code);
  return said;
}

const printed = () =>
  said.map((message) => (message.type === "output" ? message.text : "")).join("");

// Several times slower while other work shares the machine.
describe.skipIf(!present)(title, { timeout: 60_000 }, () => {
  beforeAll(async () => {
    const { loadPyodide } = await import("pyodide");
    const pyodide = await loadPyodide({
      indexURL: fileURLToPath(new URL("../node_modules/pyodide/", import.meta.url)),
      jsglobals: {},
      packageCacheDir: assets,
      packages: ["numpy"],
    });
    pyodide.mountNodeFS("/repository", repository);
    pyodide.runPython("import sys; sys.path.insert(0, '/repository')");
    python = new Python(pyodide, (message) => said.push(message));
  }, 120_000);

  test("a value, what was printed, and the end come in this order", () => {
    expect(run("print('hello')\n6 * 7")).toEqual([
      { type: "output", id: 7, stream: "stdout", text: "hello\n" },
      { type: "output", id: 7, stream: "result", text: "42" },
      { type: "done", id: 7 },
    ]);
  });

  test("a figure comes with float32 arrays, row by row", () => {
    const code = `
L = np.arange(6.0).reshape(2, 3)
mm.figure("C = L @ R", L=L, R=np.asfortranarray([[1, 2], [3, 4], [5, 6]]))`;
    const [figure, done] = run(code);
    expect(done).toEqual({ type: "done", id: 7 });
    if (figure?.type !== "figure") throw new Error(JSON.stringify(figure));
    expect(JSON.parse(figure.scene).tree.name).toBe("C");
    expect(figure.arrays.R?.shape).toEqual([3, 2]);
    expect([...(figure.arrays.R?.data ?? [])]).toEqual([1, 2, 3, 4, 5, 6]);
    expect([...(figure.arrays.C?.data ?? [])]).toEqual([13, 16, 40, 52]);
  });

  test("frames come while the code runs, each with its figure, charts and label", () => {
    run(`
for n in range(2):
    mm.show(mm.figure("C = L @ R", L=np.eye(2) * n, R=np.ones((2, 2))), label=f"step {n}")
    print(n)
mm.show(mm.chart({"loss": [3, 2, 1]}))
mm.chart([1, 2])`);
    expect(said.map(({ type }) => type)).toEqual([
      "frame",
      "output",
      "frame",
      "output",
      "frame",
      "frame",
      "done",
    ]);
    const frames = said.filter((message) => message.type === "frame");
    expect(frames.map(({ label }) => label)).toEqual(["step 0", "step 1", "", ""]);
    expect(frames.map(({ charts }) => charts.length)).toEqual([0, 0, 1, 1]);
    expect([...(frames[1]?.arrays.C?.data ?? [])]).toEqual([1, 1, 1, 1]);
    expect(frames[2]?.scene).toBeNull();
    expect(frames[2]?.charts[0]).toMatch(/^<svg class="wide"/);
  });

  test("a figure goes back as JSON and arrays, and is evaluated", () => {
    const [made] = run("mm.figure('C = L @ R', L=np.eye(2) * 3, R=np.ones((2, 2)))");
    if (made?.type !== "figure") throw new Error(JSON.stringify(made));
    said = [];
    python.evaluate(8, JSON.stringify(JSON.parse(made.scene).figure), made.arrays);
    const [figure] = said;
    if (figure?.type !== "figure") throw new Error(JSON.stringify(figure));
    expect([...(figure.arrays.C?.data ?? [])]).toEqual([3, 3, 3, 3]);
  });

  test("an error names the reader's line and no other file", () => {
    const [error] = run("x = 1\nmm.figure('L @ R', L=np.eye(2), R=np.eye(3))", "wrong");
    if (error?.type !== "error") throw new Error(JSON.stringify(error));
    expect(error.line).toBe(2);
    expect(error.traceback).toMatch(/Cell "wrong", line 2[\s\S]*2 × 2[\s\S]*3 × 3/);
    expect(error.traceback).not.toMatch(/File "|\.py|pyodide/);
  });

  test("sessions keep their names to themselves", () => {
    run("shared = 5", "a", "one");
    expect(run("shared", "b", "one").at(-1)?.type).toBe("done");
    expect(run("shared", "b", "two").at(-1)?.type).toBe("error");
  });

  test("Python sees nothing of the scope it runs in", () => {
    for (const code of [
      "from js import fetch",
      "from js import process",
      "import pyodide.code; pyodide.code.run_js('1')",
    ]) {
      expect(run(code).at(-1)?.type).toBe("error");
    }
  });

  test("asking for input, deep recursion and too large arrays are errors, not ends", () => {
    for (const code of [
      "input('name? ')",
      "def f(n): return f(n + 1)\nf(0)",
      "np.zeros((10**5, 10**5))",
      "import matplotlib",
      "raise SystemExit",
    ]) {
      expect(run(code).at(-1)?.type).toBe("error");
    }
    expect(run("1").at(-1)?.type).toBe("done");
  });

  test("a hundred thousand lines come as a few messages and a word about the rest", () => {
    run("for n in range(100_000): print(n)");
    expect(said.length).toBeLessThan(200);
    expect(printed()).toMatch(
      /^0\n1\n2\n[\s\S]*1999\n… output cut here, after 2,000 lines; 98,000 more/,
    );
  });
});
