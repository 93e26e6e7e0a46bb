import { afterEach, expect, test } from "vitest";
import { download, type Network, serve } from "../src/cell/downloads.ts";

const BASE = "http://book/assets/python/";
/** The smallest module there is. */
const WASM = new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
const WHEEL = new TextEncoder().encode("a wheel");

const index = {
  pyodide: "0.27.7",
  files: [
    { name: "pyodide.mjs", url: "pyodide.mjs", bytes: 100 },
    { name: "pyodide.asm.wasm", url: "pyodide.asm.wasm", bytes: WASM.length },
    { name: "mm-1.whl", url: "0123/mm-1.whl", bytes: WHEEL.length },
  ],
};

function network(replaced: Record<string, () => Response> = {}) {
  const asked: string[] = [];
  const files: Record<string, () => Response> = {
    "index.json": () => Response.json(index),
    "pyodide.asm.wasm": () => new Response(WASM),
    "0123/mm-1.whl": () => new Response(WHEEL),
    ...replaced,
  };
  const net: Network = {
    fetch: async (address) => {
      const name = String(address).slice(BASE.length);
      asked.push(name);
      return files[name]?.() ?? new Response(null, { status: 404 });
    },
    importModule: async (address) => {
      asked.push(address.slice(BASE.length));
      return { loadPyodide: "here" };
    },
  };
  return { net, asked };
}

let undo = () => {};
afterEach(() => undo());

test("every file is fetched once, and its bytes are counted", async () => {
  const { net, asked } = network();
  const seen: [number, number][] = [];
  const { downloads, modules } = await download(BASE, null, (...at) => seen.push(at), net);
  expect(asked.sort()).toEqual(["0123/mm-1.whl", "index.json", "pyodide.asm.wasm", "pyodide.mjs"]);
  expect(downloads.wasm).toBeInstanceOf(WebAssembly.Module);
  expect(new Uint8Array(downloads.files.get("mm-1.whl") ?? new ArrayBuffer())).toEqual(WHEEL);
  expect(modules.get("pyodide.mjs")).toEqual({ loadPyodide: "here" });
  const total = 100 + WASM.length + WHEEL.length;
  expect(seen.at(-1)).toEqual([total, total]);
  expect(seen.map(([loaded]) => loaded)).toEqual(
    seen.map(([loaded]) => loaded).sort((a, b) => a - b),
  );
});

test("a second start loads scripts only", async () => {
  const first = network();
  const { downloads } = await download(BASE, null, () => {}, first.net);
  const second = network();
  const again = await download(BASE, downloads, () => {}, second.net);
  expect(second.asked).toEqual(["pyodide.mjs"]);
  expect(again.downloads.wasm).toBe(downloads.wasm);
});

test.each([
  ["the list", "index.json", /index\.json could not be fetched: the server said 404/],
  ["a wheel", "0123/mm-1.whl", /0123\/mm-1\.whl could not be fetched: the server said 404/],
])("a missing file is named: %s", async (_what, name, message) => {
  const { net } = network({ [name]: () => new Response(null, { status: 404 }) });
  await expect(download(BASE, null, () => {}, net)).rejects.toThrow(message);
});

test("a network that is down is said to be", async () => {
  const { net } = network({
    "0123/mm-1.whl": () => {
      throw new TypeError("Failed to fetch");
    },
  });
  await expect(download(BASE, null, () => {}, net)).rejects.toThrow(
    /mm-1\.whl.*network may be down/,
  );
});

test("a list that is none is said to be none", async () => {
  const { net } = network({ "index.json": () => new Response("<html>") });
  await expect(download(BASE, null, () => {}, net)).rejects.toThrow(/not the list/);
});

test("a list without the wasm is refused", async () => {
  const { net } = network({ "index.json": () => Response.json({ pyodide: "1", files: [] }) });
  await expect(download(BASE, null, () => {}, net)).rejects.toThrow(
    /does not list pyodide\.asm\.wasm/,
  );
});

test("Pyodide's own requests are answered from memory, as often as it asks", async () => {
  const { downloads } = await download(BASE, null, () => {}, network().net);
  const before = globalThis.fetch;
  undo = serve(downloads);
  for (let times = 0; times < 2; times += 1) {
    const response = await fetch("http://elsewhere/mm-1.whl");
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(WHEEL);
  }
  const streamed = await WebAssembly.instantiateStreaming(new Response(null), {});
  expect(streamed.module).toBe(downloads.wasm);
  undo();
  undo = () => {};
  expect(globalThis.fetch).toBe(before);
});
