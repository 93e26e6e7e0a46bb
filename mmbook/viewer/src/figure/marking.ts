/** What the overlay writes for a picture: names, tokens, and the mark around the element being read. */
import type { Cell } from "../inspect/cell.ts";
import { type Drawn, offsetAlong } from "../layout.ts";
import type { OverlayContent } from "../text/overlay.ts";
import type { Picture } from "./picture.ts";
import { PALETTES, type Scheme } from "./theme.ts";

export function markOf(cell: Cell | null): OverlayContent["mark"] {
  if (!cell) return null;
  const { placed, row, col } = cell;
  return {
    placed,
    down: offsetAlong(row, placed.rowBlock, placed.gap),
    along: offsetAlong(col, placed.colBlock, placed.gap),
  };
}

/** @param stage the element whose fonts the text takes */
export function overlayContent(
  { titles, axes, settings }: Picture,
  list: readonly Drawn[],
  mark: OverlayContent["mark"],
  scheme: Scheme,
  stage: HTMLElement,
): OverlayContent {
  const shown = new Set(list.map(({ placed }) => placed.path));
  const styles = getComputedStyle(stage);
  return {
    placed: [...new Set(list.map(({ placed }) => placed))],
    titles: titles.filter(({ placed }) => shown.has(placed.path)),
    axes: axes.filter(({ placed }) => shown.has(placed.path)),
    mark,
    style: {
      legends: settings.marks.legends,
      sans: styles.getPropertyValue("--sans"),
      mono: styles.getPropertyValue("--mono"),
    },
    palette: PALETTES[scheme],
  };
}
