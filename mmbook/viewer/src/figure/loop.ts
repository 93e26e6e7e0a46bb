/**
 * Frames on demand: a frame is asked for when something changed and goes on only while the drawing
 * says that it is still moving. Asleep (off screen, hidden tab) it remembers that a frame is due.
 */
export interface Loop {
  /** Asks for one frame; more calls before it comes are the same frame. */
  request(): void;
  sleep(asleep: boolean): void;
  dispose(): void;
}

/** Longest step of time a frame may see, in seconds: a tab that was away does not jump. */
const LONGEST_STEP = 0.1;

/**
 * @param frame draws; gets seconds since the previous frame of the same motion (0 for the first);
 *   returns whether another frame must follow.
 */
export function createLoop(frame: (seconds: number) => boolean): Loop {
  let handle = 0;
  let due = false;
  let asleep = false;
  let previous: number | null = null;

  const tick = (now: number): void => {
    handle = 0;
    due = false;
    const seconds = previous === null ? 0 : Math.min((now - previous) / 1000, LONGEST_STEP);
    const moving = frame(seconds);
    previous = moving ? now : null;
    if (moving) request();
  };

  const request = (): void => {
    due = true;
    if (!asleep && handle === 0) handle = requestAnimationFrame(tick);
  };

  const cancel = (): void => {
    if (handle !== 0) cancelAnimationFrame(handle);
    handle = 0;
    previous = null;
  };

  return {
    request,
    sleep(next) {
      if (asleep === next) return;
      asleep = next;
      if (asleep) cancel();
      else if (due) request();
    },
    dispose() {
      cancel();
      due = false;
      asleep = true;
    },
  };
}
