// One worker in which Python runs, from its start to its end.
import { WorkerError } from "../errors.ts";
import type { Shown } from "./film.ts";
import type { Arrays, Downloads, FromWorker, Stream, ToWorker } from "./protocol.ts";

export interface Sink {
  output(stream: Stream, text: string): void;
  figure(scene: string, arrays: Arrays): void;
  /** Something to see while the code still runs, or a chart. */
  frame(shown: Shown): void;
}

export type Ending =
  | { status: "done" }
  | { status: "error"; traceback: string; line: number | null }
  | { status: "stopped" }
  /** The worker itself is gone. */
  | { status: "crashed"; message: string };

export type Request =
  | { type: "run"; session: string; cell: string; code: string }
  | { type: "evaluate"; figure: string; arrays: Arrays }
  | { type: "play"; request: string; arrays: Arrays; data: Uint8Array };

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

interface Listeners {
  progress(progress: Progress): void;
  downloads(downloads: Downloads): void;
  crash(interpreter: Interpreter): void;
}

interface Settle {
  resolve(): void;
  reject(error: Error): void;
}

/** Not an error: somebody wanted it to end. */
export class Stopped extends Error {}

/** One worker, from its start to its end. */
export class Interpreter {
  readonly ready: Promise<void>;
  readonly #worker: WorkerLike;
  readonly #pending = new Map<number, { sink: Sink; end: (ending: Ending) => void }>();
  readonly #on: Listeners;
  readonly #settle: Settle;
  #started = false;
  #id = 0;

  constructor(worker: WorkerLike, base: string, downloads: Downloads | null, on: Listeners) {
    this.#on = on;
    let settle: Settle | undefined;
    this.ready = new Promise((resolve, reject) => {
      settle = { resolve, reject };
    });
    this.#settle = settle as unknown as Settle;
    // Whoever asks learns of a failure; a worker that stands by fails unasked.
    this.ready.catch(() => {});
    this.#worker = worker;
    worker.onmessage = ({ data }) => this.#receive(data);
    worker.onerror = (event) => {
      this.#crash(event.message || `${base}worker.js could not be loaded.`);
    };
    worker.postMessage({ type: "start", base, downloads });
  }

  get isReady(): boolean {
    return this.#started;
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
    if (message.type === "progress") this.#on.progress(message);
    else if (message.type === "ready") {
      this.#started = true;
      if (message.downloads) this.#on.downloads(message.downloads);
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
    else if (message.type === "frame") request.sink.frame(message);
    else {
      this.#pending.delete(id);
      if (message.type === "done") request.end({ status: "done" });
      else request.end({ status: "error", traceback: message.traceback, line: message.line });
    }
  }

  #crash(message: string): void {
    const problem = this.#started ? "Python stopped working" : "Python could not be started";
    this.#settle.reject(new WorkerError(`${problem}: ${message}`));
    this.end({ status: "crashed", message: `${problem}: ${message}` });
    this.#on.crash(this);
  }
}
