/** Which elements lie in the light: around the ray through the pointer, or around one element. */
import { dot, scale, subtract } from "../camera/vector.ts";
import { cellPosition, type Drawn, offsetAlong, type Placed, type Vec3 } from "../layout.ts";
import { type Cell, shown } from "./cell.ts";
import { pick, type Ray } from "./pick.ts";

/** An element in the light, and where it stands. */
export interface Spot extends Cell {
  at: Vec3;
}

/** Planes seen from a steeper angle than this (its sine) are not legible. */
const GRAZING = 0.12;

interface At {
  row: number;
  col: number;
  at: Vec3;
}

/** The elements of a plane whose middles lie within `radius` of a ray of any length. */
export function cells(ray: Ray, placed: Placed, radius: number): At[] {
  const along = scale(ray.direction, 1 / Math.hypot(...ray.direction));
  const slope = dot(along, placed.facing);
  if (Math.abs(slope) < GRAZING) return [];
  const away = subtract(placed.origin, ray.origin);
  const distance = dot(away, placed.facing) / slope;
  if (distance <= 0) return [];
  const met = subtract(scale(along, distance), away);
  const [a, b] = [dot(along, placed.colAxis), dot(along, placed.rowAxis)];
  const [x, y] = [dot(met, placed.colAxis), dot(met, placed.rowAxis)];
  // A cylinder about the ray cuts the plane in an ellipse; its box bounds the search.
  const across = radius * Math.sqrt(1 + (a / slope) ** 2);
  const down = radius * Math.sqrt(1 + (b / slope) ** 2);
  const found: At[] = [];
  const cols = indices(x - across, x + across, placed.cols, placed.colBlock, placed.gap);
  for (const row of indices(y - down, y + down, placed.rows, placed.rowBlock, placed.gap)) {
    for (const col of cols) {
      const dx = offsetAlong(col, placed.colBlock, placed.gap) - x;
      const dy = offsetAlong(row, placed.rowBlock, placed.gap) - y;
      if (dx * dx + dy * dy - (dx * a + dy * b) ** 2 > radius * radius) continue;
      found.push({ row, col, at: cellPosition(placed, row, col) });
    }
  }
  return found;
}

/** Elements whose offsets along an axis lie in a range. */
function indices(from: number, to: number, count: number, block: number, gap: number): number[] {
  const first = Math.floor(Math.max(0, from) / (block + gap)) * block;
  const found: number[] = [];
  for (let index = first; index < count; index += 1) {
    const offset = offsetAlong(index, block, gap);
    if (offset > to) break;
    if (offset >= from) found.push(index);
  }
  return found;
}

/**
 * What the pointer's light falls on, the nearest plane first: elements that are drawn, or would be
 * but for their exact zero, and that no nearer plane hides.
 * @param interior whether travelling products count
 */
export function spotlit(
  ray: Ray,
  drawn: readonly Drawn[],
  radius: number,
  interior: boolean,
): Spot[] {
  const planes = drawn.filter(({ placed }) => interior || placed.role !== "intermediate");
  const spots = planes.flatMap((entry) =>
    cells(ray, entry.placed, radius)
      .filter(({ row, col, at }) => shown(entry, row, col) && seen(ray.origin, at, entry, drawn))
      .map((cell): Spot => ({ placed: entry.placed, source: entry.source, ...cell })),
  );
  const depth = ({ at }: Spot): number => dot(subtract(at, ray.origin), ray.direction);
  return spots.sort((a, b) => depth(a) - depth(b));
}

/** Around one element, in its own plane. */
export function spotlitAround(cell: Cell, drawn: readonly Drawn[], radius: number): Spot[] {
  const { placed, row, col } = cell;
  const at = cellPosition(placed, row, col);
  const ray = { origin: subtract(at, placed.facing), direction: placed.facing };
  const entries = drawn.filter((entry) => entry.placed.path === placed.path);
  const own = entries.filter(({ placed: { role } }) => role === placed.role);
  return cells(ray, placed, radius).flatMap((one) => {
    const entry = own.find((each) => shown(each, one.row, one.col));
    return entry ? [{ placed, source: entry.source, ...one }] : [];
  });
}

/** A sight line ends this close to its element, as part of its length. */
const REACHED = 0.999;

function seen(eye: Vec3, at: Vec3, entry: Drawn, drawn: readonly Drawn[]): boolean {
  const ray = { origin: eye, direction: subtract(at, eye) };
  return !drawn.some((other) => {
    if (other.placed === entry.placed) return false;
    const hit = pick(ray, other.placed);
    return hit !== null && hit.distance < REACHED && shown(other, hit.row, hit.col);
  });
}
