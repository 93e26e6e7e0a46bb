// @vitest-environment happy-dom
/** The panel over a figure that only keeps its state: groups, search, undo, products, matrices. */
import { beforeEach, describe, expect, test, vi } from "vitest";
import { whole } from "../src/figure/store.ts";
import type { MmFigure } from "../src/figure.ts";
import { GROUPS } from "../src/panel/groups.ts";
import { OPTIONS } from "../src/panel/options.ts";
import { Panel } from "../src/panel/panel.ts";
import type { Figure } from "../src/schema/figure.ts";
import { apply, type Patch } from "../src/settings.ts";
import { tree } from "./support/trees.ts";

const eye = (rows: number, cols: number) => ({ shape: [rows, cols], init: "eye" }) as const;
const PUBLISHED = {
  mm: 1,
  expr: "C = (Q = A @ B) @ D",
  leaves: { A: { ...eye(4, 6), init: "gaussian" }, B: eye(6, 8), D: eye(8, 4) },
} as unknown as Figure;

/** Takes every state at once, as a figure does whose values are all there. */
class Still extends EventTarget {
  readonly published = whole(PUBLISHED);
  readonly source = whole(PUBLISHED);
  readonly scene = {
    figure: PUBLISHED,
    tree: tree(["C", ["Q", "A", "B"], "D"], { A: [4, 6], B: [6, 8], D: [8, 4] }),
    matrices: new Map(),
  };
  #state = whole(PUBLISHED);
  readonly settled: Patch[] = [];

  get state(): Figure {
    return structuredClone(this.#state);
  }
  set state(state: Figure) {
    this.#state = whole(state);
    this.#tell("setting");
  }
  change(patch: Patch, settled = true): void {
    this.#state = whole(apply(this.#state, patch));
    if (settled) this.settled.push(patch);
    this.#tell(settled ? "setting" : "passing");
  }
  describe() {
    return { camera: { position: [1, 2, 3], target: [0, 0, 0] } };
  }
  link(): string {
    return "https://book/#mm=1.x";
  }
  #tell(cause: string): void {
    this.dispatchEvent(new CustomEvent("mm-state", { detail: { cause } }));
  }
}

let figure: Still;
let panel: Panel;
const setting = (option: string, at = 0): HTMLElement => {
  const found = panel.element.querySelectorAll<HTMLElement>(`[data-option="${option}"]`)[at];
  if (!found) throw new Error(`no control of ${option}`);
  return found;
};
const button = (text: string): HTMLButtonElement => {
  const found = [...panel.element.querySelectorAll("button")].filter(
    (one) => one.textContent === text,
  );
  if (found.length !== 1 || !found[0]) throw new Error(`${found.length} buttons ${text}`);
  return found[0];
};
const choose = (select: HTMLSelectElement | null, value: string): void => {
  if (!select) throw new Error("nothing to choose from");
  select.value = value;
  select.dispatchEvent(new Event("change"));
};
const search = (text: string): HTMLInputElement => {
  const field = panel.element.querySelector("[type=search]") as HTMLInputElement;
  field.value = text;
  field.dispatchEvent(new Event("input"));
  return field;
};
const key = (target: Element, init: KeyboardEventInit): KeyboardEvent => {
  const event = new KeyboardEvent("keydown", { bubbles: true, cancelable: true, ...init });
  target.dispatchEvent(event);
  return event;
};

function open(): void {
  panel = new Panel(figure as unknown as MmFigure, { signal: new AbortController().signal });
  document.body.replaceChildren(panel.element);
}

beforeEach(() => {
  sessionStorage.clear();
  figure = new Still();
  open();
});

test("every option of the schema has a control in the panel", () => {
  const placed = new Set(
    [...panel.element.querySelectorAll<HTMLElement>("[data-option]")].map(
      (one) => one.dataset.option,
    ),
  );
  // The expression has an editor of its own.
  const missing = [...OPTIONS.keys()].filter((name) => !placed.has(name) && name !== "figure.expr");
  expect(missing).toEqual([]);
  expect(panel.element.querySelector(".expression input")).not.toBeNull();
});

test("ids are unique, and every field is labelled and described", () => {
  const ids = [...panel.element.querySelectorAll("[id]")].map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const field of panel.element.querySelectorAll(".setting :is(input, select, textarea)")) {
    const by = field.getAttribute("aria-labelledby");
    const label = by ? panel.element.querySelector(`#${by}`)?.textContent : null;
    expect(label ?? field.getAttribute("aria-label")).toBeTruthy();
    const help = field.getAttribute("aria-describedby");
    expect(panel.element.querySelector(`#${help}`)?.textContent).toMatch(/\.$/);
  }
});

describe("groups", () => {
  test("are those of the plan, and what is open is remembered while the tab lives", () => {
    const titles = [...panel.element.querySelectorAll("h3")].map((one) => one.textContent);
    expect(titles).toEqual(GROUPS.map(({ title }) => title));
    expect(button("Look").getAttribute("aria-expanded")).toBe("false");
    button("Look").click();
    button("Expression").click();
    open();
    expect(button("Look").getAttribute("aria-expanded")).toBe("true");
    expect(button("Expression").getAttribute("aria-expanded")).toBe("false");
    expect(figure.link()).not.toContain("Look");
  });
});

describe("the search", () => {
  test("shows what matches, opens its groups, counts, and Escape gives everything back", () => {
    const field = search("scatter");
    expect(setting("layout.scatter").hidden).toBe(false);
    expect(setting("look.min_size").hidden).toBe(true);
    expect(button("Layout").getAttribute("aria-expanded")).toBe("true");
    expect(panel.element.querySelector(".found")?.textContent).toMatch(/^\d settings match$/);
    const cleared = key(field, { key: "Escape" });
    expect(cleared.defaultPrevented).toBe(true);
    expect(field.value).toBe("");
    expect(button("Layout").getAttribute("aria-expanded")).toBe("false");
    expect(button("Expression").getAttribute("aria-expanded")).toBe("true");
    expect(setting("look.min_size").hidden).toBe(false);
    expect(key(field, { key: "Escape" }).defaultPrevented).toBe(false);
  });

  test("finds by the name of the option, and says where nothing matches", () => {
    search("min_size");
    expect(setting("look.min_size").hidden).toBe(false);
    search("no such thing");
    expect(panel.element.querySelector(".found")?.textContent).toBe("No setting matches");
  });

  test("finds what products have for themselves where they are named", () => {
    const shown = () =>
      [...panel.element.querySelectorAll<HTMLElement>("[data-option='look.zero_hue']")].map(
        ({ hidden }) => !hidden,
      );
    search("hue");
    expect(shown()).toEqual([true, false, false]);
    search("hue Q");
    expect(shown()).toEqual([false, false, true]);
    search("own hue");
    expect(shown()).toEqual([false, true, true]);
  });

  test("opens the matrix whose setting matches, and only what applies to it", () => {
    search("seed");
    expect(setting("leaf.seed", 0).hidden).toBe(false);
    expect(setting("leaf.seed", 1).hidden, "an identity has none").toBe(true);
  });
});

describe("steps", () => {
  test("undo and redo by button and by key; reset is a step too", () => {
    choose(setting("layout.scheme").querySelector("select"), "wheel: all the same way");
    expect(figure.state.layout?.scheme).toBe("wheel");
    button("Undo").click();
    expect(figure.state.layout?.scheme).toBe("blocks");
    key(button("Redo"), { key: "z", ctrlKey: true, shiftKey: true });
    expect(figure.state.layout?.scheme).toBe("wheel");
    button("Reset").click();
    expect(figure.state.layout?.scheme).toBe("blocks");
    expect(button("Reset").disabled).toBe(true);
    key(button("Undo"), { key: "Z", metaKey: true });
    expect(figure.state.layout?.scheme).toBe("wheel");
  });

  test("a text that is written keeps its own undo", () => {
    choose(setting("layout.scheme").querySelector("select"), "wheel: all the same way");
    const field = panel.element.querySelector(".expression input") as HTMLInputElement;
    expect(key(field, { key: "z", ctrlKey: true }).defaultPrevented).toBe(false);
    expect(figure.state.layout?.scheme).toBe("wheel");
  });

  test("a gesture is one step", () => {
    const slider = setting("layout.gap").querySelector("[type=range]") as HTMLInputElement;
    slider.dispatchEvent(new Event("pointerdown"));
    for (const [value, ...events] of [
      ["7", "input"],
      ["8", "input"],
      ["9", "input", "change"],
    ]) {
      slider.value = String(value);
      for (const type of events) slider.dispatchEvent(new Event(type));
    }
    expect(figure.state.layout?.gap).toBe(9);
    expect(figure.settled).toHaveLength(1);
    button("Undo").click();
    expect(figure.state.layout?.gap).toBe(4);
    expect(button("Undo").disabled).toBe(true);
  });

  test("a preset is one step, shown as in force", () => {
    button("Print").click();
    expect(button("Print").getAttribute("aria-pressed")).toBe("true");
    button("Undo").click();
    expect(figure.state.look).toEqual(figure.published.look);
  });
});

describe("products", () => {
  test("each has its own function, animation and blocks; a cut belongs to its axis", () => {
    const names = [...panel.element.querySelectorAll("[data-option='result.alg'] .lil-name")];
    expect(names.map((one) => one.textContent)).toEqual(["C", "Q"]);
    choose(setting("result.alg", 1).querySelector("select"), "vector × matrix, row by row");
    expect(figure.state.results).toEqual({ Q: { alg: "vmprod" } });
    // Q is the left operand of C: its columns are the depth of C.
    const columns = setting("blocks.j", 1).querySelector("input") as HTMLInputElement;
    expect(columns.max).toBe("8");
    columns.value = "2";
    columns.dispatchEvent(new Event("change"));
    expect(figure.state.results?.C).toEqual({ blocks: { k: 2 } });
    expect((setting("blocks.k", 0).querySelector("input") as HTMLInputElement).value).toBe("2");
  });

  test("have placements of their own under the custom scheme, beginning where they stand", () => {
    expect(setting("placement.left").hidden).toBe(true);
    choose(setting("layout.scheme").querySelector("select"), "custom: as set for each product");
    expect(setting("placement.left").hidden).toBe(false);
    expect(figure.state.results?.Q?.layout).toEqual({
      polarity: "positive",
      left: "left",
      right: "bottom",
      result: "back",
    });
  });
});

test("a product has a look of its own until it looks as what is around it", () => {
  // The figure's own comes first, then those of C and Q.
  const [light, own, inner] = [0, 1, 2].map(
    (at) => setting("look.max_light", at).querySelector("[type=number]") as HTMLInputElement,
  );
  const give = (field: HTMLInputElement | undefined, value: string): void => {
    if (!field) throw new Error("no field");
    field.value = value;
    field.dispatchEvent(new Event("change"));
  };
  give(own, "0.9");
  expect(figure.state.results).toEqual({ C: { look: { max_light: 0.9 } } });
  expect([light?.value, own?.value, inner?.value]).toEqual(["0.7", "0.9", "0.9"]);
  give(inner, "0.5");
  give(inner, "0.9");
  give(own, "0.7");
  expect(figure.state.results).toEqual({ C: { look: {} }, Q: { look: {} } });
});

test("another expression has other controls, and groups that stay open", () => {
  button("Matrices").click();
  button("A  4 × 6").click();
  figure.scene.tree = tree(["C", "A", "N"], { A: [4, 6], N: [6, 2] });
  const N = eye(6, 2);
  const { A } = PUBLISHED.leaves;
  figure.state = { mm: 1, expr: "C = A @ N", leaves: { A, N } } as unknown as Figure;
  const titles = [...panel.element.querySelectorAll("h4 > button")].map((one) => one.textContent);
  expect(titles).toEqual(["A  4 × 6", "N  6 × 2", "C  4 × 2", "C", "C"]);
  expect(button("A  4 × 6").getAttribute("aria-expanded")).toBe("true");
  expect(panel.element.querySelectorAll("[data-option='result.alg']")).toHaveLength(1);
  expect((panel.element.querySelector(".expression input") as HTMLInputElement).value).toBe(
    "C = A @ N",
  );
});

test("an initializer shows what it needs", () => {
  expect(setting("leaf.min", 0).hidden).toBe(false);
  expect(setting("leaf.min", 1).hidden).toBe(true);
  expect(setting("leaf.expr", 0).hidden).toBe(true);
  const last = setting("leaf.init").querySelector<HTMLOptionElement>("option:last-child");
  expect([last?.textContent, last?.hasAttribute("disabled")]).toEqual(["your data", true]);
});

test("labels that do not fit are refused before anything is computed", () => {
  const change = vi.spyOn(panel.wishes, "adopt");
  const area = setting("labels.rows").querySelector("textarea") as HTMLTextAreaElement;
  area.value = "a\nb";
  area.dispatchEvent(new Event("change"));
  expect(panel.element.querySelector(".failed")?.textContent).toBe(
    "A: 2 labels for 4 rows: give one a line, or none.",
  );
  expect(change).not.toHaveBeenCalled();
});

test("the link is copied where there is a way, and why not is said", async () => {
  const copyLink = vi.fn(() => Promise.resolve());
  const { signal } = new AbortController();
  panel = new Panel(figure as unknown as MmFigure, { signal, copyLink });
  button("Copy the link").click();
  await vi.waitFor(() =>
    expect(panel.element.querySelector(".progress")?.textContent).toBe("Link copied."),
  );
  copyLink.mockRejectedValueOnce(new Error("no"));
  button("Copy the link").click();
  await vi.waitFor(() =>
    expect(panel.element.querySelector(".failed")?.textContent).toMatch(/address bar/),
  );
});

test("what goes wrong with the figure is said in the panel, too", () => {
  figure.dispatchEvent(new CustomEvent("mm-error", { detail: { message: "It does not fit." } }));
  expect(panel.element.querySelector("[role=alert].failed")?.textContent).toBe("It does not fit.");
  figure.change({ layout: { gap: 5 } });
  expect(panel.element.querySelector(".failed")?.textContent).toBe("");
});
