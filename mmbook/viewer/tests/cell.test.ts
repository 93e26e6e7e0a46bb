// @vitest-environment happy-dom
import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import type { CellMember } from "../src/cell/page-python.ts";
import type { FromWorker } from "../src/cell/protocol.ts";
import type { Scene } from "../src/scene/types.ts";
import { echo, FakeWorker, type Script } from "./support/worker.ts";

let script: Script = echo;
let workers: FakeWorker[] = [];

vi.mock("../src/cell/page-python.ts", async () => {
  const { Notebook } = await import("../src/cell/notebook.ts");
  const { Runtime } = await import("../src/cell/runtime.ts");
  const runtime = new Runtime({
    base: "http://book/",
    standby: false,
    spawn: () => {
      const worker = new FakeWorker((run) => script(run));
      workers.push(worker);
      return worker;
    },
  });
  const notebook = new Notebook<CellMember>(runtime, (a, b) =>
    a.element.compareDocumentPosition(b.element) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1,
  );
  return { pageNotebook: () => notebook };
});

const { MmCell } = await import("../src/cell/cell.ts");
type Cell = InstanceType<typeof MmCell>;

class Figure extends HTMLElement {
  shown: unknown[] = [];
  show(scene: unknown): void {
    this.shown.push(scene);
  }
}

const SCENE = JSON.stringify({
  mm: 1,
  figure: { mm: 1, expr: "A", leaves: { A: { shape: [1, 1], init: "rows" } } },
  tree: { name: "A", role: "leaf", shape: [1, 1] },
  ranges: { A: { min: 5, max: 5, smallest: 5, largest: 5, missing: 0 } },
});

beforeAll(() => {
  vi.stubGlobal(
    "IntersectionObserver",
    class {
      observe(): void {}
      disconnect(): void {}
    },
  );
  vi.stubGlobal("matchMedia", () => ({ matches: true }));
  customElements.define("mm-figure", Figure);
  customElements.define("mm-cell", MmCell);
});

beforeEach(() => {
  script = echo;
  workers = [];
  localStorage.clear();
});

afterEach(async () => {
  document.body.replaceChildren();
  await new Promise((resolve) => setTimeout(resolve));
});

function html(text: string): void {
  // As a page arrives: elements come with their content.
  const template = document.createElement("template");
  template.innerHTML = text;
  document.body.replaceChildren(template.content);
}

function one(attributes = 'id="one"', code = "<span>x</span> = 1\n"): Cell {
  html(
    `<mm-cell ${attributes}><div class="highlight"><pre><code>${code}</code></pre></div></mm-cell>`,
  );
  return document.querySelector("mm-cell") as Cell;
}

const inside = (cell: Cell, selector: string) =>
  cell.shadowRoot?.querySelector(selector) as HTMLElement;
const press = (cell: Cell, name: string) => inside(cell, `button.${name}`).click();
const button = (cell: Cell, label: string) =>
  [...(cell.shadowRoot?.querySelectorAll<HTMLElement>(".note button") ?? [])].find(
    ({ textContent }) => textContent === label,
  );

test("its source is the text of the highlighted code, which stays in sight", () => {
  const cell = one();
  expect(cell.source).toBe("x = 1");
  expect(cell.status).toBe("idle");
  expect(inside(cell, "slot").hidden).toBe(false);
});

test("nothing is loaded before the reader turns to it", () => {
  one();
  expect(workers).toHaveLength(0);
});

test("a run ends in done, with the output as text and the status told", async () => {
  const cell = one();
  const told: string[] = [];
  document.addEventListener("mm-cell-status", (event) => {
    told.push((event as CustomEvent<{ status: string }>).detail.status);
  });
  await cell.run();
  expect(cell.output).toBe("x = 1");
  expect(cell.status).toBe("done");
  expect(told).toEqual(["loading", "running", "done"]);
});

test("output is text, never markup", async () => {
  script = ({ id }) => [
    { type: "output", id, stream: "stdout", text: "<img src=x onerror=alert(1)>" },
    { type: "done", id },
  ];
  const cell = one();
  await cell.run();
  expect(inside(cell, ".output img")).toBeNull();
  expect(cell.output).toBe("<img src=x onerror=alert(1)>");
});

test("a value starts on its own line", async () => {
  script = ({ id }) => [
    { type: "output", id, stream: "stdout", text: "no newline" },
    { type: "output", id, stream: "result", text: "42" },
    { type: "done", id },
  ];
  const cell = one();
  await cell.run();
  expect(cell.output).toBe("no newline\n42");
});

test("an error shows its traceback and keeps the code", async () => {
  const cell = one();
  cell.source = "raise";
  await cell.run();
  expect(cell.status).toBe("error");
  expect(cell.output).toBe("ValueError");
  expect(inside(cell, "[role=status]").textContent).toBe("Error in line 1");
  expect(cell.source).toBe("raise");
});

test("Stop ends an endless loop; the next run works", async () => {
  const cell = one();
  cell.source = "loop";
  const run = cell.run();
  await vi.waitFor(() => expect(cell.status).toBe("running"));
  press(cell, "stop");
  await run;
  expect(cell.status).toBe("stopped");
  cell.source = "again";
  await cell.run();
  expect([cell.status, cell.output]).toEqual(["done", "again"]);
});

test("Python that dies is one message, and Run tries again", async () => {
  const cell = one();
  cell.source = "die";
  await cell.run();
  expect(cell.status).toBe("error");
  expect(cell.output.match(/out of memory/g)).toHaveLength(1);
  cell.source = "x";
  await cell.run();
  expect(cell.output).toBe("x");
});

test("a figure goes to the one it names", async () => {
  script = ({ id }) => [
    {
      type: "figure",
      id,
      scene: SCENE,
      arrays: { A: { shape: [1, 1], data: new Float32Array([5]) } },
    },
    { type: "done", id },
  ];
  html(`<mm-figure id="a"></mm-figure><mm-figure id="b"></mm-figure>
    <mm-cell id="named" figure="a"><pre><code>1</code></pre></mm-cell>
    <mm-cell id="near"><pre><code>1</code></pre></mm-cell>
    <mm-cell id="lost" figure="c"><pre><code>1</code></pre></mm-cell>
    <mm-figure id="after"></mm-figure>`);
  const shown = (id: string) => (document.getElementById(id) as Figure).shown.length;
  const cell = (id: string) => document.getElementById(id) as Cell;
  await cell("named").run();
  expect([shown("a"), shown("b"), shown("after")]).toEqual([1, 0, 0]);
  await cell("near").run();
  expect([shown("a"), shown("b"), shown("after")]).toEqual([1, 1, 0]);
  await cell("lost").run();
  expect(cell("lost").status).toBe("error");
  expect(cell("lost").output).toMatch(/no figure “c”.*Possible: a, b, after/);
});

const frame = (id: number, label: string, value: number): FromWorker => ({
  type: "frame",
  id,
  label,
  scene: SCENE,
  arrays: { A: { shape: [1, 1], data: new Float32Array([value]) } },
  charts: [`<svg class="wide"><title>${label}</title></svg><script>1</script>`],
});

const values = (figure: Figure) =>
  figure.shown.map((scene) => [...((scene as Scene).matrices.get("A")?.data ?? [])]);

test("several frames make a film that can be gone back in, with the charts of each", async () => {
  script = ({ id }) => [
    frame(id, "one", 1),
    frame(id, "two", 2),
    frame(id, "three", 3),
    { type: "done", id },
  ];
  html(`<mm-figure id="a"></mm-figure><mm-cell id="film"><pre><code>1</code></pre></mm-cell>`);
  const figure = document.getElementById("a") as Figure;
  const cell = document.getElementById("film") as Cell;
  expect(inside(cell, ".film").hidden).toBe(true);
  await cell.run();
  // Drawn once however fast they came.
  expect(values(figure)).toEqual([[3]]);
  expect(inside(cell, "[role=status]").textContent).toMatch(/figure a redrawn; 3 frames$/);
  const strip = inside(cell, ".film");
  expect(strip.hidden).toBe(false);
  expect(strip.getAttribute("role")).toBe("group");
  const range = inside(cell, ".film input") as HTMLInputElement;
  expect([range.value, range.max]).toEqual(["2", "2"]);
  range.value = "0";
  range.dispatchEvent(new Event("input"));
  expect(values(figure)).toEqual([[3], [1]]);
  expect(range.getAttribute("aria-valuetext")).toBe("one (1 of 3)");
  expect(cell.querySelector(".mm-charts title")?.textContent).toBe("one");
  expect(cell.querySelector("script")).toBeNull();
  inside(cell, '.film button[aria-label="Frame forward"]').click();
  expect(values(figure).at(-1)).toEqual([2]);
  expect(cell.querySelector(".mm-charts title")?.textContent).toBe("two");
});

test("Stop keeps the frames that came; the next run begins anew", async () => {
  script = ({ id, code }) =>
    code === "loop" ? [frame(id, "one", 1), frame(id, "two", 2)] : echo({ id, code } as never);
  html(`<mm-figure id="a"></mm-figure><mm-cell id="film"><pre><code>loop</code></pre></mm-cell>`);
  const figure = document.getElementById("a") as Figure;
  const cell = document.getElementById("film") as Cell;
  const run = cell.run();
  await vi.waitFor(() => expect(figure.shown.length).toBeGreaterThan(0));
  cell.stop();
  await run;
  expect(cell.status).toBe("stopped");
  inside(cell, '.film button[aria-label="Frame back"]').click();
  expect(values(figure).at(-1)).toEqual([1]);
  cell.source = "x";
  await cell.run();
  expect(inside(cell, ".film").hidden).toBe(true);
  expect(cell.querySelector(".mm-charts")).toBeNull();
});

test("edits survive a reload", () => {
  one().source = "mine";
  const again = one();
  expect(again.source).toBe("mine");
  expect(again.edited).toBe(true);
  expect(inside(again, ".plain").textContent).toBe("mine");
});

test("when the book has changed, the reader chooses", () => {
  one().source = "mine";
  const changed = one('id="one"', "y = 2");
  expect(changed.source).toBe("y = 2");
  button(changed, "Show your edit")?.click();
  expect(changed.source).toBe("mine");
  expect(one('id="one"', "y = 2").source).toBe("mine");
});

test("the book's version can be kept for good", () => {
  one().source = "mine";
  button(one('id="one"', "y = 2"), "Keep the book's version")?.click();
  expect(inside(one('id="one"', "y = 2"), ".note").hidden).toBe(true);
});

test("Reset is the book's version, and can be undone", async () => {
  const cell = one();
  cell.source = "mine";
  await cell.run();
  cell.reset();
  expect([cell.source, cell.output, cell.status]).toEqual(["x = 1", "", "idle"]);
  expect(inside(cell, "slot").hidden).toBe(false);
  button(cell, "Undo the reset")?.click();
  expect(cell.source).toBe("mine");
});

test("code from a link is said to be, does not replace the reader's own, and can be left", () => {
  one().source = "mine";
  const cell = one();
  cell.follow("a stranger's");
  expect(cell.source).toBe("a stranger's");
  expect(inside(cell, ".note").textContent).toMatch(/This link carries edited code/);
  expect(one().source).toBe("mine");
  const again = one();
  again.follow("a stranger's");
  button(again, "The book's version")?.click();
  expect(again.source).toBe("x = 1");
});

test("what runs in a stranger's name is not run by looking at it", () => {
  one().follow("loop");
  expect(workers).toHaveLength(0);
});

test("a cell without code of its own to change offers neither Edit nor Reset", () => {
  const cell = one('id="one" readonly');
  expect(inside(cell, "button.edit").hidden).toBe(true);
  expect(inside(cell, "button.reset").hidden).toBe(true);
  expect(inside(cell, "button.run").hidden).toBe(false);
});

test("buttons and output have names, Stop is off while nothing runs", () => {
  const cell = one();
  expect(inside(cell, ".bar").getAttribute("aria-label")).toBe("Cell one");
  expect(inside(cell, ".output").getAttribute("role")).toBe("log");
  expect(inside(cell, ".output").getAttribute("aria-live")).toBe("polite");
  expect(inside(cell, "button.stop").getAttribute("aria-disabled")).toBe("true");
});

test("a flood is not read aloud", async () => {
  script = ({ id }) => [
    { type: "output", id, stream: "stdout", text: "line\n".repeat(100) },
    { type: "done", id },
  ];
  const cell = one();
  await cell.run();
  expect(inside(cell, ".output").getAttribute("aria-live")).toBe("off");
});

test("leaving the page ends what runs; being moved does not", async () => {
  const cell = one();
  cell.source = "loop";
  void cell.run();
  await vi.waitFor(() => expect(cell.status).toBe("running"));
  const place = document.createElement("div");
  document.body.append(place);
  place.append(cell);
  await new Promise((resolve) => setTimeout(resolve));
  expect(cell.status).toBe("running");
  cell.remove();
  await vi.waitFor(() => expect(workers[0]?.terminated).toBe(true));
});
