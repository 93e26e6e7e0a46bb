/** `<mm-figure>`: scene, picture, controls and words, tied together. */
export type { FigureDescription } from "./figure/describe.ts";
export { MmFigure } from "./figure/element.ts";
export type { Cause, FigureEvents } from "./figure/events.ts";
