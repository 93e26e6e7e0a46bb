/** Where the bands of a joined matrix are: each as a matrix of its own, and the seams between them. */
import { areaOf } from "./bands.ts";
import { cellPosition, offsetAlong } from "./position.ts";
import type { Band, Placed, Span, Vec3 } from "./types.ts";

/** How far a seam reaches beyond the border of the whole, in elements: seen where the balls are small. */
const OVERHANG = 1.2;

/** A straight line in the plane of a matrix. */
export interface Line {
  from: Vec3;
  to: Vec3;
}

/** The band as if it stood alone; gaps that are not its own are laid as they come. */
export function bandPlace(whole: Placed, band: Band): Placed {
  const { rows, cols } = areaOf(band);
  const { bands: _, ...common } = whole;
  return {
    ...common,
    path: band.path,
    name: band.name,
    role: band.role,
    rows: rows[1] - rows[0],
    cols: cols[1] - cols[0],
    origin: cellPosition(whole, rows[0], cols[0]),
  };
}

interface Border {
  axis: Band["axis"];
  /** The first row or column behind it. */
  start: number;
  across: Span;
}

/** The borders between bands, each as one line as far as it is straight. */
export function seams(whole: Placed): Line[] {
  const borders: Border[] = [];
  for (const { rows, cols } of (whole.bands ?? []).map(areaOf)) {
    if (rows[0] > 0) join(borders, { axis: "rows", start: rows[0], across: cols });
    if (cols[0] > 0) join(borders, { axis: "cols", start: cols[0], across: rows });
  }
  return borders.map((border) => seam(whole, border));
}

/** Bands come in order: what goes on a border ends where the next part begins. */
function join(borders: Border[], { axis, start, across }: Border): void {
  const before = borders.find(
    (other) => other.axis === axis && other.start === start && other.across[1] === across[0],
  );
  if (before) before.across = [before.across[0], across[1]];
  else borders.push({ axis, start, across });
}

function seam(whole: Placed, { axis, start, across }: Border): Line {
  const [block, other] =
    axis === "rows" ? [whole.rowBlock, whole.colBlock] : [whole.colBlock, whole.rowBlock];
  const along = (index: number): number => offsetAlong(index, block, whole.gap);
  const at = (along(start - 1) + along(start)) / 2;
  const size = axis === "rows" ? whole.cols : whole.rows;
  const beyond = (outer: boolean): number => 0.5 + (outer ? OVERHANG : 0);
  const from = offsetAlong(across[0], other, whole.gap) - beyond(across[0] === 0);
  const to = offsetAlong(across[1] - 1, other, whole.gap) + beyond(across[1] === size);
  const point = (off: number): Vec3 =>
    axis === "rows" ? inPlane(whole, at, off) : inPlane(whole, off, at);
  return { from: point(from), to: point(to) };
}

/** World position at fractional offsets along the rows and the columns. */
export function inPlane({ origin, rowAxis, colAxis }: Placed, down: number, along: number): Vec3 {
  const at = (n: 0 | 1 | 2): number => origin[n] + down * rowAxis[n] + along * colAxis[n];
  return [at(0), at(1), at(2)];
}
