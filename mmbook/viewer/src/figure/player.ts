/** Plays an animation: whole steps at the figure's speed, then a rest and anew, or an end. */

/** How long the finished picture stands before the next cycle, in seconds. */
const REST = 1.4;

export interface Pace {
  /** Steps a second. */
  speed: number;
  /** Whether a new cycle follows the finished picture. */
  loop: boolean;
}

export class Player {
  /** Whether a figure that spins may turn: the reader stops it and starts it again. */
  turning = true;
  /** Steps of one cycle; 0 where nothing is animated. */
  #steps = 0;
  #step = 0;
  #playing = false;
  /** Seconds since the last step. */
  #waited = 0;

  get steps(): number {
    return this.#steps;
  }
  get step(): number {
    return this.#step;
  }
  get playing(): boolean {
    return this.#playing;
  }
  /** Whether the resting picture is shown. */
  get finished(): boolean {
    return this.#step >= this.#steps;
  }

  /** @param step absent: the finished picture */
  set(steps: number, step: number | undefined, playing: boolean): void {
    this.#steps = steps;
    this.#playing = playing && steps > 0;
    this.seek(step ?? (this.#playing ? 0 : steps));
  }

  seek(step: number): void {
    this.#step = Math.min(this.#steps, Math.max(0, Math.round(step)));
    this.#waited = 0;
  }

  play(): void {
    if (this.#steps === 0) return;
    if (this.finished) this.seek(0);
    this.#playing = true;
    this.#waited = 0;
  }

  pause(): void {
    this.#playing = false;
  }

  /** Returns whether another step is shown. Pauses by itself on the last one where there is no loop. */
  advance(seconds: number, { speed, loop }: Pace): boolean {
    if (!this.#playing) return false;
    this.#waited += seconds;
    if (this.finished) {
      if (!loop) this.pause();
      if (!loop || this.#waited < REST) return false;
      this.seek(0);
      return true;
    }
    const due = Math.floor(this.#waited * speed);
    if (due === 0) return false;
    this.#waited -= due / speed;
    this.#step = Math.min(this.#steps, this.#step + due);
    if (this.finished) {
      this.#waited = 0;
      if (!loop) this.pause();
    }
    return true;
  }
}
