// Lets a chart's markup into the page, and nothing else: code that makes it may come with a link.

const SVG = "http://www.w3.org/2000/svg";
const HTML = "http://www.w3.org/1999/xhtml";

const DRAWN = new Set(["svg", "g", "path", "circle", "line", "rect", "polyline", "text", "tspan"]);
const SAID = new Set(["title", "desc"]);
const WRITTEN = new Set([
  "details",
  "summary",
  "table",
  "caption",
  "thead",
  "tbody",
  "tr",
  "th",
  "td",
]);

/** Numbers, words and path data; nothing here names an address, a script or a style. */
const ATTRIBUTES = new Set(
  `class viewBox role d x y x1 y1 x2 y2 cx cy r rx ry width height points fill fill-opacity stroke
  stroke-width stroke-opacity stroke-dasharray stroke-linejoin stroke-linecap opacity text-anchor
  font-size font-weight scope`.split(/\s+/),
);
const PLAIN = /^[\w\s.,;:%+#()-]*$/;
const CLASSES = new Set(
  `wide narrow plot title label tick name note base grid mark line band bar s1 s2 s3 s4 s5 s6`.split(
    /\s+/,
  ),
);
/** More than any chart of ours has. */
const MOST_ELEMENTS = 20_000;
const DEEPEST = 12;

/** The markup as elements of this page: what is not allowed is left out, with all that is in it. */
export function clean(markup: string, most = MOST_ELEMENTS): DocumentFragment {
  // A document of its own: in it nothing is loaded and nothing runs.
  const { body } = new DOMParser().parseFromString(markup, "text/html");
  const budget = { left: most };
  const fragment = document.createDocumentFragment();
  copy(body, fragment, budget, 0);
  return fragment;
}

function copy(from: Element, to: ParentNode, budget: { left: number }, depth: number): void {
  if (depth > DEEPEST) return;
  for (const node of from.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) to.append(node.nodeValue ?? "");
    if (!(node.nodeType === Node.ELEMENT_NODE) || budget.left <= 0) continue;
    const element = node as Element;
    if (!isAllowed(element)) continue;
    budget.left -= 1;
    const made = document.createElementNS(element.namespaceURI, element.localName);
    for (const { name, value } of element.attributes) {
      const safe = name === "class" ? classes(value) : value;
      if (ATTRIBUTES.has(name) && safe && PLAIN.test(safe) && !/url/i.test(safe)) {
        made.setAttribute(name, safe);
      }
    }
    copy(element, made, budget, depth + 1);
    to.append(made);
  }
}

function isAllowed({ namespaceURI, localName }: Element): boolean {
  if (namespaceURI === SVG) return DRAWN.has(localName) || SAID.has(localName);
  return namespaceURI === HTML && WRITTEN.has(localName);
}

/** The page's own classes could give a stranger's drawing the look of a part of the page. */
function classes(value: string): string {
  return value
    .split(/\s+/)
    .filter((one) => CLASSES.has(one))
    .join(" ");
}
