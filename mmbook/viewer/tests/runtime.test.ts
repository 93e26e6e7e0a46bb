import { beforeEach, expect, test, vi } from "vitest";
import type { Sink } from "../src/cell/interpreter.ts";
import { Runtime } from "../src/cell/runtime.ts";
import { echo, FakeWorker } from "./support/worker.ts";

let workers: FakeWorker[];
let printed: string[];
let sink: Sink;
let runtime: Runtime;

const run = (code: string) => ({ type: "run", session: "", cell: "a", code }) as const;

beforeEach(() => {
  workers = [];
  printed = [];
  sink = { output: (_stream, text) => printed.push(text), figure: () => {}, frame: () => {} };
  runtime = made();
});

function made(onStart?: (worker: FakeWorker) => void, standby = true): Runtime {
  return new Runtime({
    base: "http://book/assets/",
    standby,
    whenIdle: (task) => task(),
    spawn: () => {
      const worker = new FakeWorker(echo, onStart);
      workers.push(worker);
      return worker;
    },
  });
}

test("nothing starts before it is wanted", () => {
  expect(workers).toHaveLength(0);
  expect(runtime.ready).toBe(false);
});

test("a run starts Python and hears what it prints", async () => {
  expect(await runtime.request(run("hello"), sink)).toEqual({ status: "done" });
  expect(printed).toEqual(["hello"]);
});

test("two starts at once make one worker", async () => {
  await Promise.all([runtime.start(), runtime.start()]);
  expect(workers).toHaveLength(1);
});

test("after the first run a second worker stands by, and only then", async () => {
  await runtime.start();
  expect(workers).toHaveLength(1);
  await runtime.request(run("a"), sink);
  await runtime.request(run("b"), sink);
  expect(workers).toHaveLength(2);
});

test("without memory to spare nobody stands by", async () => {
  runtime = made(undefined, false);
  await runtime.request(run("a"), sink);
  expect(workers).toHaveLength(1);
});

test("Stop ends an endless loop and the next run meets the one that stood by", async () => {
  await runtime.request(run("a"), sink);
  const { generation } = runtime;
  const endless = runtime.request(run("loop"), sink);
  await vi.waitFor(() => expect(workers[0]?.received).toHaveLength(3));
  runtime.stop();
  expect(await endless).toEqual({ status: "stopped" });
  expect(workers[0]?.terminated).toBe(true);
  expect(runtime.generation).toBe(generation + 1);
  expect(await runtime.request(run("b"), sink)).toEqual({ status: "done" });
  expect(workers[1]?.received.map(({ type }) => type)).toEqual(["start", "run"]);
});

test("Stop while Python loads ends what waited for it", async () => {
  runtime = made(() => {});
  const waiting = runtime.request(run("a"), sink);
  runtime.stop();
  expect(await waiting).toEqual({ status: "stopped" });
});

test("what was downloaded goes to the next worker", async () => {
  const downloads = { index: { pyodide: "0", files: [] }, wasm: {} as never, files: new Map() };
  let first = true;
  runtime = made((worker) => {
    worker.say({ type: "ready", downloads: first ? downloads : null });
    first = false;
  });
  await runtime.request(run("a"), sink);
  expect(workers[1]?.received[0]).toMatchObject({ type: "start", downloads });
});

test("a worker that cannot be loaded is said, and tried again", async () => {
  runtime = made((worker) => worker.fail(""));
  const ending = await runtime.request(run("a"), sink);
  expect(ending).toMatchObject({ status: "crashed" });
  expect(ending).toHaveProperty(
    "message",
    expect.stringContaining("worker.js could not be loaded"),
  );
  await runtime.request(run("a"), sink);
  expect(workers).toHaveLength(2);
});

test("a missing file is named", async () => {
  runtime = made((worker) => worker.say({ type: "fatal", message: "x.whl: the server said 404" }));
  await expect(runtime.start()).rejects.toThrow(/could not be started.*x\.whl.*404/);
});

test("a browser without workers is told so", async () => {
  runtime = new Runtime({
    base: "http://book/",
    spawn: () => {
      throw new ReferenceError("Worker is not defined");
    },
  });
  expect(await runtime.request(run("a"), sink)).toMatchObject({
    status: "crashed",
    message: expect.stringContaining("worker"),
  });
});

test("a Python that dies takes its run with it; the next one finds another", async () => {
  await runtime.request(run("a"), sink);
  const { generation } = runtime;
  expect(await runtime.request(run("die"), sink)).toMatchObject({
    status: "crashed",
    message: expect.stringContaining("out of memory"),
  });
  expect(runtime.generation).toBe(generation + 1);
  expect(await runtime.request(run("b"), sink)).toEqual({ status: "done" });
});

test("a death in reserve is nobody's business", async () => {
  await runtime.request(run("a"), sink);
  workers[1]?.say({ type: "fatal", message: "x" });
  expect(await runtime.request(run("b"), sink)).toEqual({ status: "done" });
  expect(workers).toHaveLength(3);
});

test("messages of a run that was stopped go nowhere", async () => {
  const endless = runtime.request(run("loop"), sink);
  await vi.waitFor(() => expect(workers[0]?.received).toHaveLength(2));
  runtime.stop();
  await endless;
  workers[0]?.say({ type: "output", id: 1, stream: "stdout", text: "late" });
  expect(printed).toEqual([]);
});

test("progress is told", async () => {
  const seen: number[] = [];
  runtime = made((worker) => {
    worker.say({ type: "progress", loaded: 5, total: 10, what: "Python" });
    worker.ready();
  });
  runtime.addEventListener("progress", () => seen.push(runtime.progress.loaded));
  await runtime.start();
  expect(seen).toEqual([5]);
});
