// The page's one Python and its cells; every cell finds them here.
import { type Member, Notebook } from "./notebook.ts";
import { Runtime } from "./runtime.ts";

export interface CellMember extends Member {
  readonly element: HTMLElement;
}

/** Where the book's assets lie: this module is part of `mm.js` among them, or of a chunk. */
export const base = new URL(import.meta.url.includes("/chunks/") ? ".." : ".", import.meta.url)
  .href;

let shared: Notebook<CellMember> | undefined;

export function pageNotebook(): Notebook<CellMember> {
  shared ??= new Notebook(new Runtime({ base, standby: hasMemoryToSpare() }), (a, b) =>
    a.element.compareDocumentPosition(b.element) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1,
  );
  return shared;
}

/** A second Python that stands by takes about a hundred megabytes. */
function hasMemoryToSpare(): boolean {
  const { deviceMemory = 4 } = navigator as Navigator & { deviceMemory?: number };
  return deviceMemory > 2;
}
