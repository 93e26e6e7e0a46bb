/**
 * The embedding page's side of the conversation: speaks to one frame at the one origin it was given,
 * and hears nobody else. It depends on nothing of the viewer, since it is part of `embed.js`.
 */
import type { Ask, FromFrame, Id, News, Request, Values } from "./protocol.ts";

/** How long a book may take until it answers a greeting, in milliseconds. */
const PATIENCE = 30_000;

interface Waiting {
  resolve: (value: never) => void;
  reject: (error: Error) => void;
}

type Asked<D extends Ask["do"]> = Omit<Extract<Ask, { do: D }>, "do">;

export class Remote {
  /** Resolves at the figure's first frame; rejects where the book does not answer. */
  readonly ready: Promise<void>;
  readonly #frame: () => Window | null;
  readonly #origin: string;
  readonly #waiting = new Map<Id, Waiting>();
  readonly #greeted: Promise<void>;
  #next = 0;

  /**
   * @param frame the window inside the iframe
   * @param origin of the book: messages from elsewhere are ignored, and none are sent elsewhere
   * @param heard what the figure says unasked
   */
  constructor(
    frame: () => Window | null,
    origin: string,
    heard: (news: News) => void,
    signal: AbortSignal,
  ) {
    this.#frame = frame;
    this.#origin = origin;
    let listening = (): void => undefined;
    let shown = (): void => undefined;
    const answered = new Promise<void>((resolve, reject) => {
      const patience = setTimeout(() => reject(silence(origin)), PATIENCE);
      signal.addEventListener("abort", () => clearTimeout(patience), { once: true });
      listening = () => {
        void this.#send("hello", {}).then(() => {
          clearTimeout(patience);
          resolve();
        }, reject);
      };
    });
    this.#greeted = answered;
    this.ready = Promise.all([
      answered,
      new Promise<void>((resolve) => {
        shown = resolve;
      }),
    ]).then(() => undefined);
    // Whoever does not wait for them is told by events.
    for (const promise of [this.#greeted, this.ready]) promise.catch(() => undefined);
    addEventListener(
      "message",
      ({ data, source, origin: from }: MessageEvent<FromFrame>) => {
        if (from !== origin || source === null || source !== frame() || data?.mm !== 1) return;
        if ("re" in data) this.#settle(data);
        else if (data.event === "listening") listening();
        else {
          if (data.event === "ready") shown();
          heard(data);
        }
      },
      { signal },
    );
    // The page inside may have stood before this one listened.
    listening();
  }

  /** @throws Error with the figure's own message */
  async ask<D extends Ask["do"]>(what: D, given: Asked<D>): Promise<Values[D]> {
    await this.#greeted;
    return this.#send(what, given);
  }

  #send<D extends Ask["do"]>(what: D, given: Asked<D>): Promise<Values[D]> {
    this.#next += 1;
    const id = this.#next;
    const request = { ...given, mm: 1, id, do: what } as unknown as Request;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#frame()?.postMessage(request, this.#origin);
    });
  }

  #settle(answer: Extract<FromFrame, { re: Id | null }>): void {
    if (answer.re === null) return;
    const waiting = this.#waiting.get(answer.re);
    this.#waiting.delete(answer.re);
    if ("error" in answer) waiting?.reject(new Error(answer.error));
    else waiting?.resolve(answer.value as never);
  }
}

function silence(origin: string): Error {
  return new Error(
    `The book at ${origin} does not answer. Check the address, and that it may be framed here.`,
  );
}
