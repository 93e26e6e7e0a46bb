/** A worker that does what a test says, at once. */

import type { WorkerLike } from "../../src/cell/interpreter.ts";
import type { FromWorker, ToWorker } from "../../src/cell/protocol.ts";

type Run = Extract<ToWorker, { type: "run" }>;

/** Answers a run: with messages, or with nothing, as an endless loop does. */
export type Script = (run: Run) => FromWorker[];

export class FakeWorker implements WorkerLike {
  onmessage: WorkerLike["onmessage"] = null;
  onerror: WorkerLike["onerror"] = null;
  terminated = false;
  readonly received: ToWorker[] = [];

  constructor(
    private readonly script: Script,
    private readonly onStart: (worker: FakeWorker) => void = (worker) => worker.ready(),
  ) {}

  postMessage(message: ToWorker): void {
    this.received.push(message);
    queueMicrotask(() => {
      if (message.type === "start") this.onStart(this);
      if (message.type === "run") for (const answer of this.script(message)) this.say(answer);
    });
  }

  terminate(): void {
    this.terminated = true;
  }

  ready(): void {
    this.say({ type: "ready", downloads: null });
  }

  say(data: FromWorker): void {
    this.onmessage?.({ data } as MessageEvent<FromWorker>);
  }

  fail(message: string): void {
    this.onerror?.({ message } as ErrorEvent);
  }
}

/** Prints the code back; `loop` never ends, `raise` is an error, `die` takes the worker with it. */
export const echo: Script = ({ id, code }) => {
  if (code === "loop") return [];
  if (code === "raise") return [{ type: "error", id, traceback: "ValueError", line: 1 }];
  if (code === "die") return [{ type: "fatal", message: "out of memory" }];
  return [
    { type: "output", id, stream: "stdout", text: code },
    { type: "done", id },
  ];
};
