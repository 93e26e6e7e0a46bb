// @vitest-environment happy-dom
/** Copy buttons stand in no landmark, whenever the theme adds them. */
import { expect, test } from "vitest";
import { watchCopiers } from "../src/page/copiers.ts";

function nav(className: string): HTMLElement {
  const element = document.createElement("nav");
  element.className = className;
  document.body.append(element);
  return element;
}

test("the theme's landmarks of code blocks lose their role, others stay", async () => {
  const [early, other] = [nav("md-code__nav"), nav("md-nav")];
  watchCopiers(document);
  const late = nav("md-code__nav");
  await new Promise((resolve) => setTimeout(resolve));
  expect([early, late, other].map((element) => element.getAttribute("role"))).toEqual([
    "none",
    "none",
    null,
  ]);
});
