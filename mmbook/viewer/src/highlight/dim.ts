/** Steps back what no group holds: entries of the drawing list are split where the light ends. */
import { overlap } from "../animation/summed.ts";
import { areaOf } from "../layout/bands.ts";
import type { Drawn, Placed } from "../layout/types.ts";
import type { Group, Rect } from "./areas.ts";

/** How much is left of elements outside every group, on matrices that have some inside. */
export const DIMMED = 0.22;

interface Part extends Rect {
  lit: boolean;
}

/** Cuts the matrices that groups light into lit and unlit rectangles, by path. */
export function lightParts(
  groups: readonly Group[],
  placed: readonly Placed[],
): ReadonlyMap<string, readonly Part[]> {
  const parts = new Map<string, readonly Part[]>();
  for (const place of placed) {
    const lit = groups.flatMap(({ areas }) => areas.get(place.path) ?? []);
    if (lit.length === 0) continue;
    // A part of a joined matrix is a matrix of its own: unlit as a whole, it stays as it is.
    const apart = (place.bands ?? []).map(areaOf);
    const others = apart.filter((area) => !lit.some((rect) => overlap(rect, area)));
    parts.set(place.path, cut(place, [...lit, ...others]));
  }
  return parts;
}

/** Strips of rows between the borders of lit areas, each in as few pieces as it has. */
function cut({ rows, cols }: Placed, lit: readonly Rect[]): Part[] {
  const ends = (size: number, pick: (rect: Rect) => readonly number[]): number[] =>
    [...new Set([0, size, ...lit.flatMap(pick)])].sort((a, b) => a - b);
  const down = ends(rows, (rect) => rect.rows);
  const along = ends(cols, (rect) => rect.cols);
  const parts: Part[] = [];
  let above: Part[] = [];
  for (let r = 0; r + 1 < down.length; r += 1) {
    const [top = 0, bottom = 0] = [down[r], down[r + 1]];
    const strip: Part[] = [];
    for (let c = 0; c + 1 < along.length; c += 1) {
      const [left = 0, right = 0] = [along[c], along[c + 1]];
      const inside = lit.some(
        ({ rows: [from, to], cols: [first, last] }) =>
          from <= top && bottom <= to && first <= left && right <= last,
      );
      const previous = strip.at(-1);
      if (previous?.lit === inside) previous.cols = [previous.cols[0], right];
      else strip.push({ lit: inside, rows: [top, bottom], cols: [left, right] });
    }
    if (alike(strip, above)) for (const part of above) part.rows = [part.rows[0], bottom];
    else {
      parts.push(...strip);
      above = strip;
    }
  }
  return parts;
}

const alike = (a: readonly Part[], b: readonly Part[]): boolean =>
  a.length === b.length &&
  a.every(({ lit, cols }, n) => lit === b[n]?.lit && cols[1] === b[n]?.cols[1]);

/** Travelling products keep their strength. */
export function dimmed(
  list: readonly Drawn[],
  parts: ReadonlyMap<string, readonly Part[]>,
): readonly Drawn[] {
  if (parts.size === 0) return list;
  return list.flatMap((entry) => {
    const cuts = entry.placed.role === "intermediate" ? undefined : parts.get(entry.placed.path);
    if (!cuts) return [entry];
    const pieces = cuts.flatMap((part): Drawn[] => {
      const reveal = overlap(entry.reveal, part);
      return reveal ? [{ ...entry, reveal, opacity: entry.opacity * (part.lit ? 1 : DIMMED) }] : [];
    });
    return pieces.length > 0 ? pieces : [entry];
  });
}
