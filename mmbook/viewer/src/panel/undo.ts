/** The states that a reader can go back to, and forward again. */
import type { Figure } from "../schema/figure.ts";
import { equal } from "../settings.ts";
import { withoutPlace } from "./bindings.ts";

/** More than anybody goes back; states are small. */
const MOST = 200;

export class Undo {
  #past: Figure[] = [];
  #now: Figure | null = null;
  #future: Figure[] = [];

  get canUndo(): boolean {
    return this.#past.length > 0;
  }
  get canRedo(): boolean {
    return this.#future.length > 0;
  }

  /** What is shown now; one more step where it is not what was shown. */
  note(state: Figure): void {
    if (this.#now && same(this.#now, state)) {
      this.#now = state;
      return;
    }
    if (this.#now) this.#past = [...this.#past, this.#now].slice(-MOST);
    this.#future = [];
    this.#now = state;
  }

  /** The state as the figure writes it; no step. */
  amend(state: Figure): void {
    this.#now = state;
  }

  /** A change could not be had: what is shown is again what was shown before it. */
  settle(state: Figure): void {
    const last = this.#past.at(-1);
    if (!this.#now || same(this.#now, state) || !last || !same(last, state)) return;
    this.#past.pop();
    this.#now = state;
  }

  /** Other values are shown than any before: there is nothing to go back to. */
  forget(state: Figure): void {
    this.#past = [];
    this.#future = [];
    this.#now = state;
  }

  undo(): Figure | null {
    return this.#go(this.#past, this.#future);
  }

  redo(): Figure | null {
    return this.#go(this.#future, this.#past);
  }

  #go(from: Figure[], to: Figure[]): Figure | null {
    const before = this.#now;
    const next = from.pop();
    if (!next || !before) return null;
    to.push(before);
    // The view is the reader's own while it shows the same matrices.
    this.#now = next.expr === before.expr ? placed(next, before) : next;
    return this.#now;
  }
}

/** A state seen from where the reader stands now. */
function placed(state: Figure, { camera, animation: now }: Figure): Figure {
  const { camera: _, ...rest } = state;
  const { step: __, ...animation } = state.animation ?? {};
  const step = now?.step;
  return {
    ...rest,
    ...(camera && { camera }),
    animation: { ...animation, ...(step !== undefined && { step }) },
  };
}

function same(a: Figure, b: Figure): boolean {
  return equal(withoutPlace(a), withoutPlace(b));
}
