/** What is drawn → its painter's order, kept until something moves. */

import type { Stroke } from "../highlight/strokes.ts";
import type { Cube, Drawn, Placed } from "../layout.ts";
import { type Vane, vanes } from "./flow.ts";
import { createOrder, type Flat, type Order } from "./order.ts";
import { type Slab, slab } from "./pieces.ts";
import { flatStroke } from "./strokes.ts";

export interface Composition {
  key: string;
  order: Order<Slab | Vane | Stroke>;
}

/** The flow arrow of a cube. */
export interface Arrow {
  cube: Cube;
  /** 0 to 1; 0 leaves it out. */
  size: number;
}

/**
 * @param previous returned as it is while it still holds
 * @param strokes those of matrices that are not drawn are left out
 */
export function compose(
  drawn: readonly Drawn[],
  arrows: readonly Arrow[],
  previous: Composition | null,
  strokes: readonly Stroke[] = [],
): Composition {
  const key = keyOf(drawn, arrows, strokes);
  if (previous?.key === key) return previous;
  const flats: Flat<Slab | Vane | Stroke>[] = [];
  const sheets = new Set<string>();
  drawn.forEach(({ placed, reveal }, index) => {
    // Several areas of one matrix share its sheet.
    const place = placeOf(placed).join();
    if (!sheets.has(place)) {
      sheets.add(place);
      const rect = { row: 0, rowEnd: placed.rows, col: 0, colEnd: placed.cols };
      flats.push(slab({ kind: "sheet", index, placed, rect }));
    }
    const rect = {
      row: Math.max(0, reveal.rows[0]),
      rowEnd: Math.min(placed.rows, reveal.rows[1]),
      col: Math.max(0, reveal.cols[0]),
      colEnd: Math.min(placed.cols, reveal.cols[1]),
    };
    if (rect.row < rect.rowEnd && rect.col < rect.colEnd)
      flats.push(slab({ kind: "elements", index, placed, rect }));
  });
  for (const { cube, size } of arrows) if (size > 0) flats.push(...vanes(cube, size));
  const shown = new Set(drawn.map(({ placed }) => placed.path));
  for (const stroke of strokes) if (shown.has(stroke.path)) flats.push(flatStroke(stroke));
  return { key, order: createOrder(flats) };
}

const placeOf = (placed: Placed): readonly unknown[] => [
  placed.path,
  placed.origin,
  placed.rowAxis,
  placed.colAxis,
  placed.rows,
  placed.cols,
  placed.rowBlock,
  placed.colBlock,
  placed.gap,
];

const keyOf = (
  drawn: readonly Drawn[],
  arrows: readonly Arrow[],
  strokes: readonly Stroke[],
): string =>
  JSON.stringify([
    strokes,
    arrows.map(({ cube, size }) => size > 0 && [cube.path, cube.frame, size]),
    drawn.map(({ placed, reveal }) => [placeOf(placed), reveal]),
  ]);
