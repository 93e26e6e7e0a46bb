/** The options of the figure as a whole, in their groups. */
import type { Figure } from "../schema/figure.ts";
import { diff, resolve } from "../settings.ts";
import { patchAt, read } from "./bindings.ts";
import type { Group } from "./group.ts";
import type { Bench } from "./matrices.ts";
import type { Value } from "./options.ts";
import { placementsOf } from "./placements.ts";

export function addFigureOptions(bench: Bench, group: Group, names: readonly string[]): void {
  const { figure, registry } = bench;
  for (const name of names) {
    const path = name.replace(/^figure\./, "").split(".");
    const camera = path[0] === "camera";
    registry.add(name, {
      groups: [group],
      into: group.body,
      read: (state) => read(state, path) ?? (camera ? seen(bench, path[1]) : undefined),
      change: (value, settled) => {
        if (camera) moveCamera(bench, path[1] as "position" | "target", value);
        else if (path[0] === "highlights" || path[0] === "merges") {
          replace(bench, path[0], value, settled);
        } else if (name === "layout.scheme" && value === "custom") keepPlaces(bench);
        else figure.change(patchAt(path, value), settled);
      },
    });
  }
}

/** Where the camera is, while the figure and not the reader decides it. */
function seen({ figure }: Bench, key: string | undefined): unknown {
  return figure.scene ? read(figure.describe().camera, [key ?? ""]) : undefined;
}

function moveCamera({ figure }: Bench, key: "position" | "target", value: Value): void {
  const published = figure.source?.camera;
  const wanted = value === null ? null : { ...figure.describe().camera, [key]: value };
  figure.change({ camera: (wanted ?? published ?? null) as never });
}

/** What is made of entries is replaced whole: those that are gone are taken away, one by one. */
function replace(
  { figure }: Bench,
  key: "highlights" | "merges",
  value: Value,
  settled: boolean,
): void {
  const { state } = figure;
  if (!state || !settled) return;
  const { [key]: _, ...rest } = state;
  const next = { ...rest, ...(value !== null && { [key]: value }) } as Figure;
  figure.change(diff<Figure>(state, next) ?? {});
}

/** Every product begins where it stands. */
function keepPlaces({ figure }: Bench): void {
  const { state, scene } = figure;
  if (!state || !scene) return;
  const settings = resolve(state);
  if (settings.layout.scheme === "custom") return;
  const results = [...placementsOf(scene.tree, settings)].map(([name, layout]) => [
    name,
    { layout },
  ]);
  figure.change({ layout: { scheme: "custom" }, results: Object.fromEntries(results) });
}
