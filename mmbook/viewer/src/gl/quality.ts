/**
 * How many pixels a frame gets: all of them at rest, fewer while something moves and frames come
 * late. Judged by the time between moving frames, which is what the reader sees.
 */
export interface Quality {
  /** Device pixels for a CSS pixel. @param now milliseconds */
  ratio(device: number, moving: boolean, now: number): number;
}

const STILL_RATIO = 2;
const MOVING_RATIO = 1.5;
const LEVELS = [1, 0.75, 0.5, 0.38];
/** Milliseconds between frames above which fewer pixels, below which more pixels are tried. */
const SLOW = 30;
const FAST = 18;
/** A longer pause is no frame rate. */
const PAUSE = 400;
/** Fast frames in a row before more pixels are tried: coming back is slower than giving way. */
const PATIENCE = 45;

export function createQuality(): Quality {
  let level = 0;
  let previous: number | null = null;
  let slow = 0;
  let fast = 0;

  const judge = (apart: number): void => {
    if (apart > PAUSE) return;
    slow = apart > SLOW ? slow + 1 : 0;
    fast = apart < FAST ? fast + 1 : 0;
    if (slow >= 2 && level < LEVELS.length - 1) {
      level++;
      slow = 0;
    } else if (fast >= PATIENCE && level > 0) {
      level--;
      fast = 0;
    }
  };

  return {
    ratio(device, moving, now) {
      if (!moving) {
        previous = null;
        return Math.min(device, STILL_RATIO);
      }
      if (previous !== null) judge(now - previous);
      previous = now;
      return Math.min(device, MOVING_RATIO) * (LEVELS[level] ?? 1);
    },
  };
}
