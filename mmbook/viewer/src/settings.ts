/** Options: defaults from the schema, layers laid over each other, differences, checks of foreign state. */
export { check, figureRule } from "./settings/check.ts";
export {
  animationDefaults,
  layoutDefaults,
  lookDefaults,
  markDefaults,
  resultDefaults,
} from "./settings/defaults.ts";
export { resolve, soundPatch } from "./settings/layers.ts";
export { apply, diff, equal } from "./settings/patch.ts";
export { resultSettings } from "./settings/results.ts";
export { type Style, type StyleAt, stylesOf } from "./settings/styles.ts";
export type * from "./settings/types.ts";
