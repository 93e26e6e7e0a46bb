// @vitest-environment happy-dom
import { expect, test } from "vitest";
import { Panel } from "../src/cell/controls/panel.ts";
import { Painted } from "../src/cell/painted.ts";

function panel(source: string): { panel: Panel; source(): string } {
  let now = source;
  const made = new Panel("one", (from, to, text) => {
    now = now.slice(0, from) + text + now.slice(to);
    made.update(now);
  });
  made.update(now);
  document.body.replaceChildren(made.element);
  return { panel: made, source: () => now };
}

const inputs = (made: Panel) => [
  ...made.element.querySelectorAll<HTMLInputElement>("input, select"),
];

function move(input: HTMLInputElement | undefined, value: string, type = "input"): void {
  if (!input) throw new Error("there is no such control");
  input.value = value;
  input.dispatchEvent(new Event(type));
}

test("inputs are named, and change what they stand for in the code and nothing else", () => {
  const { panel: made, source } = panel(
    "max_rank = 4  # slider: 1 to 16\nlr = 0.1  # slider: 0.001 to 1 log\n" +
      'm = "lora"  # choice: "full", "lora"\nboth = True  # switch - both of them\nx = max_rank',
  );
  const labels = [...made.element.querySelectorAll("label span")].map((one) => one.textContent);
  expect(labels).toEqual(["max rank", "lr", "m", "both of them"]);
  const [rank, lr, method, both] = inputs(made);
  expect(rank?.getAttribute("aria-valuetext")).toBe("4");
  move(rank, "12");
  move(lr, "0");
  move(method, '"full"', "change");
  if (!both) throw new Error("no switch");
  both.checked = false;
  both.dispatchEvent(new Event("change"));
  expect(source()).toBe(
    "max_rank = 12  # slider: 1 to 16\nlr = 0.001  # slider: 0.001 to 1 log\n" +
      'm = "full"  # choice: "full", "lora"\nboth = False  # switch - both of them\nx = max_rank',
  );
  expect(inputs(made)[0]).toBe(rank);
  expect(made.element.querySelector("output")?.textContent).toBe("12");
});

test("typing moves the slider, and a value beyond its range is said as it is", () => {
  const { panel: made } = panel("r = 4  # slider: 1 to 16");
  const [input] = inputs(made);
  made.update("# first\nr = 40  # slider: 1 to 16");
  expect(inputs(made)[0]).toBe(input);
  expect(input?.getAttribute("aria-valuetext")).toBe("40");
  made.update('m = "pro"  # choice: "full", "lora"');
  expect(inputs(made)[0]?.value).toBe('"pro"');
});

test("a comment that cannot be read is a notice, and the other controls stay", () => {
  const { panel: made } = panel("r = 4  # slider: 1 to 16\ns = 1  # slider: 5 to 1");
  expect(inputs(made)).toHaveLength(1);
  expect(made.element.textContent).toMatch(/Line 2 .*smaller to a larger number/);
  made.update("s = 1");
  expect(made.element.hidden).toBe(true);
});

test("highlighted code follows small changes and goes back", () => {
  const code = document.createElement("code");
  code.innerHTML =
    '<span class="n">r</span> <span class="o">=</span> <span class="mi">4</span>  ' +
    '<span class="c1"># a</span>\n<span class="n">m</span> = <span class="s2">"lora"</span>\n';
  const painted = new Painted(code, 'r = 4  # a\nm = "lora"');
  const now = () => code.textContent?.replace(/\n$/, "");
  for (const source of [
    'r = 14  # a\nm = "lora"',
    'r = 1  # a\nm = "ga"',
    'r = 16  # a\nm = "lora"',
    'r = 4  # a\nm = "lora"',
  ]) {
    expect(painted.show(source)).toBe(true);
    expect(now()).toBe(source);
    expect(`r = ${code.querySelector(".mi")?.textContent}`).toBe(source.split("  ")[0]);
  }
  expect(painted.show("r = 4\nm = 1\nx = 2")).toBe(false);
  expect(painted.show('q += 4  # a\nm = "lora"')).toBe(false);
  expect(now()).toBe('r = 4  # a\nm = "lora"');
});
