/** Options of single products. */
import type { Result } from "../schema/figure.ts";
import { resultDefaults } from "./defaults.ts";
import type { ResultSettings, Settings } from "./types.ts";

/** Options of the product `name`; the defaults if it has none of its own. */
export function resultSettings(settings: Pick<Settings, "results">, name: string): ResultSettings {
  return settings.results.get(name) ?? resultDefaults;
}

export function completeResult({ blocks, layout, ...options }: Result): ResultSettings {
  return {
    ...resultDefaults,
    ...options,
    blocks: { ...resultDefaults.blocks, ...blocks },
    layout: layout ?? {},
  };
}
