/** Keys and gestures, as a table a reader can open beside the figure. */
import { SECTIONS, type Section } from "../figure/keymap.ts";
import { make } from "../figure/markup.ts";

function table({ title, rows }: Section): HTMLElement {
  const lines = rows.flatMap(({ press, does }) => [make("dt", {}, press), make("dd", {}, does)]);
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
        "Point at an element of a result to light the row and the column it was made from. " +
        "Keys work once the figure has the focus.",
    ),
    ...SECTIONS.map(table),
  );
}
