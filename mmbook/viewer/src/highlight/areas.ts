/** The groups of a figure → the elements of each, on every matrix in the picture. */

import { overlap } from "../animation/summed.ts";
import { areaOf } from "../layout/bands.ts";
import type { Placed, Span } from "../layout/types.ts";
import type { Area, Highlights } from "../schema/figure.ts";

export interface Rect {
  rows: Span;
  cols: Span;
}

export interface Group {
  name: string;
  /** Decides its colour and its line. */
  index: number;
  /** By path of a placed matrix. */
  areas: ReadonlyMap<string, readonly Rect[]>;
}

/** Names that do not occur, and rows or columns that are not there, light nothing. */
export function groupsOf(highlights: Highlights, placed: readonly Placed[]): Group[] {
  return Object.entries(highlights).map(([name, members = {}], index) => {
    const areas = new Map<string, Rect[]>();
    const add = (path: string, rects: readonly Rect[]): void => {
      if (rects.length > 0) areas.set(path, [...(areas.get(path) ?? []), ...rects]);
    };
    for (const place of placed) {
      const own = member(members, place.name);
      if (own) {
        const lit = rectsOf(own, place);
        add(place.path, lit);
        for (const band of place.bands ?? []) {
          if (band.role === "result")
            add(band.path, moved(within(lit, areaOf(band)), areaOf(band)));
        }
      }
      for (const band of place.bands ?? []) {
        const part = band.role === "leaf" && member(members, band.name);
        if (!part) continue;
        const { rows, cols } = areaOf(band);
        const size = { rows: rows[1] - rows[0], cols: cols[1] - cols[0] };
        add(place.path, moved(rectsOf(part, size), { rows: [-rows[0], 0], cols: [-cols[0], 0] }));
      }
    }
    return { name, index, areas };
  });
}

const member = (members: Record<string, Area | undefined>, name: string): Area | undefined =>
  Object.hasOwn(members, name) ? members[name] : undefined;

/** Every chosen stretch of rows crossed with every chosen stretch of columns. */
function rectsOf({ rows, cols }: Area, size: { rows: number; cols: number }): Rect[] {
  const stretches = (spans: readonly Span[] | undefined, count: number): Span[] =>
    (spans ?? [[0, count]])
      .map(([from, to]): Span => [Math.max(0, from), Math.min(count, to)])
      .filter(([from, to]) => from < to);
  const across = stretches(cols, size.cols);
  return stretches(rows, size.rows).flatMap((down) =>
    across.map((along) => ({ rows: down, cols: along })),
  );
}

const within = (rects: readonly Rect[], area: Rect): Rect[] =>
  rects.flatMap((rect) => overlap(rect, area) ?? []);

/** Counted from the corner of `area`. */
const moved = (rects: readonly Rect[], { rows: [top], cols: [left] }: Rect): Rect[] =>
  rects.map(({ rows, cols }) => ({
    rows: [rows[0] - top, rows[1] - top],
    cols: [cols[0] - left, cols[1] - left],
  }));
