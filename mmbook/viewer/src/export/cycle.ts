/** One cycle of the animation as the frames of a film. */
import { MmError } from "../errors.ts";

export interface CycleOptions {
  /** Of the film, in pixels. */
  width: number;
  /** Steps a second. */
  speed: number;
  /** Seconds for which the finished picture stands. */
  pause: number;
  /** Steps from one frame to the next. */
  every: number;
}

export interface Shot {
  step: number;
  /** When it comes and how long it stays, in seconds. */
  at: number;
  seconds: number;
}

export const LIMITS = {
  width: [64, 1920],
  speed: [0.5, 50],
  pause: [0, 60],
  every: [1, 1000],
} as const;

/**
 * Every `every`-th step, and the finished picture.
 * @param most frames of the format
 * @throws MmError for an option out of range, or a cycle that is too long
 */
export function shotsOf(steps: number, options: CycleOptions, most: number): Shot[] {
  if (steps === 0)
    throw new MmError("The figure has no animation", {
      remedy: "Choose an algorithm for it first.",
    });
  for (const [name, [least, largest]] of Object.entries(LIMITS)) {
    const given = options[name as keyof CycleOptions];
    if (!(given >= least && given <= largest))
      throw new MmError(`${NAMES[name as keyof CycleOptions]} is out of range`, {
        given: Number.isNaN(given) ? "no number" : given,
        possible: `${least} to ${largest}`,
      });
  }
  const { speed, pause } = options;
  const every = Math.round(options.every);
  const count = Math.ceil(steps / every) + 1;
  if (count > most)
    throw new MmError("The cycle is too long", {
      given: `${steps} steps, ${count} frames`,
      possible: `up to ${most} frames`,
      remedy: `Take one frame every ${leastEvery(steps, most)} steps, or fewer.`,
    });
  const seconds = 1 / speed;
  return Array.from({ length: count }, (_, n) => ({
    step: Math.min(steps, n * every),
    at: n / speed,
    seconds: n === count - 1 ? Math.max(seconds, pause) : seconds,
  }));
}

/** The smallest distance between steps with which a cycle fits. */
export const leastEvery = (steps: number, most: number): number =>
  Math.max(1, Math.ceil(steps / (most - 1)));

const NAMES: Record<keyof CycleOptions, string> = {
  width: "The width of the film",
  speed: "The number of steps a second",
  pause: "The pause at the end",
  every: "The distance between steps",
};
