// @vitest-environment happy-dom
/** What scrolls sideways has a place in the order of the Tab key, and nothing else has. */
import { expect, test } from "vitest";
import { markScrollers } from "../src/page/scrollers.ts";

function block(scrollWidth: number, clientWidth: number): HTMLElement {
  const code = document.createElement("code");
  Object.defineProperty(code, "scrollWidth", { value: scrollWidth, configurable: true });
  Object.defineProperty(code, "clientWidth", { value: clientWidth, configurable: true });
  const pre = document.createElement("pre");
  pre.append(code);
  const text = document.createElement("div");
  text.className = "md-typeset";
  text.append(pre);
  document.body.append(text);
  return code;
}

test("a block that scrolls can be reached, until it no longer scrolls", () => {
  const [wide, narrow] = [block(500, 300), block(200, 300)];
  markScrollers(document);
  expect(wide.getAttribute("tabindex")).toBe("0");
  expect(narrow.hasAttribute("tabindex")).toBe(false);
  Object.defineProperty(wide, "clientWidth", { value: 600 });
  markScrollers(document);
  expect(wide.hasAttribute("tabindex")).toBe(false);
});

test("a place given by others stays", () => {
  const code = block(500, 300);
  code.tabIndex = -1;
  markScrollers(document);
  Object.defineProperty(code, "clientWidth", { value: 600 });
  markScrollers(document);
  expect(code.getAttribute("tabindex")).toBe("-1");
});
