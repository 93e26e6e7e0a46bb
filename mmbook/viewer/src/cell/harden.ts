// Takes away from the worker whatever a reader's code, or a stranger's from a link, could use for
// anything but computing. What is not on the list goes, so that an interface which browsers grow
// later is closed from the start.

/** The language itself, and what Pyodide needs once it stands: clocks, timers, random numbers. */
const KEPT = new Set(
  `Object Function Array Number parseFloat parseInt Infinity NaN undefined Boolean String Symbol
  Date Promise RegExp Error AggregateError EvalError RangeError ReferenceError SyntaxError TypeError
  URIError SuppressedError globalThis self JSON Math Intl ArrayBuffer Atomics Uint8Array Int8Array
  Uint16Array Int16Array Uint32Array Int32Array Float16Array Float32Array Float64Array
  Uint8ClampedArray BigUint64Array BigInt64Array DataView Map BigInt Set WeakMap WeakSet WeakRef
  Proxy Reflect Iterator FinalizationRegistry SharedArrayBuffer decodeURI decodeURIComponent
  encodeURI encodeURIComponent escape unescape isFinite isNaN WebAssembly console performance crypto
  TextEncoder TextDecoder setTimeout clearTimeout queueMicrotask MessageChannel AbortController
  AbortSignal DOMException`
    .trim()
    .split(/\s+/),
);

/** If one of these were still there, the worker must not run foreign code. */
const FORBIDDEN = [
  "fetch",
  "XMLHttpRequest",
  "WebSocket",
  "EventSource",
  "WebTransport",
  "Worker",
  "importScripts",
  "indexedDB",
  "caches",
  "BroadcastChannel",
  "postMessage",
  "navigator",
  "eval",
];

type Names = Record<PropertyKey, unknown>;

/** Closes the global scope of a worker; what the worker itself still needs it must hold by then. */
export function harden(scope: object = globalThis): void {
  const kept = keep(scope as Names);
  for (let owner = scope; owner && owner !== Object.prototype; owner = parent(owner)) {
    for (const name of Reflect.ownKeys(owner)) {
      if (owner !== scope || (typeof name === "string" && !KEPT.has(name))) {
        Reflect.deleteProperty(owner, name);
      }
    }
  }
  Object.assign(scope, kept);
  const left = FORBIDDEN.filter((name) => (scope as Names)[name] !== undefined);
  if (left.length > 0) {
    throw new Error(`this browser does not let Python be closed off (${left.join(", ")} stays)`);
  }
  refuseCompiling(scope as Names);
}

/** What is kept but lies on the scope's prototypes, which go as a whole; ready to be used alone. */
function keep(scope: Names): Names {
  const kept: Names = {};
  for (const name of KEPT) {
    if (Object.hasOwn(scope, name) || scope[name] === undefined) continue;
    const value = scope[name];
    kept[name] = typeof value === "function" ? value.bind(scope) : value;
  }
  const { setTimeout } = scope as unknown as typeof globalThis;
  // A text given to a timer would be run as a script.
  kept.setTimeout = (task: unknown, delay?: number) =>
    typeof task === "function" ? setTimeout.call(scope, () => task(), delay) : 0;
  return kept;
}

/** Text must not become script: a script could `import()` any address. */
function refuseCompiling(scope: Names): void {
  // A plain function, so that it can stay the right side of `instanceof Function`.
  function refused(): never {
    throw new TypeError("JavaScript cannot be compiled here");
  }
  for (const prototype of [
    Function.prototype,
    Object.getPrototypeOf(async () => {}),
    Object.getPrototypeOf(function* () {}),
    Object.getPrototypeOf(async function* () {}),
  ]) {
    Object.defineProperty(prototype, "constructor", { value: refused });
  }
  refused.prototype = Function.prototype;
  scope.Function = refused;
}

function parent(owner: object): object {
  return Object.getPrototypeOf(owner);
}
