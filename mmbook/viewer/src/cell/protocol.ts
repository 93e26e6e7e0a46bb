// What the page and its Python worker say to each other.

/** Matrices by name, row by row; their buffers are transferred, not copied. */
export type Arrays = Record<string, { shape: [number, number]; data: Float32Array }>;

/** `python/index.json`: what a first start fetches. */
export interface Index {
  pyodide: string;
  files: { name: string; url: string; bytes: number }[];
}

/** What a first start fetched and a second one need not fetch again. */
export interface Downloads {
  index: Index;
  wasm: WebAssembly.Module;
  /** By name: the other files that are no scripts. */
  files: Map<string, ArrayBuffer>;
}

export type ToWorker =
  | { type: "start"; base: string; downloads: Downloads | null }
  | { type: "run"; id: number; session: string; cell: string; code: string }
  | { type: "evaluate"; id: number; figure: string; arrays: Arrays }
  /** `request` is JSON as mmbook/playground.py has it; `data` the content of a file. */
  | { type: "play"; id: number; request: string; arrays: Arrays; data: Uint8Array };

/** `result` is the value of a cell's last expression; `note` is said by the book, not by the code. */
export type Stream = "stdout" | "stderr" | "result" | "note";

export type FromWorker =
  | { type: "progress"; loaded: number; total: number; what: string }
  | { type: "ready"; downloads: Downloads | null }
  | { type: "output"; id: number; stream: Stream; text: string }
  | { type: "figure"; id: number; scene: string; arrays: Arrays }
  /** What `mm.show` shows while the cell runs, or a chart that is its value. */
  | {
      type: "frame";
      id: number;
      label: string;
      scene: string | null;
      arrays: Arrays;
      /** Markup, to be let into the page through sanitize.ts only. */
      charts: string[];
    }
  | { type: "done"; id: number }
  | { type: "error"; id: number; traceback: string; line: number | null }
  | { type: "fatal"; message: string };
