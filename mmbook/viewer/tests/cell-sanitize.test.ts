// @vitest-environment happy-dom
import { expect, test } from "vitest";
import { clean } from "../src/cell/sanitize.ts";

function cleaned(markup: string): HTMLElement {
  const place = document.createElement("div");
  place.append(clean(markup));
  return place;
}

test("a chart comes through whole", () => {
  const place = cleaned(
    '<svg class="wide" viewBox="0 0 10 10" role="img"><title>Loss</title><desc>2 to 1</desc>' +
      '<path class="line s1" d="M0 1.5L2 3" stroke="currentColor" stroke-dasharray="7 3"/>' +
      '<text x="1" y="2" text-anchor="end">10⁻⁴ &lt; x</text></svg>' +
      '<details><summary>As a table</summary><table><tbody><tr><th scope="row">0</th><td>1</td></tr>' +
      "</tbody></table></details>",
  );
  const svg = place.querySelector("svg");
  expect(svg?.namespaceURI).toBe("http://www.w3.org/2000/svg");
  expect(svg?.getAttribute("viewBox")).toBe("0 0 10 10");
  expect(place.querySelector("path")?.getAttribute("d")).toBe("M0 1.5L2 3");
  expect(place.querySelector("path")?.getAttribute("class")).toBe("line s1");
  expect(place.querySelector("text")?.textContent).toBe("10⁻⁴ < x");
  expect(place.querySelector("td")?.textContent).toBe("1");
  expect(place.querySelector("th")?.getAttribute("scope")).toBe("row");
});

test.each([
  "<script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  "<svg><script>alert(1)</script></svg>",
  "<svg><foreignObject><iframe src='//x'></iframe></foreignObject></svg>",
  "<svg><use href='//x#y'/></svg>",
  "<svg><image href='//x'/></svg>",
  "<svg><a href='javascript:alert(1)'><text>x</text></a></svg>",
  "<svg><style>*{background:url(//x)}</style></svg>",
  "<svg><animate attributeName=href to='//x'/></svg>",
  "<style>body{display:none}</style>",
  "<form action='//x'><input><button>go</button></form>",
  "<a href='//x'>here</a>",
  "<mm-cell><pre><code>1</code></pre></mm-cell>",
])("nothing of %s is let in", (markup) => {
  const place = cleaned(markup);
  const names = [...place.querySelectorAll("*")].map(({ localName }) => localName);
  expect(names.filter((name) => !["svg", "text"].includes(name))).toEqual([]);
  expect(place.innerHTML).not.toMatch(/href|src|url|action|on\w+=/);
});

test.each([
  ["onload", "alert(1)"],
  ["style", "position:fixed"],
  ["href", "#x"],
  ["id", "mm-head"],
  ["fill", "url(#x)"],
  ["fill", "URL('//x')"],
  ["class", "md-overlay"],
  ["slot", "charts"],
])("an attribute %s=%s is left out", (name, value) => {
  const path = cleaned(`<svg><path ${name}="${value}" d="M0 0"/></svg>`).querySelector("path");
  expect(path?.hasAttribute(name)).toBe(false);
  expect(path?.getAttribute("d")).toBe("M0 0");
});

test("markup without end is cut", () => {
  const place = document.createElement("div");
  place.append(clean(`<svg>${"<g><path d='M0 0'/></g>".repeat(60)}</svg>`, 50));
  expect(place.querySelectorAll("*").length).toBe(50);
  expect(cleaned(`<svg>${"<g>".repeat(40)}`).querySelectorAll("g").length).toBeLessThan(20);
});
