/** Values from addresses that a link names, shown one after the other: each is laid over the last. */
import type { MmFigure } from "../figure.ts";
import { ask } from "../panel/ask.ts";
import type { Status } from "../panel/status.ts";

export class Arrivals {
  readonly #figure: MmFigure;
  readonly #status: Status;
  #last: Promise<void> = Promise.resolve();

  constructor(figure: MmFigure, status: Status) {
    this.#figure = figure;
    this.#status = status;
  }

  /** @throws Refused where the content is no table, or there is no such matrix any more; WorkerError */
  take(name: string, address: string, content: Uint8Array): Promise<void> {
    const taken = this.#last.then(() => this.#show(name, address, content));
    this.#last = taken.catch(() => {});
    return taken;
  }

  async #show(name: string, address: string, content: Uint8Array): Promise<void> {
    const say = (text: string): void => this.#status.say(text);
    try {
      const wish = { do: "data", name, file: address } as const;
      const { scene, notices } = await ask(this.#figure, wish, say, content);
      this.#figure.adopt(scene);
      if (notices.length > 0) this.#status.note(notices);
    } finally {
      say("");
    }
  }
}
