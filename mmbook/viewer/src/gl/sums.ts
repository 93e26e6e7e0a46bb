/**
 * Results on their way, as value textures. From one step to the next a sum gets the summands it
 * lacks; where it would have to lose some, as on a jump back, it begins anew.
 */
import { type Epilog, epilogOf } from "../animation/epilog.ts";
import { partialMatrix } from "../animation/partial.ts";
import { additions } from "../animation/summed.ts";
import type { PartialSum, Summed } from "../layout.ts";
import { type Adder, createAdder } from "./adder.ts";
import type { Gpu } from "./context.ts";
import { nameOfSum, type ValueSource } from "./elements.ts";
import type { SumTile } from "./targets.ts";
import { createValueTextures, type Values, type ValueTextures } from "./values.ts";

export interface Sums extends ValueSource {
  /** Brings the sums of a frame up to date. Changes the framebuffer, the program and the viewport. */
  make(sources: ReadonlySet<PartialSum>): void;
  dispose(): void;
}

interface Entry {
  stamp: string;
  summed: readonly Summed[];
  tiles: SumTile[];
  version: number;
  used: number;
}

const KEPT_FRAMES = 30;

export function createSums(gpu: Gpu, values: ValueTextures): Sums {
  return gpu.floats ? createDrawnSums(gpu, values) : createComputedSums(gpu, values);
}

const stampOf = (
  { left, right, rows, cols, depth, epilog }: PartialSum,
  { version }: ValueSource,
): string => JSON.stringify([version(left), version(right), rows, cols, depth, epilog]);

function createDrawnSums(gpu: Gpu, values: ValueTextures): Sums {
  const { gl, tile: side } = gpu;
  const entries = new Map<string, Entry>();
  let adder: Adder | null = null;
  let versions = 0;
  let frame = 0;

  const drop = (name: string): void => {
    for (const { sum, values: own } of entries.get(name)?.tiles ?? []) {
      gl.deleteTexture(sum);
      gl.deleteTexture(own);
    }
    entries.delete(name);
  };

  const begin = (name: string, { rows, cols }: PartialSum, stamp: string): Entry => {
    drop(name);
    const tiles: SumTile[] = [];
    const entry = { stamp, summed: [], tiles, version: 0, used: frame };
    for (let row = 0; row < rows; row += side)
      for (let col = 0; col < cols; col += side) {
        const size = { rows: Math.min(side, rows - row), cols: Math.min(side, cols - col) };
        tiles.push({ row, col, ...size, sum: program().create(size), values: null });
      }
    entries.set(name, entry);
    return entry;
  };

  /** Built for the first sum: most figures never need it. */
  const program = (): Adder => {
    adder ??= createAdder(gpu, values);
    return adder;
  };

  const finish = ({ tiles }: Entry, source: PartialSum, epilog: Epilog): void => {
    if (epilog.scale === 1 && epilog.point === "none" && epilog.row === "none") return;
    for (const row of new Set(tiles.map((tile) => tile.row)))
      program().finish(
        tiles.filter((tile) => tile.row === row),
        source,
        epilog,
      );
  };

  const makeOne = (source: PartialSum): void => {
    const name = nameOfSum(source);
    const stamp = stampOf(source, values);
    let entry = entries.get(name);
    if (entry?.stamp !== stamp) entry = begin(name, source, stamp);
    entry.used = frame;
    const lacking = entry.version > 0 ? additions(entry.summed, source.summed) : null;
    if (lacking?.length === 0) return;
    for (const tile of entry.tiles) {
      if (!lacking) program().clear(tile);
      program().add(tile, source, lacking ?? source.summed, side);
    }
    finish(entry, source, epilogOf(source.epilog, source.depth));
    entry.summed = source.summed;
    entry.version = ++versions;
  };

  return {
    make(sources) {
      frame++;
      for (const source of sources) makeOne(source);
      for (const [name, { used }] of entries) if (frame - used > KEPT_FRAMES) drop(name);
    },
    at(name, row, col) {
      const found = entries
        .get(name)
        ?.tiles.find((tile) => row - tile.row < tile.rows && col - tile.col < tile.cols);
      return found ? { ...found, texture: found.values ?? found.sum } : null;
    },
    version: (name) => entries.get(name)?.version ?? 0,
    dispose() {
      for (const name of entries.keys()) drop(name);
      adder?.dispose();
    },
  };
}

/** For devices that cannot draw to textures of floats. */
function createComputedSums(gpu: Gpu, values: ValueTextures): Sums {
  const textures = createValueTextures(gpu);
  const operands = { get: (name: string) => values.get(name) ?? undefined };
  let made = new Map<string, Values & { stamp: string }>();
  return {
    make(sources) {
      const next: typeof made = new Map();
      for (const source of sources) {
        const name = nameOfSum(source);
        const stamp = stampOf(source, values) + JSON.stringify(source.summed);
        const { rows, cols } = source;
        const known = made.get(name);
        next.set(
          name,
          known?.stamp === stamp
            ? known
            : { rows, cols, data: partialMatrix(source, operands), stamp },
        );
      }
      made = next;
      textures.set(made);
    },
    at: textures.at,
    version: textures.version,
    dispose: textures.dispose,
  };
}
