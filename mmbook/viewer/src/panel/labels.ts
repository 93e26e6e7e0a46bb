/** What a matrix is called, what its rows and columns stand for, and the levels it is drawn by. */
import type { Node } from "../scene.ts";
import type { Figure } from "../schema/figure.ts";
import { apply, equal } from "../settings.ts";
import { misfit, type Path, patchAt, read } from "./bindings.ts";
import type { Group } from "./group.ts";
import type { Bench } from "./matrices.ts";
import type { Value } from "./options.ts";

export function addLabels(bench: Bench, groups: Group[], { name, rows, cols }: Node): void {
  const counts = { title: 0, rows, cols };
  const words = { title: "", rows: "rows", cols: "columns" };
  for (const key of ["title", "rows", "cols"] as const) {
    const path = ["labels", name, key];
    add(bench, groups, `labels.${key}`, name, path, (value) => {
      const problem = key === "title" ? null : misfit(value, counts[key], words[key]);
      if (problem) bench.status.fail(`${name}: ${problem}`);
      else tell(bench, path, value === "" ? null : value);
    });
  }
}

export function addLevels(bench: Bench, groups: Group[], { name }: Node): void {
  const whole = ["levels", name];
  const values = [...whole, "values"];
  add(bench, groups, "levels.values", name, values, (value) =>
    // A size of blocks alone would mean nothing.
    tell(bench, value === null ? whole : values, value),
  );
  const block = [...whole, "block"];
  const drawn = (state: Figure): boolean => read(state, values) !== undefined;
  add(bench, groups, "levels.block", name, block, (value) => tell(bench, block, value), drawn);
}

function add(
  { registry }: Bench,
  groups: Group[],
  option: string,
  about: string,
  path: Path,
  given: (value: Value) => void,
  applies?: (state: Figure) => boolean,
): void {
  registry.add(option, {
    groups,
    into: (groups.at(-1) as Group).body,
    about,
    read: (state) => read(state, path),
    change: (value, settled) => {
      if (settled) given(value);
    },
    ...(applies && { applies }),
  });
}

/** Labels flow from the operands to the products, and levels are held to the values: by Python. */
function tell({ figure, wishes }: Bench, path: Path, value: Value): void {
  const { state } = figure;
  if (!state || equal(read(state, path) ?? null, value)) return;
  const next = apply(state, patchAt(path, value));
  void wishes.adopt({ do: "edit", text: state.expr }, undefined, next);
}
