/** Tree and settings → where every matrix stands. Pure; the rules are those of docs/reference/layout. */
export { layout } from "./layout/layout.ts";
export { cellPosition, offsetAlong } from "./layout/position.ts";
export type * from "./layout/types.ts";
