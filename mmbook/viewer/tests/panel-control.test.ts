// @vitest-environment happy-dom
/** One option as a control: every option of the schema has one, with words of its own. */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createControl } from "../src/panel/control.ts";
import { OPTIONS } from "../src/panel/options.ts";
import { WORDS } from "../src/panel/words.ts";
import schema from "../src/schema/figure.schema.json";

interface Rule {
  $ref?: string;
  const?: unknown;
  enum?: string[];
  type?: string;
  minimum?: number;
  maximum?: number;
  default?: unknown;
  properties?: Record<string, Rule>;
  additionalProperties?: unknown;
}

/** Every option that the schema knows, found by walking it from the figure down. */
function walk(rule: Rule, group: string): { name: string; rule: Rule }[] {
  return Object.entries(rule.properties ?? {}).flatMap(([key, property]) => {
    const more = property.additionalProperties;
    const reference =
      property.$ref ??
      (typeof more === "object" && more !== null ? (more as Rule).$ref : undefined);
    const target = reference?.replace("#/$defs/", "");
    if (target && target !== "vector" && target !== "highlights") {
      return walk((schema.$defs as unknown as Record<string, Rule>)[target] ?? {}, target);
    }
    return "const" in property ? [] : [{ name: `${group}.${key}`, rule: property }];
  });
}
const asked = walk(schema as unknown as Rule, "figure");

test("the schema is walked to its leaves", () => {
  const names = asked.map(({ name }) => name);
  for (const one of ["figure.expr", "leaf.dropout", "blocks.k", "placement.left", "camera.target"])
    expect(names).toContain(one);
  expect(new Set(names)).toEqual(new Set(OPTIONS.keys()));
});

describe.each(asked)("$name", ({ name, rule }) => {
  const control = createControl(name, () => {});
  const fields = [
    ...control.element.querySelectorAll<HTMLInputElement & HTMLSelectElement>(
      "input, select, textarea",
    ),
  ];

  test("has a control with a label and one sentence of help, tied to it", () => {
    expect(fields.length).toBeGreaterThan(0);
    const words = WORDS[name];
    expect(words?.label).toMatch(/^\S.{1,30}$/);
    expect(words?.help).toMatch(/^[A-Z][^.]*(\.[a-z0-9][^.]*)*\.$/);
    for (const field of fields) {
      const help = field.getAttribute("aria-describedby");
      expect(control.element.querySelector(`#${help}`)?.textContent).toBe(words?.help);
      const label = field.getAttribute("aria-label");
      const by = field.getAttribute("aria-labelledby");
      expect(label ?? control.element.querySelector(`#${by}`)?.textContent).toBeTruthy();
    }
  });

  test("has the schema's bounds and choices", () => {
    if (rule.enum) {
      expect(fields[0]?.options).toHaveLength(rule.enum.length);
      expect(
        Object.keys(WORDS[name]?.choices ?? {}).filter((c) => !rule.enum?.includes(c)),
      ).toEqual([]);
    }
    for (const field of fields.filter((one) => one.matches("[type=range], [type=number]"))) {
      if (rule.minimum !== undefined) expect(field.min).toBe(String(rule.minimum));
      if (rule.maximum !== undefined) expect(field.max).toBe(String(rule.maximum));
    }
  });

  test("shows the schema's default where the figure says nothing", () => {
    if (rule.default === undefined) return;
    control.update(undefined, undefined);
    const [first] = fields;
    if (rule.type === "boolean") expect(first?.checked).toBe(rule.default);
    else if (rule.enum) expect(rule.enum[first?.selectedIndex ?? -1]).toBe(rule.default);
    else expect(first?.value).toBe(String(rule.default));
  });
});

describe("a gesture", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());
  const made = (name: string) => {
    const change = vi.fn();
    const control = createControl(name, change);
    document.body.replaceChildren(control.element);
    const field = (type: string) =>
      control.element.querySelector(`[type=${type}]`) as HTMLInputElement;
    return { change, control, field };
  };
  const give = (field: HTMLInputElement, value: string, ...events: string[]) => {
    field.value = value;
    for (const type of events) field.dispatchEvent(new Event(type, { bubbles: true }));
  };

  test("of the pointer is many values and one that is settled", () => {
    const { change, field } = made("layout.gap");
    const slider = field("range");
    slider.dispatchEvent(new Event("pointerdown"));
    give(slider, "5", "input");
    give(slider, "6", "input");
    give(slider, "7", "input", "change");
    expect(change.mock.calls).toEqual([
      [5, false],
      [6, false],
      [7, false],
      [7, true],
    ]);
  });

  test("of arrow keys settles once they rest", () => {
    const { change, field } = made("layout.gap");
    const slider = field("range");
    slider.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight" }));
    give(slider, "5", "input", "change");
    vi.advanceTimersByTime(300);
    give(slider, "6", "input", "change");
    expect(change.mock.calls.filter(([, settled]) => settled)).toEqual([]);
    vi.advanceTimersByTime(1000);
    expect(change.mock.calls.filter(([, settled]) => settled)).toEqual([[6, true]]);
  });

  test("under way is not overwritten by what the figure shows meanwhile", () => {
    const { control, field } = made("layout.gap");
    give(field("range"), "9", "input");
    control.update(5, 5);
    expect(field("range").value).toBe("9");
    control.settle();
    control.update(5, 5);
    expect(field("range").value).toBe("5");
  });

  test("a number that is typed is moved inside the bounds", () => {
    const { change, field } = made("look.min_size");
    give(field("number"), "7", "change");
    expect(change.mock.calls.at(-1)).toEqual([1, true]);
    expect(field("range").value).toBe("1");
  });

  test("an empty field takes an option without a default away, and no other", () => {
    const { change, control, field } = made("leaf.seed");
    control.update(7, 7);
    give(field("number"), "", "change");
    expect(change.mock.calls.at(-1)).toEqual([null, true]);
    const gap = made("layout.gap");
    give(gap.field("number"), "", "change");
    expect(gap.change).not.toHaveBeenCalled();
    expect(gap.field("number").value).toBe("4");
  });
});

test("the way back is there while the published value is another", () => {
  const change = vi.fn();
  const control = createControl("layout.scheme", change);
  const back = control.element.querySelector(".back") as HTMLButtonElement;
  control.update("wheel", "zigzag");
  expect(back.hidden).toBe(false);
  expect(back.getAttribute("aria-label")).toBe("Scheme: back to the published value");
  back.click();
  expect(change).toHaveBeenCalledWith("zigzag", true);
  control.update("zigzag", "zigzag");
  expect(back.hidden).toBe(true);
  control.update("blocks", undefined);
  expect(back.hidden).toBe(true);
});

test("highlights are read as they are written, and a mistake leaves what stands", () => {
  const change = vi.fn();
  const control = createControl("figure.highlights", change);
  const area = control.element.querySelector("textarea") as HTMLTextAreaElement;
  const groups = {
    first: {
      x: {
        rows: [[0, 8]],
        cols: [
          [3, 4],
          [7, 9],
        ],
      },
      A1: {},
    },
    "the mean": { "x @ y": { cols: [[2, 3]] } },
  };
  control.update(groups, null);
  expect(area.value).toBe("first: x[0:8, 3 7:9], A1\nthe mean: `x @ y`[:, 2]");
  area.dispatchEvent(new Event("change"));
  expect(change.mock.calls.at(-1)).toEqual([groups, true]);
  change.mockClear();
  for (const wrong of ["no colon", "g:", "g: x[8:0]", "g: x[1,2,3]", "g: x[a]", "g: x y"]) {
    area.value = wrong;
    area.dispatchEvent(new Event("change"));
    expect(change, wrong).not.toHaveBeenCalled();
    expect(control.element.querySelector("[role=alert]")?.textContent).toContain(
      "group: x[0:8, 3]",
    );
  }
  area.value = "";
  area.dispatchEvent(new Event("change"));
  expect(change.mock.calls.at(-1)).toEqual([null, true]);
});

test("levels are numbers in order, from -1 to 1", () => {
  const change = vi.fn();
  const control = createControl("levels.values", change);
  const area = control.element.querySelector("textarea") as HTMLTextAreaElement;
  control.update([-1, 0, 0.5], null);
  expect(area.value).toBe("-1 0 0.5");
  for (const wrong of ["1", "0 -1", "-1 2", "-1 x", "0 0"]) {
    area.value = wrong;
    area.dispatchEvent(new Event("change"));
    expect(change, wrong).not.toHaveBeenCalled();
  }
  area.value = "-1, -0.25 1";
  area.dispatchEvent(new Event("change"));
  expect(change.mock.calls.at(-1)).toEqual([[-1, -0.25, 1], true]);
  area.value = "";
  area.dispatchEvent(new Event("change"));
  expect(change.mock.calls.at(-1)).toEqual([null, true]);
});

test("merges are read as they are written", () => {
  const change = vi.fn();
  const control = createControl("figure.merges", change);
  const area = control.element.querySelector("textarea") as HTMLTextAreaElement;
  const merges = { W1: ["W", "B"], "a @ b": ["c, d"] };
  control.update(merges, null);
  expect(area.value).toBe("W1 = W, B\n`a @ b` = `c, d`");
  area.dispatchEvent(new Event("change"));
  expect(change.mock.calls.at(-1)).toEqual([merges, true]);
  change.mockClear();
  for (const wrong of ["W1", "W1 =", "= W", "W1 = W B", "W1 = W = B", "W1 = W,,B"]) {
    area.value = wrong;
    area.dispatchEvent(new Event("change"));
    expect(change, wrong).not.toHaveBeenCalled();
  }
});

test("labels with line breaks come back as they were", () => {
  const change = vi.fn();
  const control = createControl("labels.rows", change);
  const area = control.element.querySelector("textarea") as HTMLTextAreaElement;
  control.update(["a", "b\nc", "\\n"], null);
  expect(area.value).toBe("a\nb\\nc\n\\\\n");
  area.value += "\nd";
  area.dispatchEvent(new Event("change"));
  expect(change.mock.calls.at(-1)).toEqual([["a", "b\nc", "\\n", "d"], true]);
});
