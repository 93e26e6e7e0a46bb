/** Keys and gestures, as a table a reader can open beside the figure. */
import { make } from "../figure/markup.ts";

const GESTURES: readonly (readonly [string, string])[] = [
  ["Drag, or one finger", "turn"],
  ["Right drag, Shift + drag, or two fingers", "move"],
  ["Ctrl + wheel, or pinch", "zoom"],
  ["Point or tap", "read a value"],
  ["Double click or double tap", "go to the element"],
];

const KEYS: readonly (readonly [string, string])[] = [
  ["Arrows", "turn"],
  ["Shift + arrows", "move"],
  ["+ and −", "zoom"],
  ["0", "show the whole figure"],
  ["Enter", "walk through the cells with the arrows"],
  ["N and B, while walking", "next matrix, the one before"],
  ["F, while walking", "go to the element"],
  ["Escape", "leave the walk, close a panel"],
  ["P", "play or pause"],
  [", and .", "one step back, one step on"],
];

function table(title: string, rows: readonly (readonly [string, string])[]): HTMLElement {
  const lines = rows.flatMap(([what, does]) => [make("dt", {}, what), make("dd", {}, does)]);
  return make("section", {}, make("h3", {}, title), make("dl", {}, ...lines));
}

export function helpContent(): HTMLElement {
  return make(
    "div",
    { class: "keys" },
    make(
      "p",
      {},
      "Every ball is one element of a matrix: its colour tells the sign, its size and lightness the magnitude. " +
        "Point at an element of a result to light the row and the column it was made from.",
    ),
    table("Pointer and touch", GESTURES),
    table("Keys, once the figure has focus", KEYS),
  );
}
