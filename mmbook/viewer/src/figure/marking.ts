/** What the overlay writes for a picture: names, tokens, and lines around the element being read. */

import { cssOf, styleOf } from "../highlight/style.ts";
import type { Cell } from "../inspect/cell.ts";
import { operandsOf } from "../inspect/light.ts";
import { type Drawn, offsetAlong, type Placed, type Span } from "../layout.ts";
import { levelColours } from "../levels/colours.ts";
import type { KeyEntry } from "../text/key.ts";
import type { OverlayContent } from "../text/overlay.ts";
import type { Patch } from "../text/patch.ts";
import type { Box } from "../text/room.ts";
import type { Picture } from "./picture.ts";
import { NARROW } from "./styles.ts";
import { paletteOf, type Scheme } from "./theme.ts";

function patch(placed: Placed, rows: Span, cols: Span): Patch {
  const ends = ([from, to]: Span, block: number): [number, number] => [
    offsetAlong(from, block, placed.gap),
    offsetAlong(to - 1, block, placed.gap),
  ];
  return { placed, down: ends(rows, placed.rowBlock), along: ends(cols, placed.colBlock) };
}

/** Corner of a wide picture in which the legend of colour stands; a narrow one has it above. */
const SCALE = { width: 140, height: 50 };

function scaleBoxes({ clientWidth: right }: HTMLElement): Box[] {
  if (right < NARROW) return [];
  return [{ left: right - SCALE.width, right, top: 0, bottom: SCALE.height }];
}

/** Height of the title at the top of a picture. */
const TITLE = 32;

function keyEntry(text: string, index: number, theme: Scheme): KeyEntry {
  const { ink, dash } = styleOf(index, theme);
  return { text, sample: { kind: "line", colour: cssOf(ink), dash } };
}

function levelEntry(name: string, count: number, theme: Scheme): KeyEntry {
  const colours = levelColours(count, theme).map((colour) => `rgb(${colour.join(" ")})`);
  return { text: `${name}: ${count} levels, lowest first`, sample: { kind: "colours", colours } };
}

/** @param stage the element whose fonts and colours the text takes */
export function overlayContent(
  { titles, axes, settings, layout, nodes, groups, scene }: Picture,
  list: readonly Drawn[],
  cell: Cell | null,
  stage: HTMLElement,
  theme: Scheme,
): OverlayContent {
  const shown = new Set(list.map(({ placed }) => placed.path));
  const styles = getComputedStyle(stage);
  const node = cell && nodes.get(cell.placed.path);
  const origins = cell && node ? operandsOf(cell, node) : new Map<string, never>();
  return {
    placed: [...new Set(list.map(({ placed }) => placed))],
    titles: titles.filter(({ placed, on = placed.path }) => shown.has(on)),
    axes: axes.filter(({ placed }) => shown.has(placed.path)),
    mark: cell && patch(cell.placed, [cell.row, cell.row + 1], [cell.col, cell.col + 1]),
    strips: layout.placed.flatMap((placed) => {
      const lit = shown.has(placed.path) && origins.get(placed.path);
      return lit ? [patch(placed, lit.rows, lit.cols)] : [];
    }),
    key: [
      ...groups.map(({ name, index }) => keyEntry(name, index, theme)),
      ...Object.entries(settings.levels).flatMap(([name, given]) =>
        given && scene.matrices.has(name) ? [levelEntry(name, given.values.length, theme)] : [],
      ),
    ],
    keyRoom: {
      top: settings.title ? TITLE : 8,
      width: stage.clientWidth - (stage.clientWidth < NARROW ? 0 : SCALE.width),
    },
    taken: scaleBoxes(stage),
    style: {
      sans: styles.getPropertyValue("--sans"),
      mono: styles.getPropertyValue("--mono"),
    },
    palette: paletteOf(styles),
  };
}
