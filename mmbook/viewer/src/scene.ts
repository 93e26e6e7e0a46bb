/** Scenes: fetched or received, checked, and asked for their matrices by path. */
export type * from "./scene/types.ts";
