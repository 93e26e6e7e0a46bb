/** What a figure's `levels` add to its picture: colours by level, and bars of the scales. */
import { overlap } from "../animation/summed.ts";
import { areaOf } from "../layout/bands.ts";
import { bandPlace, inPlane } from "../layout/seams.ts";
import type { Drawn, Placed, Span } from "../layout/types.ts";
import type { Leaf, Matrix, Scene } from "../scene.ts";
import type { Levels } from "../schema/figure.ts";
import { type Codes, codesOf } from "./codes.ts";

/** Elements between a matrix and the bar beside it. */
const APART = 2;

interface Part {
  rows: Span;
  cols: Span;
  /** Name of the matrix that holds the codes, and how many levels there are. */
  paint: NonNullable<Drawn["paint"]>;
}

export interface Bar {
  entry: Drawn;
  node: Leaf;
  /** Path of the matrix beside which it stands. */
  on: string;
  name: string;
  shape: string;
}

export interface Levelled {
  /** The scene's, and those of codes and scales. */
  matrices: ReadonlyMap<string, Matrix>;
  /** Bars, with the nodes by which they are read. */
  bars: readonly Bar[];
  /** The drawing list with the levels painted and the bars added. */
  painted(list: readonly Drawn[]): readonly Drawn[];
}

export function levelled(
  levels: Readonly<Record<string, Levels | undefined>>,
  { matrices }: Pick<Scene, "matrices">,
  placed: readonly Placed[],
): Levelled {
  const all = new Map(matrices);
  const known = new Map<string, Codes>();
  for (const [name, given] of Object.entries(levels)) {
    const matrix = matrices.get(name);
    if (matrix && given) known.set(name, codesOf(matrix, given.values, given.block));
  }
  const parts = new Map<string, Part[]>();
  const bars: Bar[] = [];
  for (const place of placed) {
    const whole = { rows: [0, place.rows] as Span, cols: [0, place.cols] as Span };
    const own = known.get(place.name)
      ? [{ name: place.name, area: whole, at: place }]
      : (place.bands ?? [])
          .filter(({ name, role }) => role === "leaf" && known.has(name))
          .map((band) => ({ name: band.name, area: areaOf(band), at: bandPlace(place, band) }));
    if (own.length === 0) continue;
    // No matrix of a figure has such a name. Where levels are part of a joined matrix, so are codes.
    const name = `\u0002${place.name}`;
    const data = new Float32Array(place.rows * place.cols);
    for (const { name: of, area, at } of own) {
      const codes = known.get(of);
      if (!codes) continue;
      const { rows, cols } = area;
      for (let r = rows[0]; r < rows[1]; r += 1)
        data.set(
          codes.codes.subarray((r - rows[0]) * at.cols, (r - rows[0] + 1) * at.cols),
          r * place.cols + cols[0],
        );
      const count = levels[of]?.values.length ?? 0;
      const paint = { codes: name, levels: count };
      parts.set(place.path, [...(parts.get(place.path) ?? []), { ...area, paint }]);
      bars.push(bar(at, codes, place.path));
      all.set(codes.scales.name, codes.scales);
    }
    const range = { min: null, max: null, smallest: null, largest: null, missing: 0 };
    all.set(name, { name, rows: place.rows, cols: place.cols, data, range });
  }
  return {
    matrices: known.size > 0 ? all : matrices,
    bars,
    painted: (list) => (parts.size === 0 ? list : paintedOf(list, parts, bars)),
  };
}

function paintedOf(
  list: readonly Drawn[],
  parts: ReadonlyMap<string, readonly Part[]>,
  bars: readonly Bar[],
): readonly Drawn[] {
  const painted = list.flatMap((entry): Drawn[] => {
    const own = entry.source.kind === "matrix" ? parts.get(entry.placed.path) : undefined;
    if (!own) return [entry];
    const pieces = own.flatMap((part): Drawn[] => {
      const reveal = overlap(entry.reveal, part);
      return reveal ? [{ ...entry, reveal, paint: part.paint }] : [];
    });
    return [...beyond(entry, own), ...pieces];
  });
  const there = new Set(list.map(({ placed }) => placed.path));
  return [...painted, ...bars.filter(({ on }) => there.has(on)).map(({ entry }) => entry)];
}

/** What of an entry no part covers; parts lie beside or below each other across the whole. */
function beyond(entry: Drawn, parts: readonly Part[]): Drawn[] {
  let rest = [entry.reveal];
  for (const part of parts) {
    rest = rest.flatMap((area) => {
      const both = overlap(area, part);
      if (!both) return [area];
      const { rows, cols } = area;
      return [
        { rows: [rows[0], both.rows[0]] as Span, cols },
        { rows: [both.rows[1], rows[1]] as Span, cols },
        { rows: both.rows, cols: [cols[0], both.cols[0]] as Span },
        { rows: both.rows, cols: [both.cols[1], cols[1]] as Span },
      ].filter((piece) => piece.rows[0] < piece.rows[1] && piece.cols[0] < piece.cols[1]);
    });
  }
  return rest.map((reveal) => ({ ...entry, reveal }));
}

/** The scales beyond the ends of the rows, each beside the middle of its block. */
function bar(at: Placed, { scales, block }: Codes, on: string): Bar {
  const { name, rows, cols } = scales;
  const path = `${at.path}#scales`;
  const across = at.cols - 1 + Math.floor((at.cols - 1) / at.colBlock) * at.gap;
  const placed: Placed = {
    path,
    name,
    role: "leaf",
    rows,
    cols,
    origin: inPlane(at, (block.rows - 1) / 2, across + 1 + APART),
    rowAxis: at.rowAxis,
    colAxis: at.colAxis,
    facing: at.facing,
    rowBlock: block.rows > 1 ? 1 : at.rowBlock,
    colBlock: cols,
    gap: block.rows > 1 ? block.rows - 1 : at.gap,
  };
  const entry: Drawn = {
    placed,
    source: { kind: "matrix", name },
    range: { lo: 0, hi: scales.range.largest ?? 0 },
    reveal: { rows: [0, rows], cols: [0, cols] },
    highlight: null,
    opacity: 1,
  };
  const common = { path, name, title: name, rows, cols, rowLabels: null, colLabels: null };
  const node: Leaf = { ...common, role: "leaf" };
  return { entry, node, on, name: "scales", shape: `${rows} × ${cols}` };
}
