/** JSON merge patches (RFC 7396): apply one, make one, compare values. */
import type { Patch } from "./types.ts";

type Json = Record<string, unknown>;

/** `target` with `patch` laid over it: null removes a key, objects merge, anything else replaces. */
export function apply<T>(target: T, patch: Patch<NoInfer<T>>): T {
  return merge(target, patch) as T;
}

/**
 * The patch that turns `from` into `to`, or null where they are equal. A null inside the values
 * cannot be expressed by a merge patch; figures hold none.
 */
export function diff<T>(from: T, to: NoInfer<T>): Patch<NoInfer<T>> | null {
  const changes = difference(from, to);
  return changes === undefined ? null : (changes as Patch<NoInfer<T>>);
}

/** Whether two JSON values are the same, whatever the order of their keys. */
export function equal(a: unknown, b: unknown): boolean {
  return difference(a, b) === undefined;
}

function merge(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch;
  // Entries rather than assignment: a key such as __proto__ must stay a plain key.
  const entries = new Map(Object.entries(isObject(target) ? target : {}));
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) entries.delete(key);
    else entries.set(key, merge(entries.get(key), value));
  }
  return Object.fromEntries(entries);
}

function difference(from: unknown, to: unknown): unknown {
  if (isObject(from) && isObject(to)) {
    const entries: [string, unknown][] = [];
    for (const key of Object.keys(from)) {
      if (own(from, key) !== undefined && own(to, key) === undefined) entries.push([key, null]);
    }
    for (const [key, value] of Object.entries(to)) {
      if (value === undefined) continue;
      const change = difference(own(from, key), value);
      if (change !== undefined) entries.push([key, change]);
    }
    return entries.length ? Object.fromEntries(entries) : undefined;
  }
  if (Array.isArray(from) && Array.isArray(to)) {
    const same = from.length === to.length && from.every((item, at) => equal(item, to[at]));
    return same ? undefined : to;
  }
  return Object.is(from, to) ? undefined : to;
}

function own(object: Json, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
