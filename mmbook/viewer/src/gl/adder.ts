/** The GPU passes of sums: add products to a texture of sums, and apply an epilog to it. */
import type { Epilog, Pointwise, RowFunction } from "../animation/epilog.ts";
import { overlap } from "../animation/summed.ts";
import type { PartialSum, Span, Summed } from "../layout.ts";
import type { Gpu } from "./context.ts";
import { UNITS, type ValueSource } from "./elements.ts";
import { createProgram, type Program } from "./program.ts";
import { COVER_VERTEX } from "./shaders/programs.ts";
import { EPILOG_FRAGMENT, MOST, ROWS_FRAGMENT, SUM_FRAGMENT } from "./shaders/sums.ts";
import { createTargets, type SumTile } from "./targets.ts";

export interface Adder {
  /** Adds summands to one tile. */
  add(tile: SumTile, source: PartialSum, summands: readonly Summed[], side: number): void;
  /** Fills `values` of tiles that together are whole rows. */
  finish(tiles: readonly SumTile[], source: PartialSum, epilog: Epilog): void;
  /** Textures for a part of the sums. */
  create(size: Pick<SumTile, "rows" | "cols">): WebGLTexture;
  clear(tile: SumTile): void;
  dispose(): void;
}

type Rectangle = Pick<Summed, "rows" | "cols">;

const POINTS: readonly Pointwise[] = ["none", "relu", "gelu", "sigmoid", "silu", "tanh", "square"];
const ROWS: readonly RowFunction[] = ["none", "softmax", "causal softmax", "layernorm"];
/** Summands of one pass: a pass that takes too long is taken for a hang. */
const TERMS = 512;

export function createAdder(gpu: Gpu, values: ValueSource): Adder {
  const { gl } = gpu;
  const adding = createProgram(gpu, COVER_VERTEX, SUM_FRAGMENT);
  const measuring = createProgram(gpu, COVER_VERTEX, ROWS_FRAGMENT);
  const finishing = createProgram(gpu, COVER_VERTEX, EPILOG_FRAGMENT);
  const targets = createTargets(gl);

  const read = (program: Program, name: string, unit: number, texture: WebGLTexture): void => {
    gl.activeTexture(gl.TEXTURE0 + unit);
    gl.bindTexture(gl.TEXTURE_2D, texture);
    gl.uniform1i(program.uniform(name), unit);
  };
  const setRegions = (program: Program, regions: readonly Rectangle[]): void => {
    const numbers = regions.flatMap(({ rows, cols }) => [...rows, ...cols]);
    gl.uniform4iv(program.uniform("uRegions"), numbers);
    gl.uniform1i(program.uniform("uRegionCount"), regions.length);
  };
  const setEpilog = (program: Program, { scale, point, row }: Epilog): void => {
    gl.uniform1f(program.uniform("uScale"), scale);
    gl.uniform1i(program.uniform("uPoint"), POINTS.indexOf(point));
    gl.uniform1i(program.uniform("uRow"), ROWS.indexOf(row));
  };

  const addOnce = (
    tile: SumTile,
    { left, right }: PartialSum,
    regions: readonly Rectangle[],
    depths: readonly Span[],
  ): void => {
    const k = depths[0]?.[0] ?? 0;
    const [l, r] = [values.at(left, tile.row, k), values.at(right, k, tile.col)];
    if (!l || !r) return;
    adding.use();
    const into = targets.spare(tile);
    read(adding, "uLeft", UNITS.left, l.texture);
    read(adding, "uRight", UNITS.right, r.texture);
    read(adding, "uSum", UNITS.sum, tile.sum);
    gl.uniform4i(adding.uniform("uTile"), l.row, l.col, r.row, r.col);
    gl.uniform2i(adding.uniform("uCorner"), tile.row, tile.col);
    setRegions(adding, regions);
    gl.uniform2iv(adding.uniform("uDepths"), depths.flat());
    gl.uniform1i(adding.uniform("uDepthCount"), depths.length);
    targets.draw(into, tile.cols, tile.rows);
    targets.keep(tile, tile.sum);
    tile.sum = into;
  };

  const measureRows = (tiles: readonly SumTile[], { summed }: PartialSum, epilog: Epilog) => {
    const height = tiles[0]?.rows ?? 1;
    let [seen, next] = [targets.statistics(height), targets.statistics(height)];
    let first = true;
    for (const tile of tiles) {
      for (const regions of chunks(inside(tile, summed), MOST)) {
        measuring.use();
        read(measuring, "uSum", UNITS.sum, tile.sum);
        read(measuring, "uRows", UNITS.rows, seen);
        gl.uniform2i(measuring.uniform("uCorner"), tile.row, tile.col);
        gl.uniform1i(measuring.uniform("uWidth"), tile.cols);
        gl.uniform1i(measuring.uniform("uFirst"), first ? 1 : 0);
        setRegions(measuring, regions);
        setEpilog(measuring, epilog);
        targets.draw(next, 1, height);
        [seen, next] = [next, seen];
        first = false;
      }
    }
    gl.deleteTexture(next);
    return seen;
  };

  return {
    add(tile, source, summands, side) {
      for (const { regions, depths } of grouped(inside(tile, summands)))
        for (const some of chunks(regions, MOST))
          for (const ranges of portions(depths, side)) addOnce(tile, source, some, ranges);
    },
    finish(tiles, source, epilog) {
      const seen = epilog.row === "none" ? null : measureRows(tiles, source, epilog);
      for (const tile of tiles) {
        tile.values ??= targets.create(tile);
        finishing.use();
        read(finishing, "uSum", UNITS.sum, tile.sum);
        read(finishing, "uRows", UNITS.rows, seen ?? tile.sum);
        gl.uniform2i(finishing.uniform("uCorner"), tile.row, tile.col);
        setEpilog(finishing, epilog);
        targets.draw(tile.values, tile.cols, tile.rows);
      }
      gl.deleteTexture(seen);
    },
    create: targets.create,
    clear(tile) {
      targets.clear(tile.sum);
    },
    dispose() {
      for (const part of [adding, measuring, finishing, targets]) part.dispose();
    },
  };
}

/** The parts of some sums that lie in a tile. */
function inside({ row, col, rows, cols }: SumTile, summed: readonly Summed[]): Summed[] {
  const own: Rectangle = { rows: [row, row + rows], cols: [col, col + cols] };
  return summed.flatMap((part) => {
    const both = overlap(part, own);
    return both ? [{ ...both, depths: part.depths }] : [];
  });
}

/** Rectangles that lack the same summands get them together. */
function grouped(parts: readonly Summed[]): { regions: Rectangle[]; depths: readonly Span[] }[] {
  const groups = new Map<string, { regions: Rectangle[]; depths: readonly Span[] }>();
  for (const { rows, cols, depths } of parts) {
    const key = depths.join(";");
    const group = groups.get(key) ?? { regions: [], depths };
    group.regions.push({ rows, cols });
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** What one pass can add: so many ranges and summands, all in one texture of either operand. */
export function portions(depths: readonly Span[], side: number): Span[][] {
  const result: Span[][] = [];
  let terms = 0;
  let band = -1;
  for (const [from, to] of depths) {
    for (let at = from; at < to; ) {
      const own = Math.floor(at / side);
      let last = result.at(-1);
      if (!last || own !== band || terms === TERMS || last.length === MOST) {
        last = [];
        result.push(last);
        terms = 0;
        band = own;
      }
      const end = Math.min(to, (own + 1) * side, at + TERMS - terms);
      last.push([at, end]);
      terms += end - at;
      at = end;
    }
  }
  return result;
}

function chunks<T>(items: readonly T[], most: number): T[][] {
  const count = Math.ceil(items.length / most);
  return Array.from({ length: count }, (_, n) => items.slice(n * most, (n + 1) * most));
}
