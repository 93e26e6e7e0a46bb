/** What is asked of Python for a panel: one wish at a time counts, the last one. */
import type { MmFigure } from "../figure.ts";
import type { Figure } from "../schema/figure.ts";
import { ask, Refused, type Reply, type Wish } from "./ask.ts";
import type { Status } from "./status.ts";

export class Wishes {
  readonly #figure: MmFigure;
  readonly #status: Status;
  /** A wish was refused: the controls are to say again what is shown. */
  readonly #refused: (wish: Wish, message: string, column: number | null) => void;
  #turn = 0;
  /** While it tells the figure's page of a refusal, which the panel has said already. */
  refusing = false;

  constructor(
    figure: MmFigure,
    status: Status,
    refused: (wish: Wish, message: string, column: number | null) => void,
  ) {
    this.#figure = figure;
    this.#status = status;
    this.#refused = refused;
  }

  /** Null where it was refused, which is said, or where something else was wished meanwhile. */
  async make(wish: Wish, data?: Uint8Array, state?: Figure): Promise<Reply | null> {
    this.#turn += 1;
    const turn = this.#turn;
    const still = (): boolean => turn === this.#turn;
    const say = (text: string): void => {
      if (still()) this.#status.say(text);
    };
    this.#status.fail("");
    say("Computing");
    try {
      const reply = await ask(this.#figure, wish, say, data, state);
      return still() ? reply : null;
    } catch (error) {
      if (still()) this.#refuse(wish, error);
      return null;
    } finally {
      say("");
    }
  }

  /** Makes a wish and shows what comes of it as the reader's own values. */
  async adopt(wish: Wish, data?: Uint8Array, state?: Figure): Promise<void> {
    const reply = await this.make(wish, data, state);
    if (!reply) return;
    this.#figure.adopt(reply.scene);
    this.#status.note(reply.notices);
  }

  #refuse(wish: Wish, error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    const column = error instanceof Refused ? error.column : null;
    this.#refused(wish, message, column);
    const event = { detail: { message }, bubbles: true, composed: true };
    this.refusing = true;
    this.#figure.dispatchEvent(new CustomEvent("mm-error", event));
    this.refusing = false;
  }
}
