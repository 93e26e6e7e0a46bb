/** Where an option stands in a figure's JSON, and what its control is called. */

import { OPTIONS } from "../panel/options.ts";
import type { Figure } from "../schema/figure.ts";
import type { Patch } from "../settings.ts";

export interface Place {
  /** The control's name, group and key of the schema's `$defs`: `blocks.k`. */
  readonly control: string;
  /** The way to the value: `["results", "C", "blocks", "k"]`. */
  readonly keys: readonly string[];
}

const OF_FIGURE = /^(layout|look|marks|animation)\.(\w+)$/;
// Names of matrices may hold dots, so that the way is read from its end.
const OF_MATRIX = /^(leaves|results)\.(.+?)\.(?:(blocks|layout)\.)?(\w+)$/s;
const GROUPS: Readonly<Record<string, string>> = {
  leaves: "leaf",
  results: "result",
  blocks: "blocks",
  layout: "placement",
};

/** @throws RangeError where there is no such option */
export function placeOf(path: string): Place {
  const plain = OF_FIGURE.exec(path);
  const [, group = "", matrix = "", inner, key = ""] = OF_MATRIX.exec(path) ?? [];
  const control = plain ? path : `${GROUPS[inner ?? group]}.${key}`;
  if (!OPTIONS.has(control)) throw new RangeError(`no figure has an option ${path}`);
  if (plain) return { control, keys: path.split(".") };
  return { control, keys: [group, matrix, ...(inner ? [inner] : []), key] };
}

export function valueAt(figure: Figure, { keys }: Place): unknown {
  let value: unknown = figure;
  for (const key of keys) value = (value as Record<string, unknown> | undefined)?.[key];
  return value;
}

/** What lays `value` over a figure; null takes the option away. */
export function patchAt({ keys }: Place, value: unknown): Patch {
  return keys.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value) as Patch;
}

/** Whether Python has to compute the figure anew. */
export function computed({ control }: Place): boolean {
  return control.startsWith("leaf.") || control === "result.epilog";
}

/**
 * Reads `gap=24, scheme=wheel`: options of the figure by their own names.
 * @throws RangeError where there is no such option
 */
export function wishes(text: string): { place: Place; value: unknown }[] {
  return text.split(",").map((part) => {
    const [name = "", value = ""] = part.split("=").map((word) => word.trim());
    const option = [...OPTIONS.values()].find(
      ({ group, key }) => key === name && OF_FIGURE.test(`${group}.${key}`),
    );
    if (!option) throw new RangeError(`no figure has an option ${name}`);
    const { kind } = option;
    const read =
      kind === "switch" ? value === "true" : kind === "range" || kind === "number" ? +value : value;
    return { place: placeOf(option.name), value: read };
  });
}
