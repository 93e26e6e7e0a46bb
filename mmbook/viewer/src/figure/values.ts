/** What of a figure takes Python to change: its expression, its leaves, the functions of its products. */
import type { Arrays } from "../cell/protocol.ts";
import type { Scene } from "../scene/types.ts";
import type { Figure, Result } from "../schema/figure.ts";
import { equal } from "../settings.ts";

/** Whether two figures have the same values, however they show them. */
export function sameValues(a: Figure, b: Figure): boolean {
  return a.expr === b.expr && equal(a.leaves, b.leaves) && equal(functionsOf(a), functionsOf(b));
}

/** `figure` as it is shown, with the values of `source`. */
export function withValues(figure: Figure, source: Figure): Figure {
  const { results: _, ...rest } = figure;
  const results = resultsOf(source, figure);
  return { ...rest, expr: source.expr, leaves: source.leaves, ...(results && { results }) };
}

/**
 * Values of the leaves that were given as data, from the first scene that has them, and the names
 * of those that no scene has. Data are known by their digest, whatever their matrix is called.
 */
export function arraysOf(
  figure: Figure,
  scenes: Iterable<Scene>,
): { arrays: Arrays; missing: string[] } {
  const found: [string, Arrays[string]][] = [];
  const missing: string[] = [];
  const pool = dataOf(scenes);
  for (const [name, leaf] of Object.entries(figure.leaves)) {
    const data = leaf?.data;
    if (data === undefined) continue;
    const array = pool.get(data);
    if (array) found.push([name, array]);
    else missing.push(name);
  }
  return { arrays: Object.fromEntries(found), missing };
}

/** The figure with these leaves as data whose values are not known. */
export function withoutData(figure: Figure, names: readonly string[]): Figure {
  const leaves = Object.entries(figure.leaves).map(([name, leaf]) => {
    if (!leaf || !names.includes(name)) return [name, leaf] as const;
    const { data: _, ...rest } = leaf;
    return [name, rest] as const;
  });
  return { ...figure, leaves: Object.fromEntries(leaves) };
}

function dataOf(scenes: Iterable<Scene>): Map<string, Arrays[string]> {
  const pool = new Map<string, Arrays[string]>();
  for (const { figure, matrices } of scenes) {
    for (const [name, leaf] of Object.entries(figure.leaves)) {
      const matrix = matrices.get(name);
      if (leaf?.data === undefined || !matrix) continue;
      pool.set(leaf.data, { shape: [matrix.rows, matrix.cols], data: matrix.data });
    }
  }
  return pool;
}

/** Options of the products as `wanted` has them, with the functions of `shown`. */
export function resultsOf(shown: Figure, wanted: Figure): Figure["results"] {
  const names = new Set([
    ...Object.keys(shown.results ?? {}),
    ...Object.keys(wanted.results ?? {}),
  ]);
  const entries = [...names].flatMap((name): [string, Result][] => {
    const { epilog: _, ...options } = own(wanted, name) ?? {};
    const epilog = own(shown, name)?.epilog;
    const result = { ...options, ...(epilog !== undefined && { epilog }) };
    return Object.keys(result).length > 0 ? [[name, result]] : [];
  });
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

function functionsOf({ results = {} }: Figure): Record<string, string> {
  return Object.fromEntries(
    Object.entries(results).flatMap(([name, result]) =>
      result?.epilog !== undefined && result.epilog !== "none" ? [[name, result.epilog]] : [],
    ),
  );
}

function own({ results = {} }: Figure, name: string): Result | undefined {
  return Object.hasOwn(results, name) ? results[name] : undefined;
}
