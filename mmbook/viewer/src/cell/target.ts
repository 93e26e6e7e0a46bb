// Which figure a cell redraws.
import type { Scene } from "../scene/types.ts";

export interface FigureElement extends HTMLElement {
  show(scene: Scene): Promise<void> | void;
}

/** The figure that the cell names, or else the nearest one before it. Throws where there is none. */
export function figureOf(cell: HTMLElement): FigureElement {
  const wanted = cell.getAttribute("figure");
  const all = [...cell.ownerDocument.querySelectorAll<FigureElement>("mm-figure")];
  const figure = wanted
    ? all.find(({ id }) => id === wanted)
    : all.findLast((one) => one.compareDocumentPosition(cell) & Node.DOCUMENT_POSITION_FOLLOWING);
  if (figure) return figure;
  const problem = wanted ? `there is no figure “${wanted}”` : "there is no figure above this cell";
  const possible = all.map(({ id }) => id).join(", ") || "none";
  throw new Error(`The cell made a figure, but ${problem} on this page. Possible: ${possible}.`);
}
