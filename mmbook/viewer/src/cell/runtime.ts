// The page's side of Python: one worker at work, one standing by, so that Stop can be a plain end.
import { messageOf, WorkerError } from "../errors.ts";
import {
  type Ending,
  Interpreter,
  type Progress,
  type Request,
  type Sink,
  Stopped,
  type WorkerLike,
} from "./interpreter.ts";
import type { Downloads } from "./protocol.ts";

export interface RuntimeOptions {
  /** Where `worker.js`, `python/` and `data/` lie. */
  base: string;
  spawn?: () => WorkerLike;
  /** Whether a second worker may stand by: it costs the memory of a second Python. */
  standby?: boolean;
  /** Calls back when the page has nothing better to do. */
  whenIdle?: (task: () => void) => void;
}

/** Python for one page. Fires `progress`. */
export class Runtime extends EventTarget {
  /** Grows whenever what ran so far is lost: the cells must run again. */
  generation = 0;
  progress: Progress = { loaded: 0, total: 0 };
  readonly #options: Required<RuntimeOptions>;
  #active: Interpreter | undefined;
  #standby: Interpreter | undefined;
  #downloads: Downloads | null = null;
  #ready = false;

  constructor(options: RuntimeOptions) {
    super();
    this.#options = {
      spawn: () => new Worker(new URL("worker.js", options.base), { type: "module" }),
      standby: true,
      whenIdle,
      ...options,
    };
  }

  get ready(): boolean {
    return this.#ready;
  }

  /** Whether a stop costs no more than the names in Python. */
  get hasStandby(): boolean {
    return this.#standby?.isReady ?? false;
  }

  /**
   * Starts Python unless it is there or on its way; after a failure, tries again. Throws a
   * WorkerError where Python cannot be started.
   */
  async start(): Promise<void> {
    if (typeof WebAssembly === "undefined") {
      throw new WorkerError("This browser cannot run Python in the page: it has no WebAssembly", {
        remedy: "A browser of the last few years can.",
      });
    }
    this.#active ??= this.#make();
    const active = this.#active;
    await active.ready;
    if (active !== this.#active) return this.start();
    this.#ready = true;
  }

  /** Starts Python if need be; what comes back says why it is not there. */
  async tryStart(): Promise<Ending | null> {
    try {
      await this.start();
      return null;
    } catch (error) {
      if (error instanceof Stopped) return { status: "stopped" };
      return { status: "crashed", message: messageOf(error) };
    }
  }

  async request(request: Request, sink: Sink): Promise<Ending> {
    const failure = await this.tryStart();
    if (failure || !this.#active) return failure ?? { status: "stopped" };
    const ending = await this.#active.request(request, sink);
    if (ending.status === "done") this.#prepareStandby();
    return ending;
  }

  /** Ends whatever runs; the next run meets a Python that remembers nothing. */
  stop(): void {
    if (!this.#active) return;
    const stopped = this.#active;
    this.#replace(this.#standby);
    stopped.end({ status: "stopped" });
    // Nobody stood by: start the next one at once, unless the files themselves are still missing.
    if (this.#downloads) this.#active ??= this.#make();
  }

  dispose(): void {
    this.#active?.end({ status: "stopped" });
    this.#standby?.end({ status: "stopped" });
    this.#active = undefined;
    this.#standby = undefined;
    this.#ready = false;
  }

  #replace(next: Interpreter | undefined): void {
    this.#active = next;
    this.#standby = undefined;
    this.#ready = false;
    this.generation += 1;
  }

  #prepareStandby(): void {
    if (!this.#options.standby || this.#standby) return;
    this.#options.whenIdle(() => {
      if (this.#active && !this.#standby) this.#standby = this.#make();
    });
  }

  #make(): Interpreter {
    let worker: WorkerLike;
    try {
      worker = this.#options.spawn();
    } catch (cause) {
      throw new WorkerError("This browser cannot run Python in the page: it allows no worker", {
        remedy: "A browser of the last few years can.",
        cause,
      });
    }
    return new Interpreter(worker, this.#options.base, this.#downloads, {
      progress: (progress) => {
        this.progress = progress;
        this.dispatchEvent(new Event("progress"));
      },
      downloads: (downloads) => {
        this.#downloads = downloads;
      },
      crash: (interpreter) => {
        if (interpreter === this.#active) this.#replace(this.#standby);
        else if (interpreter === this.#standby) this.#standby = undefined;
      },
    });
  }
}

function whenIdle(task: () => void): void {
  if ("requestIdleCallback" in globalThis) requestIdleCallback(task, { timeout: 5000 });
  else setTimeout(task, 500);
}
