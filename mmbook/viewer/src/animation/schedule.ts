/** When every animated product starts: worked out once, so that any step can be asked for. */
import type { Alg, Cube } from "../layout/types.ts";
import { childrenOf } from "../scene/tree.ts";
import type { Node, Product } from "../scene/types.ts";
import { resultSettings } from "../settings/results.ts";
import type { Settings } from "../settings/types.ts";
import { sweepLength } from "./blocks.ts";
import { type Fuse, joined, type Mode, together } from "./fusion.ts";
import { sweepOf } from "./sweep.ts";
import type { Sweep } from "./types.ts";

export interface Turn {
  node: Product;
  alg: Alg;
  sweep: Sweep;
  cuts: Cube["cuts"];
  start: number;
  length: number;
  /** Turns of an operand that is an animated product, or of those of which it is joined. */
  left: readonly Turn[];
  right: readonly Turn[];
}

/** First step at which others may count on the whole result: one step of rest ends every sweep. */
export function finish({ start, length }: Turn): number {
  return start + length + 1;
}

/**
 * The turns of a tree, operands before products; empty where nothing is animated.
 * A product whose algorithm is none is given, with everything under it.
 */
export function schedule(
  tree: Node,
  settings: Pick<Settings, "animation" | "results">,
  cubes: readonly Cube[],
): Turn[] {
  const byPath = new Map(cubes.map((cube) => [cube.path, cube]));
  const turns: Turn[] = [];

  function visit(node: Node, inherited: Alg | "none"): Turn[] {
    if (node.role !== "result") return childrenOf(node).flatMap((part) => visit(part, inherited));
    const own = resultSettings(settings, node.name).alg;
    const alg = own === "inherit" ? inherited : own;
    const cube = byPath.get(node.path);
    if (alg === "none" || !cube) return [];
    const left = visit(node.left, alg);
    const right = visit(node.right, alg);
    const sweep = sweepOf(alg);
    const { cuts } = cube;
    const length = sweepLength(sweep.travels, cuts);
    const turn: Turn = { node, alg, sweep, cuts, start: 0, length, left, right };
    turn.start = firstStep(turn, settings.animation.fuse);
    turns.push(turn);
    return [turn];
  }

  visit(tree, settings.animation.alg);
  return turns;
}

/** The earliest step at which nothing under a product keeps it from moving. */
function firstStep(turn: Turn, fuse: Fuse): number {
  const below = descendants(turn);
  // Modes change for the better only when something under the product has finished.
  const candidates = [0, ...below.map(finish)].sort((a, b) => a - b);
  const free = (step: number) =>
    fuse === "none"
      ? below.every((other) => finish(other) <= step)
      : modeOf(turn, step, step, fuse) !== "mixed";
  return candidates.find(free) ?? 0;
}

/** Mode of a turn's subtree at `step`, for a product that starts at `start`. */
function modeOf(turn: Turn, start: number, step: number, fuse: Fuse): Mode {
  const one = (operand: Turn): Mode => {
    if (finish(operand) <= step) return "none";
    if (operand.start > step) return "mixed";
    if (fuse === "sync" && operand.start !== start) return "mixed";
    return modeOf(operand, operand.start, step, fuse);
  };
  const side = (operands: readonly Turn[]): Mode => together(operands.map(one));
  return joined(turn.sweep.kind, side(turn.left), side(turn.right));
}

function descendants(turn: Turn): Turn[] {
  return [...turn.left, ...turn.right].flatMap((operand) => [operand, ...descendants(operand)]);
}
