import { beforeEach, expect, test, vi } from "vitest";
import type { Ending } from "../src/cell/interpreter.ts";
import { type Member, Notebook } from "../src/cell/notebook.ts";
import { Runtime } from "../src/cell/runtime.ts";
import { echo, FakeWorker } from "./support/worker.ts";

class FakeCell implements Member {
  readonly session: string;
  printed = "";
  endings: Ending["status"][] = [];

  constructor(
    readonly name: string,
    readonly place: number,
    public source: string,
    session = "",
  ) {
    this.session = session;
  }
  waiting(): void {}
  running(): void {
    this.printed = "";
  }
  output(_stream: string, text: string): void {
    this.printed += text;
  }
  figure(): void {}
  frame(): void {}
  async ended({ status }: Ending): Promise<void> {
    this.endings.push(status);
  }
}

let ran: string[];
let workers: FakeWorker[];
let notebook: Notebook<FakeCell>;

beforeEach(() => {
  ran = [];
  workers = [];
  const runtime = new Runtime({
    base: "http://book/",
    whenIdle: (task) => task(),
    spawn: () => {
      const worker = new FakeWorker((run) => {
        ran.push(run.cell);
        return echo(run);
      });
      workers.push(worker);
      return worker;
    },
  });
  notebook = new Notebook(runtime, (a, b) => a.place - b.place);
});

function cell(name: string, place: number, source = name, session = ""): FakeCell {
  const made = new FakeCell(name, place, source, session);
  notebook.add(made);
  return made;
}

async function stopWhenRunning(member: FakeCell): Promise<void> {
  const job = notebook.run(member);
  await vi.waitFor(() => expect(ran.at(-1)).toBe(member.name));
  notebook.stop();
  await job;
}

test("cells above run first, in the order of the page, once", async () => {
  const c = cell("c", 3);
  const a = cell("a", 1);
  cell("b", 2);
  cell("d", 4);
  await notebook.run(c);
  expect(ran).toEqual(["a", "b", "c"]);
  expect(a.printed).toBe("a");
  await notebook.run(c);
  expect(ran).toEqual(["a", "b", "c", "c"]);
});

test("cells of another session stay out of it", async () => {
  cell("a", 1, "a", "other");
  await notebook.run(cell("b", 2));
  expect(ran).toEqual(["b"]);
});

test("an error above does not keep a cell from running", async () => {
  const a = cell("a", 1, "raise");
  const b = cell("b", 2);
  await notebook.run(b);
  expect(a.endings).toEqual(["error"]);
  expect(b.endings).toEqual(["done"]);
});

test("after Stop the cells above run again, in silence", async () => {
  const a = cell("a", 1);
  const b = cell("b", 2, "loop");
  await stopWhenRunning(b);
  expect(b.endings).toEqual(["stopped"]);
  ran.length = 0;
  b.source = "b";
  await notebook.run(b);
  expect(ran).toEqual(["a", "b"]);
  expect(a.endings).toEqual(["done"]);
  expect(b.endings).toEqual(["stopped", "done"]);
});

test("what was stopped does not run again for another cell, until it is changed", async () => {
  const a = cell("a", 1, "loop");
  const b = cell("b", 2);
  await stopWhenRunning(a);
  await notebook.run(b);
  expect(ran).toEqual(["a", "b"]);
  a.source = "a";
  await notebook.run(b);
  expect(ran).toEqual(["a", "b", "a", "b"]);
});

test("Stop also ends what waits in the queue", async () => {
  const a = cell("a", 1, "loop");
  const b = cell("b", 2);
  const jobs = [notebook.run(a), notebook.run(b)];
  await vi.waitFor(() => expect(ran).toEqual(["a"]));
  notebook.stop();
  await Promise.all(jobs);
  expect(ran).toEqual(["a"]);
  expect(b.endings).toEqual(["stopped"]);
});

test("a run asked for twice is one run", async () => {
  const a = cell("a", 1);
  await Promise.all([notebook.run(a), notebook.run(a)]);
  expect(ran).toEqual(["a"]);
});

test("an endless cell above can be stopped from below", async () => {
  const a = cell("a", 1, "loop");
  const b = cell("b", 2);
  const job = notebook.run(b);
  await vi.waitFor(() => expect(ran).toEqual(["a"]));
  notebook.stop();
  await job;
  expect([a.endings, b.endings]).toEqual([["stopped"], ["stopped"]]);
});

test("a cell that leaves the page takes its names along", async () => {
  const a = cell("a", 1);
  await notebook.run(a);
  notebook.remove(a);
  expect(workers[0]?.terminated).toBe(true);
  const b = cell("b", 2);
  await notebook.run(b);
  expect(workers[1]?.received.at(-1)).toMatchObject({ type: "run", cell: "b" });
});

test("a cell that never ran leaves without a trace", async () => {
  const a = cell("a", 1);
  const b = cell("b", 2);
  await notebook.run(a);
  notebook.remove(b);
  expect(workers[0]?.terminated).toBe(false);
});
