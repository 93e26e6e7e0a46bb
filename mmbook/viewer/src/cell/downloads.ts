// Fetches everything Python needs, once, counting bytes; Pyodide is then served from memory.
import type { Downloads, Index } from "./protocol.ts";

/** Says that so many of all bytes are here. */
export type Report = (loaded: number, total: number) => void;

/** How files are reached: the browser's own ways, which tests replace. */
export interface Network {
  fetch: typeof fetch;
  importModule(address: string): Promise<unknown>;
}

const browser: Network = {
  fetch: (address) => fetch(address),
  importModule: (address) => import(address),
};

const WASM = "pyodide.asm.wasm";
const SCRIPT = /\.m?js$/;

export class DownloadError extends Error {
  override name = "DownloadError";
}

/** Fetches what is not yet in `earlier`; scripts are loaded as modules, by their names. */
export async function download(
  base: string,
  earlier: Downloads | null,
  report: Report,
  network: Network = browser,
): Promise<{ downloads: Downloads; modules: Map<string, unknown> }> {
  const index = earlier?.index ?? (await readIndex(base, network));
  const wanted = index.files.filter((file) => !earlier || SCRIPT.test(file.name));
  const total = wanted.reduce((sum, file) => sum + file.bytes, 0);
  let loaded = 0;
  const count = (bytes: number): void => {
    loaded += bytes;
    report(Math.min(loaded, total), total);
  };
  let wasm = earlier?.wasm;
  const files = earlier?.files ?? new Map<string, ArrayBuffer>();
  const modules = new Map<string, unknown>();
  await Promise.all(
    wanted.map(async ({ name, url, bytes }) => {
      const address = new URL(url, base).href;
      if (SCRIPT.test(name)) {
        modules.set(name, await load(address, network));
        count(bytes);
        return;
      }
      const response = counted(await get(address, network), name, count);
      if (name === WASM) wasm = await WebAssembly.compileStreaming(response);
      else files.set(name, await response.arrayBuffer());
    }),
  );
  if (!wasm) throw new DownloadError(`${base}index.json does not list ${WASM}.`);
  return { downloads: { index, wasm, files }, modules };
}

/**
 * While Pyodide starts, its own requests are answered with what is already here. Returns the
 * undoing.
 */
export function serve(downloads: Downloads, scope: typeof globalThis = globalThis): () => void {
  const { fetch: network, WebAssembly: wasm } = scope;
  const { instantiateStreaming } = wasm;
  scope.fetch = async (request, init) => {
    const address = request instanceof Request ? request.url : String(request);
    const name = address.slice(address.lastIndexOf("/") + 1);
    if (name === WASM) return new Response(null);
    const bytes = downloads.files.get(name);
    return bytes ? new Response(bytes.slice(0)) : network(request, init);
  };
  wasm.instantiateStreaming = async (_source, imports) => ({
    module: downloads.wasm,
    instance: await wasm.instantiate(downloads.wasm, imports),
  });
  return () => {
    scope.fetch = network;
    wasm.instantiateStreaming = instantiateStreaming;
  };
}

async function readIndex(base: string, network: Network): Promise<Index> {
  const address = new URL("index.json", base).href;
  try {
    return (await (await get(address, network)).json()) as Index;
  } catch (cause) {
    if (cause instanceof DownloadError) throw cause;
    throw new DownloadError(`${address} is not the list of Python's files.`, { cause });
  }
}

async function load(address: string, network: Network): Promise<unknown> {
  try {
    return await network.importModule(address);
  } catch (cause) {
    throw new DownloadError(`${address} could not be loaded.`, { cause });
  }
}

async function get(address: string, network: Network): Promise<Response> {
  let response: Response;
  try {
    response = await network.fetch(address);
  } catch (cause) {
    throw new DownloadError(`${address} could not be fetched; the network may be down.`, { cause });
  }
  if (response.ok) return response;
  throw new DownloadError(`${address} could not be fetched: the server said ${response.status}.`);
}

/** The same bytes, counted as they pass, with the type that lets wasm compile as it streams. */
function counted(response: Response, name: string, count: (bytes: number) => void): Response {
  const meter = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      count(chunk.byteLength);
      controller.enqueue(chunk);
    },
  });
  const type = name === WASM ? "application/wasm" : "application/octet-stream";
  return new Response(response.body?.pipeThrough(meter) ?? null, {
    headers: { "content-type": type },
  });
}
