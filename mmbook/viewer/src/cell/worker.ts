// The module worker in which Python runs: starts Pyodide, closes the doors, then runs cells.
import { download, serve } from "./downloads.ts";
import { harden } from "./harden.ts";
import { packs, synchronousReader } from "./packs.ts";
import type { Downloads, ToWorker } from "./protocol.ts";
import { type Post, Python } from "./python.ts";

// Held here, because the global scope loses it.
const post: Post = globalThis.postMessage.bind(globalThis) as Post;
let python: Python | undefined;

globalThis.onmessage = ({ data }: MessageEvent<ToWorker>): void => {
  answer(data).catch((cause: unknown) => {
    post({ type: "fatal", message: lastLine(cause) });
  });
};

async function answer(message: ToWorker): Promise<void> {
  if (message.type === "start") python = await start(message.base, message.downloads);
  else if (message.type === "run") {
    python?.run(message.id, message.session, message.cell, message.code);
  } else if (message.type === "play") {
    python?.play(message.id, message.request, message.arrays, message.data);
  } else python?.evaluate(message.id, message.figure, message.arrays);
}

async function start(base: string, earlier: Downloads | null): Promise<Python> {
  const home = new URL("python/", base).href;
  const { downloads, modules } = await download(home, earlier, (loaded, total) => {
    post({ type: "progress", loaded, total, what: "Python" });
  });
  const { loadPyodide } = modules.get("pyodide.mjs") as typeof import("pyodide");
  const stopServing = serve(downloads);
  // An empty `js` module: Python sees nothing of the worker's global scope.
  const pyodide = await loadPyodide({ indexURL: home, packages: ["numpy"], jsglobals: {} });
  stopServing();
  for (const [name, bytes] of downloads.files) {
    if (/^mmbook-.*\.whl$/.test(name)) pyodide.unpackArchive(bytes, "wheel");
  }
  const data = new URL("data/", base).href;
  const host = packs(data, synchronousReader(), (bytes) => pyodide.toPy(bytes));
  pyodide.registerJsModule("mmbook_host", host);
  const ready = new Python(pyodide, post);
  pyodide.unregisterJsModule("pyodide_js");
  const loaded = pyodide.pyimport("sys").modules;
  for (const name of ["pyodide_js", "pyodide_js._api"]) loaded.delete(name);
  harden();
  // Only a first start has anything to hand back.
  if (earlier) post({ type: "ready", downloads: null });
  else post({ type: "ready", downloads }, [...downloads.files.values()]);
  return ready;
}

/** Of a Python traceback only the end says what is wrong. */
function lastLine(cause: unknown): string {
  const message = cause instanceof Error ? cause.message : String(cause);
  return message.trim().split("\n").at(-1) ?? "";
}
