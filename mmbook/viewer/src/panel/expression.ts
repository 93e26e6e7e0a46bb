/** The expression as text to edit; what is wrong is said under it, with a mark at the column. */
import { make } from "../figure/markup.ts";
import { wordsOf } from "./words.ts";

export interface ExpressionEditor {
  readonly element: HTMLElement;
  /** Another expression is shown; what the reader is typing stays. */
  show(text: string): void;
  fail(message: string, column: number | null): void;
}

/** @param submit gets the text when the reader is done with it */
export function createExpression(submit: (text: string) => void): ExpressionEditor {
  const field = make("input", {
    type: "text",
    id: "expression",
    autocapitalize: "off",
    autocomplete: "off",
    spellcheck: "false",
    "aria-describedby": "expression-help",
  });
  const error = make("div", { class: "error", role: "alert" });
  let shown = "";
  const typing = (): boolean => field.value !== shown;
  const done = (): void => {
    if (typing()) submit(field.value);
  };
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") submit(field.value);
    if (event.key !== "Escape" || !typing()) return;
    event.stopPropagation();
    field.value = shown;
    error.replaceChildren();
  });
  const button = make("button", { type: "button" }, "Show");
  button.addEventListener("click", () => submit(field.value));
  field.addEventListener("change", done);
  const words = wordsOf("figure.expr");
  const help = make("p", { class: "hint", id: "expression-help" }, words.help);
  const label = make("label", { for: "expression" }, words.label);
  const element = make(
    "section",
    { class: "expression" },
    label,
    make("div", { class: "line" }, field, button),
    error,
    help,
  );
  return {
    element,
    show(text) {
      if (!typing() || field.value === text) field.value = text;
      shown = text;
      if (field.value === text) error.replaceChildren();
      field.removeAttribute("aria-invalid");
    },
    fail(message, column) {
      field.setAttribute("aria-invalid", "true");
      const place = column === null ? "" : `Column ${column}: `;
      error.replaceChildren(make("p", {}, `${place}${message}`));
      if (column === null) return;
      const text = field.value;
      error.prepend(make("pre", { "aria-hidden": "true" }, `${text}\n${pointer(text, column)}`));
      field.setSelectionRange(column - 1, column);
    },
  };
}

/** A caret under a column, counted in characters from 1. */
export function pointer(text: string, column: number): string {
  const before = [...text].slice(0, column - 1);
  return `${before.map((sign) => (/\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}/u.test(sign) ? "  " : " ")).join("")}^`;
}
