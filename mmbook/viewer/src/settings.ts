/** Options: defaults from the schema, layers laid over each other, differences, checks of foreign state. */
export type * from "./settings/types.ts";
