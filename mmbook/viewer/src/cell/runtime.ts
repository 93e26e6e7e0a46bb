// The page's side of Python: one worker at work, one standing by, so that Stop can be a plain end.
import { messageOf, WorkerError } from "../errors.ts";
import type { Arrays, Downloads, FromWorker, Stream, ToWorker } from "./protocol.ts";

export interface Sink {
  output(stream: Stream, text: string): void;
  figure(scene: string, arrays: Arrays): void;
}

export type Ending =
  | { status: "done" }
  | { status: "error"; traceback: string; line: number | null }
  | { status: "stopped" }
  /** The worker itself is gone. */
  | { status: "crashed"; message: string };

export type Request =
  | { type: "run"; session: string; cell: string; code: string }
  | { type: "evaluate"; figure: string; arrays: Arrays };

export interface Progress {
  loaded: number;
  total: number;
}

/** The part of a Worker that is used; tests give their own. */
export interface WorkerLike {
  onmessage: ((event: MessageEvent<FromWorker>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  postMessage(message: ToWorker): void;
  terminate(): void;
}

export interface RuntimeOptions {
  /** Where `worker.js`, `python/` and `data/` lie. */
  base: string;
  spawn?: () => WorkerLike;
  /** Whether a second worker may stand by: it costs the memory of a second Python. */
  standby?: boolean;
  /** Calls back when the page has nothing better to do. */
  whenIdle?: (task: () => void) => void;
}

/** Not an error: somebody wanted it to end. */
class Stopped extends Error {}

/** One worker, from its start to its end. */
class Interpreter {
  readonly ready: Promise<void>;
  readonly #worker: WorkerLike;
  readonly #pending = new Map<number, { sink: Sink; end: (ending: Ending) => void }>();
  #settle: { resolve: () => void; reject: (error: Error) => void };
  #started = false;
  #id = 0;

  constructor(
    worker: WorkerLike,
    base: string,
    downloads: Downloads | null,
    private readonly on: {
      progress(progress: Progress): void;
      downloads(downloads: Downloads): void;
      crash(interpreter: Interpreter): void;
    },
  ) {
    let settle: typeof this.#settle | undefined;
    this.ready = new Promise((resolve, reject) => {
      settle = { resolve, reject };
    });
    this.ready.catch(() => {});
    this.#settle = settle as typeof this.#settle;
    this.#worker = worker;
    worker.onmessage = ({ data }) => this.#receive(data);
    worker.onerror = (event) => {
      this.#crash(event.message || `${base}worker.js could not be loaded.`);
    };
    worker.postMessage({ type: "start", base, downloads });
  }

  request(request: Request, sink: Sink): Promise<Ending> {
    this.#id += 1;
    const id = this.#id;
    return new Promise((end) => {
      this.#pending.set(id, { sink, end });
      this.#worker.postMessage({ ...request, id });
    });
  }

  end(ending: Ending): void {
    this.#worker.onmessage = null;
    this.#worker.onerror = null;
    this.#worker.terminate();
    this.#settle.reject(new Stopped());
    for (const { end } of this.#pending.values()) end(ending);
    this.#pending.clear();
  }

  #receive(message: FromWorker): void {
    if (message.type === "progress") this.on.progress(message);
    else if (message.type === "ready") {
      this.#started = true;
      if (message.downloads) this.on.downloads(message.downloads);
      this.#settle.resolve();
    } else if (message.type === "fatal") this.#crash(message.message);
    else this.#answer(message);
  }

  #answer(message: Exclude<FromWorker, { type: "progress" | "ready" | "fatal" }>): void {
    const { id } = message;
    const request = this.#pending.get(id);
    if (!request) return;
    if (message.type === "output") request.sink.output(message.stream, message.text);
    else if (message.type === "figure") request.sink.figure(message.scene, message.arrays);
    else {
      this.#pending.delete(id);
      if (message.type === "done") request.end({ status: "done" });
      else request.end({ status: "error", traceback: message.traceback, line: message.line });
    }
  }

  #crash(message: string): void {
    this.#settle.reject(
      new WorkerError(this.#started ? "Python stopped working" : "Python could not be started", {
        given: message,
      }),
    );
    this.end({ status: "crashed", message });
    this.on.crash(this);
  }
}

/** Python for one page. Fires `progress` and `state`. */
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

  get started(): boolean {
    return this.#active !== undefined;
  }

  get ready(): boolean {
    return this.#ready;
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
    this.dispatchEvent(new Event("state"));
  }

  async request(request: Request, sink: Sink): Promise<Ending> {
    try {
      await this.start();
    } catch (error) {
      if (error instanceof Stopped) return { status: "stopped" };
      return { status: "crashed", message: messageOf(error) };
    }
    const active = this.#active as Interpreter;
    const ending = await active.request(request, sink);
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
    this.dispatchEvent(new Event("state"));
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
