// Runs a cell again as its controls move: after a pause, and with the newest values only.

/** Milliseconds without a movement after which the cell runs. */
const PAUSE = 150;
/** How long values that are out of date may go on being computed before Python starts afresh. */
const PATIENCE = 2000;

export interface Rerunning {
  /** Whether the code as it is now has run, or nothing of it is left to run. */
  isCurrent(): boolean;
  run(): Promise<void>;
  /** Ends what runs, where another Python stands by; otherwise it is waited for. */
  restart(): void;
}

export class Rerun {
  readonly #cell: Rerunning;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #impatience: ReturnType<typeof setTimeout> | undefined;
  #busy = false;
  #again = false;

  constructor(cell: Rerunning) {
    this.#cell = cell;
  }

  ask(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#go(), PAUSE);
  }

  /** The reader has stopped it: nothing starts again by itself. */
  cancel(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#impatience);
    this.#again = false;
  }

  async #go(): Promise<void> {
    if (this.#busy) {
      this.#again = true;
      clearTimeout(this.#impatience);
      this.#impatience = setTimeout(() => {
        if (this.#busy && this.#again) this.#cell.restart();
      }, PATIENCE);
      return;
    }
    this.#busy = true;
    try {
      do {
        // It may be a run of older code that is joined here.
        this.#again = true;
        await this.#cell.run();
        clearTimeout(this.#impatience);
      } while (this.#again && !this.#cell.isCurrent());
    } finally {
      this.#busy = false;
      this.#again = false;
    }
  }
}
