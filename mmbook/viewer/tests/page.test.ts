// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { decode, encode, type PageState } from "../src/link.ts";
import { changes, stateFrom } from "../src/page/state.ts";
import { Page } from "../src/page.ts";
import type { Figure } from "../src/schema/figure.ts";

const published: Figure = {
  mm: 1,
  expr: "A @ B",
  leaves: { A: { shape: [2, 2], init: "rows" }, B: { shape: [2, 2], init: "cols" } },
  look: { sensitivity: "global", min_size: 0.1 },
};

class FakeFigure extends HTMLElement {
  published: Figure | null = published;
  get source(): Figure | null {
    return this.published;
  }
  resets = 0;
  wake: () => void = () => {};
  ready: Promise<void> = Promise.resolve();
  #state: Figure | null = published;
  get state(): Figure | null {
    return this.#state;
  }
  set state(state: Figure | null) {
    this.#state = state;
    this.say("setting");
  }
  say(cause: string): void {
    this.dispatchEvent(new CustomEvent("mm-state", { detail: { cause }, bubbles: true }));
  }
  reset(): void {
    this.resets += 1;
    this.#state = published;
    this.say("scene");
  }
  sleep(): void {
    this.published = null;
    this.#state = null;
    this.ready = new Promise((resolve) => {
      this.wake = () => {
        this.published = published;
        this.#state = published;
        resolve();
      };
    });
  }
  turn(x: number): void {
    this.#state = { ...published, camera: { position: [x, 0, 9], target: [0, 0, 0] } };
    this.say("camera");
  }
}

const log: string[] = [];

class FakeCell extends HTMLElement {
  source = "book";
  ran: string | undefined;
  get edited(): boolean {
    return this.source !== "book";
  }
  async run(): Promise<void> {
    log.push(`${this.id}: ${this.source}`);
    this.ran = this.source;
    this.dispatchEvent(new CustomEvent("mm-cell-ran", { bubbles: true }));
  }
  follow(source: string | undefined): void {
    this.source = source ?? "book";
  }
  forget(): void {
    this.ran = undefined;
  }
  edit(source: string): void {
    this.source = source;
    this.dispatchEvent(new CustomEvent("mm-cell-edit", { bubbles: true }));
  }
}

customElements.define("mm-figure", FakeFigure);
customElements.define("mm-cell", FakeCell);

let life: AbortController;
let page: Page;
const restarts = vi.fn();

const figure = (id: string) => document.getElementById(id) as FakeFigure;
const cell = (id: string) => document.getElementById(id) as FakeCell;
const notice = () =>
  document.querySelector(".mm-page-notice")?.shadowRoot?.textContent ?? "no notice";
const link = (state: Partial<PageState>) => encode({ figures: {}, cells: {}, ...state });
const settled = () => new Promise((resolve) => setTimeout(resolve, 20));

async function open(hash: string): Promise<void> {
  history.replaceState(null, "", `/chapter/${hash}`);
  page = new Page(window as unknown as Window, restarts);
  page.start(life.signal);
  await settled();
}

async function go(hash: string): Promise<void> {
  history.replaceState(null, "", `/chapter/${hash}`);
  window.dispatchEvent(new PopStateEvent("popstate"));
  await settled();
}

beforeEach(() => {
  log.length = 0;
  restarts.mockClear();
  life = new AbortController();
  document.body.innerHTML = `<main><mm-figure id="head"></mm-figure><mm-cell id="one"></mm-cell>
    <mm-cell id="two"></mm-cell><mm-figure id="late"></mm-figure></main>`;
});

afterEach(() => life.abort());

test("a page as published keeps its address", async () => {
  await open("#section");
  expect(page.currentFragment()).toBe("");
  expect(location.hash).toBe("#section");
});

test("a link lays its state over the published figures", async () => {
  await open(link({ figures: { late: { look: { min_size: 0.5 } } } }));
  expect(figure("late").state?.look).toEqual({ sensitivity: "global", min_size: 0.5 });
  expect(figure("head").state).toEqual(published);
});

test("what is on the screen is what the link says", async () => {
  const state = {
    figures: { head: { camera: { position: [1, 2, 3], target: [0, 0, 0] } } },
    cells: { two: { source: "mine", ran: true } },
  } as const;
  await open(link(state as unknown as PageState));
  expect(decode(page.currentFragment())).toEqual(state);
});

test("a figure that sleeps takes its state when it wakes, and is not forgotten before", async () => {
  figure("late").sleep();
  const state = { figures: { late: { look: { min_size: 0.5 } } } };
  await open(link(state));
  expect(decode(page.currentFragment()).figures).toEqual(state.figures);
  figure("late").wake();
  await settled();
  expect(figure("late").state?.look?.min_size).toBe(0.5);
});

test("cells that had run run again, in the order of the page, with the link's code", async () => {
  await open(link({ cells: { two: { source: "b", ran: true }, one: { source: "a", ran: true } } }));
  expect(log).toEqual(["one: a", "two: b"]);
});

test("code that had not run is shown and not run", async () => {
  await open(link({ cells: { one: { source: "a" } } }));
  expect(cell("one").source).toBe("a");
  expect(log).toEqual([]);
});

test("a changed setting makes an entry of the history", async () => {
  await open("");
  const push = vi.spyOn(history, "pushState");
  figure("head").state = { ...published, look: { sensitivity: "local", min_size: 0.1 } };
  expect(push).toHaveBeenCalledTimes(1);
  expect(decode(location.hash).figures).toEqual({ head: { look: { sensitivity: "local" } } });
  push.mockRestore();
});

test("turning replaces the entry, once it has come to rest", async () => {
  vi.useFakeTimers();
  history.replaceState(null, "", "/chapter/");
  page = new Page(window as unknown as Window, restarts);
  page.start(life.signal);
  const push = vi.spyOn(history, "pushState");
  const replace = vi.spyOn(history, "replaceState");
  for (let x = 0; x < 100; x += 1) figure("head").turn(x);
  expect(replace).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1000);
  expect(replace).toHaveBeenCalledTimes(1);
  expect(push).not.toHaveBeenCalled();
  expect(decode(location.hash).figures.head?.camera?.position).toEqual([99, 0, 9]);
  push.mockRestore();
  replace.mockRestore();
  vi.useRealTimers();
});

test("a run makes an entry, an edit does not", async () => {
  await open("");
  const push = vi.spyOn(history, "pushState");
  cell("one").edit("mine");
  expect(push).not.toHaveBeenCalled();
  await cell("one").run();
  expect(push).toHaveBeenCalledTimes(1);
  expect(decode(location.hash).cells).toEqual({ one: { source: "mine", ran: true } });
  push.mockRestore();
});

test("the theme's state of the history entry is kept", async () => {
  await open("");
  history.replaceState({ y: 120 }, "", "/chapter/");
  await cell("one").run();
  expect(history.state).toEqual({ y: 120 });
});

test("going back undoes a run: book's code, book's figures, a fresh Python", async () => {
  await open("");
  cell("one").edit("mine");
  await cell("one").run();
  await go("");
  expect(cell("one").source).toBe("book");
  expect(cell("one").ran).toBeUndefined();
  expect(figure("head").resets).toBe(1);
  expect(restarts).toHaveBeenCalledTimes(1);
});

test("going to a state whose cells ran as they are now runs nothing", async () => {
  const hash = link({ cells: { one: { source: "a", ran: true } } });
  await open(hash);
  log.length = 0;
  await go(link({ cells: { one: { source: "a", ran: true } }, figures: { head: { title: "x" } } }));
  expect(log).toEqual([]);
  expect(figure("head").state?.title).toBe("x");
});

test("a cell that must run again takes those after and before it along", async () => {
  await open(link({ cells: { one: { ran: true }, two: { source: "b", ran: true } } }));
  log.length = 0;
  await go(link({ cells: { one: { ran: true }, two: { source: "c", ran: true } } }));
  expect(log).toEqual(["one: book", "two: c"]);
});

test("an anchor of a heading changes nothing", async () => {
  await open(link({ figures: { head: { title: "x" } } }));
  await go("#section");
  expect(figure("head").state?.title).toBe("x");
  expect(notice()).toBe("no notice");
});

test.each([
  ["damaged", "#mm=1.!!!!", /does not belong/],
  ["of another version", "#mm=9.abcd", /unknown version/],
])(
  "a link that is %s is said to be, and the page is as published",
  async (_what, hash, message) => {
    await open(hash);
    expect(notice()).toMatch(message);
    expect(notice()).toMatch(/as published/);
    expect(figure("head").state).toEqual(published);
  },
);

test("what a link says of strangers is said, and the rest is done", async () => {
  await open(link({ figures: { head: { title: "x" }, gone: { title: "y" } } }));
  expect(notice()).toMatch(/no “gone”/);
  expect(figure("head").state?.title).toBe("x");
});

test("unsound options are left out and named", async () => {
  const look = { min_size: 99, sensitivity: "local", wings: true };
  await open(link({ figures: { head: { look } } } as never));
  expect(figure("head").state?.look).toEqual({ sensitivity: "local", min_size: 0.1 });
  expect(notice()).toMatch(/min_size/);
  expect(notice()).toMatch(/wings/);
});

test("values of the book and of its code stay out of a link; the reader's own are in it", () => {
  const code: Figure = { ...published, expr: "A @ C", results: { "A @ C": { epilog: "softmax" } } };
  const results = { "A @ C": { epilog: "softmax", alg: "axpy" } } as const;
  const shown: Figure = { ...code, results, title: "t" };
  const patch = { results: { "A @ C": { alg: "axpy" } }, title: "t" };
  expect(changes(published, code, shown)).toEqual(patch);
  expect(stateFrom(published, code, patch as never)).toEqual(shown);

  const own: Figure = { ...published, results: { "A @ B": { epilog: "relu" } } };
  expect(changes(published, code, own)).toEqual({ results: { "A @ B": { epilog: "relu" } } });
  expect(changes(published, published, published)).toBeNull();
  const again = changes(published, code, own);
  expect(stateFrom(published, code, again ?? {})).toEqual(own);
});

test("going back to the book's values after a cell gave others is remembered", () => {
  const code: Figure = { ...published, expr: "A @ C", results: { "A @ C": { epilog: "softmax" } } };
  const back: Figure = { ...published, title: "t" };
  const patch = changes(published, code, back);
  expect(patch).toEqual({ title: "t", expr: published.expr });
  expect(stateFrom(published, code, patch ?? {})).toEqual(back);
  // Without a cell there is nothing to say.
  expect(changes(published, published, back)).toEqual({ title: "t" });
});
