/** Steps of a figure's animation: how many there are, and the state of every product at each. */
import type { Cube } from "../layout/types.ts";
import type { Node } from "../scene/types.ts";
import type { Settings } from "../settings/types.ts";
import { area, whole } from "./blocks.ts";
import { describeStep } from "./describe.ts";
import { schedule, type Turn } from "./schedule.ts";
import type { Area, FigureState, Phase, ProductState, SweepState } from "./types.ts";

export interface Timeline {
  /** Steps of one cycle; 0 where nothing is animated. */
  readonly steps: number;
  /** The picture of a step from 0 to `steps` (the resting picture); other numbers are clamped. */
  at(step: number): FigureState;
  /** The same in words. */
  describe(step: number): string;
}

/** `cubes` are those of the layout, for their blocks. */
export function timeline(
  tree: Node,
  settings: Pick<Settings, "animation" | "results">,
  cubes: readonly Cube[],
): Timeline {
  const turns = schedule(tree, settings, cubes);
  const steps = Math.max(0, ...turns.map(({ start, length }) => start + length));
  const clamped = (step: number) => Math.min(steps, Math.max(0, Math.trunc(step) || 0));
  return {
    steps,
    at(wanted) {
      const step = clamped(wanted);
      const states = turns.map((turn) => [turn.node.path, stateOf(turn, step)] as const);
      return {
        step,
        steps,
        hideInputs: settings.animation.hide_inputs && step < steps,
        products: new Map(states),
      };
    },
    describe: (step) => describeStep(turns, clamped(step), steps),
  };
}

function stateOf(turn: Turn, step: number): ProductState {
  const { node, alg, sweep, length, start, cuts } = turn;
  const phase: Phase = step < start ? "waiting" : step < start + length ? "running" : "done";
  const index = phase === "waiting" ? -1 : Math.min(step - start, length);
  const shown = phase === "running" ? sweep.state(index, cuts) : standing(turn, phase === "done");
  return {
    path: node.path,
    name: node.name,
    alg,
    kind: sweep.kind,
    epilog: node.epilog,
    phase,
    index,
    length,
    ...shown,
  };
}

/** A product that does not move: its operands unlit, its result wholly there or not at all. */
function standing({ cuts: { i, j, k } }: Turn, done: boolean): SweepState {
  const all = (rows: typeof i, cols: typeof i): Area[] => [area(whole(rows), whole(cols))];
  return {
    travelling: [],
    sums: [],
    result: done ? all(i, j) : [],
    left: all(i, k),
    right: all(k, j),
  };
}
