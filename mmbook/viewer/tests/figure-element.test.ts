// @vitest-environment happy-dom
/** <mm-figure> where it cannot be shown: a message in its place, the words, an event, and the rest works. */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { MmFigure } from "../src/figure.ts";

class Observer {
  static all: Observer[] = [];
  constructor(readonly callback: (entries: { isIntersecting: boolean }[]) => void) {
    Observer.all.push(this);
  }
  observe(): void {
    this.callback([{ isIntersecting: true }]);
  }
  disconnect(): void {
    Observer.all = Observer.all.filter((one) => one !== this);
  }
}

const SCENE = {
  mm: 1,
  figure: {
    mm: 1,
    expr: "C = A @ B",
    leaves: { A: { shape: [1, 2], init: "rows" }, B: { shape: [2, 1], init: "rows" } },
  },
  tree: {
    name: "C",
    role: "result",
    shape: [1, 1],
    left: { name: "A", role: "leaf", shape: [1, 2] },
    right: { name: "B", role: "leaf", shape: [2, 1] },
  },
  ranges: Object.fromEntries(
    [
      ["A", 3, 4],
      ["B", 5, 6],
      ["C", 39, 39],
    ].map(([name, min, max]) => [name, { min, max, smallest: min, largest: max, missing: 0 }]),
  ),
  description: "A row times a column.",
};
const MESSAGE = {
  scene: SCENE,
  arrays: {
    A: { shape: [1, 2] as const, data: Float32Array.of(3, 4) },
    B: { shape: [2, 1] as const, data: Float32Array.of(5, 6) },
    C: { shape: [1, 1] as const, data: Float32Array.of(39) },
  },
};

beforeEach(() => {
  Observer.all = [];
  vi.stubGlobal("IntersectionObserver", Observer);
  vi.stubGlobal("ResizeObserver", Observer);
  if (!customElements.get("mm-figure")) customElements.define("mm-figure", MmFigure);
});
afterEach(() => {
  document.body.replaceChildren();
  vi.unstubAllGlobals();
});

function mount(scene?: string): { figure: MmFigure; errors: string[] } {
  const figure = document.createElement("mm-figure") as MmFigure;
  const words = document.createElement("div");
  words.className = "mm-alt";
  words.append("What the book says about this figure.");
  figure.append(words);
  if (scene) figure.setAttribute("scene", scene);
  const errors: string[] = [];
  figure.addEventListener("mm-error", (event) => {
    errors.push((event as CustomEvent<{ message: string }>).detail.message);
  });
  document.body.append(figure);
  return { figure, errors };
}

const alertOf = (figure: MmFigure): Element | null =>
  figure.shadowRoot?.querySelector("[role=alert]") ?? null;

describe("a scene that cannot be fetched", () => {
  test("is named in place, with a way to try again; the words stay", async () => {
    const fetched = vi.fn(() => Promise.resolve(new Response("", { status: 404 })));
    vi.stubGlobal("fetch", fetched);
    const { figure, errors } = mount("abc123");
    await expect(figure.ready).rejects.toThrow("abc123");
    expect(errors).toHaveLength(1);
    expect(alertOf(figure)?.textContent).toContain("abc123.json");
    expect(figure.dataset.state).toBe("failed");
    expect(figure.querySelector(".mm-alt")?.textContent).toContain("What the book says");
    expect(() => figure.describe()).toThrow(/no scene/);
    expect(figure.state).toBeNull();

    alertOf(figure)?.querySelector("button")?.click();
    await expect(figure.ready).rejects.toThrow("abc123");
    expect(fetched).toHaveBeenCalledTimes(2);
    expect(figure.shadowRoot?.querySelectorAll("[role=alert]")).toHaveLength(1);
  });
});

describe("a browser without WebGL2", () => {
  test("says so, offers no retry, and still has the values, the words and the state", async () => {
    const { figure, errors } = mount();
    figure.show(MESSAGE);
    await expect(figure.ready).rejects.toThrow(/WebGL/);
    expect(errors.join()).toMatch(/WebGL/);
    expect(alertOf(figure)?.querySelector("button")).toBeNull();
    expect(figure.array("root")).toEqual({ shape: [1, 1], data: Float32Array.of(39) });
    expect(() => figure.array("left.left")).toThrow();
    expect(figure.querySelector(".mm-alt")?.textContent).toBe("A row times a column.");
    expect(figure.state?.expr).toBe("C = A @ B");
    expect(figure.state?.look?.min_size).toBe(0.2);
  });
});

describe("a state", () => {
  test("set before there is a scene waits for it", () => {
    const { figure } = mount();
    figure.state = { ...SCENE.figure, look: { min_size: 0.75 } } as unknown as NonNullable<
      MmFigure["state"]
    >;
    expect(figure.state).toBeNull();
    figure.show(MESSAGE);
    expect(figure.state?.look?.min_size).toBe(0.75);
  });

  test("that is unsound leaves a message and takes the rest", () => {
    const { figure, errors } = mount();
    figure.show(MESSAGE);
    errors.length = 0;
    const state = figure.state as NonNullable<MmFigure["state"]>;
    figure.state = { ...state, look: { ...state.look, min_size: 7, max_light: 0.9 } };
    expect(errors.join()).toContain("min_size");
    expect(figure.state?.look).toMatchObject({ min_size: 0.2, max_light: 0.9 });
  });
});

describe("coming and going", () => {
  test("a figure that is gone observes nothing, and comes back with its state", () => {
    const { figure } = mount();
    figure.show(MESSAGE);
    const state = figure.state as NonNullable<MmFigure["state"]>;
    figure.state = { ...state, marks: { ...state.marks, legends: 3 } };
    figure.remove();
    expect(Observer.all).toHaveLength(0);
    document.body.append(figure);
    expect(figure.state?.marks?.legends).toBe(3);
  });
});
