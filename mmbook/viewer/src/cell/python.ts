// Python inside the worker: one interpreter, one Python session for each session name.
import type { PyodideInterface } from "pyodide";
import type { PyBuffer, PyDict, PyIterable, PyProxy } from "pyodide/ffi";
import type { Arrays, FromWorker, Stream } from "./protocol.ts";

export type Post = (message: FromWorker, transfer?: Transferable[]) => void;

interface Outcome extends PyProxy {
  scene: string | undefined;
  arrays: PyDict;
  charts: PyIterable;
  text: string | undefined;
  error: string | undefined;
  line: number | undefined;
}

interface Session extends PyProxy {
  run(code: string, cell: string): Outcome;
  evaluate(figure: string, arrays: PyProxy): Outcome;
  play(request: string, arrays: PyProxy, data: PyProxy): Outcome;
}

export class Python {
  readonly #pyodide: PyodideInterface;
  readonly #post: Post;
  readonly #make: (
    write: (stream: Stream, text: string) => void,
    show: (label: string, scene: string | undefined, arrays: PyDict, charts: PyIterable) => void,
  ) => Session;
  readonly #sessions = new Map<string, Session>();
  #id = 0;

  /** Imports mmbook, and numpy with it, so that a first run need not. */
  constructor(pyodide: PyodideInterface, post: Post) {
    this.#pyodide = pyodide;
    this.#post = post;
    this.#make = pyodide.pyimport("mmbook.session").Session;
  }

  run(id: number, session: string, cell: string, code: string): void {
    this.#answer(id, () => this.#session(session).run(code, cell));
  }

  evaluate(id: number, figure: string, arrays: Arrays): void {
    this.#answer(id, () => this.#session("").evaluate(figure, this.#numpy(arrays)));
  }

  play(id: number, request: string, arrays: Arrays, data: Uint8Array): void {
    this.#answer(id, () =>
      this.#session("").play(request, this.#numpy(arrays), this.#pyodide.toPy(data)),
    );
  }

  #numpy(arrays: Arrays): PyProxy {
    const numpy = this.#pyodide.pyimport("numpy");
    return this.#pyodide.toPy(
      Object.fromEntries(
        Object.entries(arrays).map(([name, { shape, data }]) => [
          name,
          numpy.array(this.#pyodide.toPy(data)).reshape(...shape),
        ]),
      ),
    );
  }

  #session(name: string): Session {
    let session = this.#sessions.get(name);
    if (!session) {
      session = this.#make(
        (stream, text) => this.#post({ type: "output", id: this.#id, stream, text }),
        (label, scene, arrays, charts) => {
          // Proxies handed over in a call end with it.
          this.#frame(
            label,
            scene ?? null,
            matrices(arrays.copy() as PyDict),
            texts(charts.copy() as PyIterable),
          );
        },
      );
      this.#sessions.set(name, session);
    }
    return session;
  }

  #frame(label: string, scene: string | null, arrays: Arrays, charts: string[]): void {
    this.#post(
      { type: "frame", id: this.#id, label, scene, arrays, charts },
      Object.values(arrays).map(({ data }) => data.buffer as ArrayBuffer),
    );
  }

  #answer(id: number, work: () => Outcome): void {
    this.#id = id;
    const outcome = work();
    const { scene, text, error, line } = outcome;
    if (text !== undefined) this.#post({ type: "output", id, stream: "result", text });
    if (scene !== undefined) {
      const arrays = matrices(outcome.arrays);
      this.#post(
        { type: "figure", id, scene, arrays },
        Object.values(arrays).map(({ data }) => data.buffer as ArrayBuffer),
      );
    }
    const charts = texts(outcome.charts);
    if (charts.length > 0) this.#frame("", null, {}, charts);
    outcome.destroy();
    if (error === undefined) this.#post({ type: "done", id });
    else this.#post({ type: "error", id, traceback: error, line: line ?? null });
  }
}

function texts(given: PyIterable): string[] {
  const found = [...(given as Iterable<string>)];
  given.destroy();
  return found;
}

function matrices(arrays: PyDict): Arrays {
  const found: [string, Arrays[string]][] = [];
  for (const name of arrays.keys() as Iterable<string>) {
    const array = arrays.get(name) as PyBuffer;
    const buffer = array.getBuffer("f32");
    const [rows = 0, cols = 0] = buffer.shape;
    // A copy: the view lies in Python's memory, which cannot be transferred.
    found.push([name, { shape: [rows, cols], data: (buffer.data as Float32Array).slice() }]);
    buffer.release();
    array.destroy();
  }
  arrays.destroy();
  return Object.fromEntries(found);
}
