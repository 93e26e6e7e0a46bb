/** Tree and settings → where every matrix stands. Pure: neither page nor GPU. */
export { layout } from "./layout/layout.ts";
export { cellPosition, offsetAlong } from "./layout/position.ts";
export type * from "./layout/types.ts";
