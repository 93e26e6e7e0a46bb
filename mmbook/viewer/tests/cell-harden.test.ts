import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { buildSync } from "esbuild";
import { beforeAll, describe, expect, test } from "vitest";

const { outputFiles } = buildSync({
  entryPoints: [fileURLToPath(new URL("../src/cell/harden.ts", import.meta.url))],
  bundle: true,
  write: false,
  format: "iife",
  globalName: "hardening",
});
const script = outputFiles[0]?.text ?? "";

/** A worker's global scope as browsers arrange it: some interfaces lie on the prototypes. */
const scope = `
  class WorkerGlobalScope {
    get performance() { return { now: () => 1 }; }
    get navigator() { return { storage: {} }; }
    get crypto() { return "random"; }
    setTimeout(task) { return this === globalThis && typeof task; }
    fetch() {}
    importScripts() {}
  }
  for (const name of Object.getOwnPropertyNames(WorkerGlobalScope.prototype)) {
    if (name !== "constructor") delete globalThis[name];
  }
  Object.setPrototypeOf(globalThis, WorkerGlobalScope.prototype);
  for (const name of ["XMLHttpRequest", "WebSocket", "EventSource", "Worker", "indexedDB",
    "caches", "BroadcastChannel", "postMessage", "somethingNewIn2030"]) {
    globalThis[name] = function () {};
  }
`;

const probes: Record<string, string> = {
  globals: "Reflect.ownKeys(globalThis).filter((name) => typeof name === 'string')",
  inherited: `(() => { const names = []; let at = globalThis;
    while ((at = Object.getPrototypeOf(at)) && at !== Object.prototype)
      names.push(...Reflect.ownKeys(at).map(String));
    return names; })()`,
  function: "(() => 1).constructor('return 1')",
  async: "(async () => 1).constructor('return 1')",
  generator: "(function* () {}).constructor('yield 1')",
  asyncGenerator: "(async function* () {}).constructor('yield 1')",
  global: "new Function('return 1')",
  reflect: "Reflect.construct(Function, ['return 1'])",
  parent: "typeof Object.getPrototypeOf((async () => 1).constructor)('return 1')",
  textTimer: "setTimeout('1')",
  timer: "setTimeout(() => 1)",
  clock: "performance.now()",
  crypto: "crypto",
  isFunction: "(() => 1) instanceof Function",
};

type Answer = { value?: unknown; error?: string };

async function inWorker(before: string): Promise<Record<string, Answer>> {
  const asked = Object.entries(probes).map(([name, code]) => `${name}: () => ${code}`);
  const worker = new Worker(
    `const { parentPort } = require("node:worker_threads");
     const post = parentPort.postMessage.bind(parentPort);
     ${script}
     ${scope}
     ${before}
     const probes = { ${asked.join(",\n")} };
     const answers = {};
     try { hardening.harden(); } catch (error) { answers.refused = { error: error.message }; }
     for (const [name, probe] of Object.entries(probes)) {
       try { answers[name] = { value: probe() }; }
       catch (error) { answers[name] = { error: error.message }; }
     }
     post(JSON.stringify(answers));`,
    { eval: true },
  );
  try {
    return await new Promise((resolve, reject) => {
      worker.once("message", (text: string) => resolve(JSON.parse(text)));
      worker.once("error", reject);
    });
  } finally {
    await worker.terminate();
  }
}

describe("after hardening", () => {
  let answers: Record<string, Answer>;
  beforeAll(async () => {
    answers = await inWorker("");
  });

  test.each(["fetch", "XMLHttpRequest", "WebSocket", "Worker", "indexedDB", "navigator", "eval"])(
    "%s is gone",
    (name) => expect(answers.globals?.value).not.toContain(name),
  );

  test("what browsers invent later is gone", () => {
    expect(answers.globals?.value).not.toContain("somethingNewIn2030");
  });

  test("nothing is left on the scope's prototypes", () => {
    expect(answers.inherited?.value).toEqual([]);
  });

  test.each(["function", "async", "generator", "asyncGenerator", "global", "reflect"])(
    "text does not become script by way of: %s",
    (way) => expect(answers[way]?.error).toMatch(/cannot be compiled/),
  );

  test("the parent of a constructor makes no function either", () => {
    expect(answers.parent?.value).toBe("undefined");
  });

  test("a timer takes no text", () => {
    expect(answers.textTimer?.value).toBe(0);
  });

  test("what Python needs still works", () => {
    expect(answers.globals?.value).toEqual(expect.arrayContaining(["Object", "WebAssembly"]));
    expect(answers.clock?.value).toBe(1);
    expect(answers.crypto?.value).toBe("random");
    expect(answers.timer?.value).toBe("function");
    expect(answers.isFunction?.value).toBe(true);
  });
});

test("a scope that cannot be closed is refused", async () => {
  const answers = await inWorker("Object.defineProperty(globalThis, 'fetch', { value() {} });");
  expect(answers.refused?.error).toMatch(/fetch stays/);
});
