/** A line under the picture: what Python does for this figure, or why it could not. */
import { make } from "./markup.ts";

export interface Remark {
  /** Something that takes its time; read aloud once it pauses. Null: it is over. */
  say(text: string | null): void;
  /** Something that went wrong; stays until it is closed or followed by something else. */
  fail(text: string): void;
}

const CSS = `
.remark { flex: none; display: flex; align-items: start; gap: 10px; padding: 7px 12px;
  border-top: 1px solid var(--line); color: var(--quiet); font-variant-numeric: tabular-nums; }
.remark p { flex: 1; margin: 0; max-height: 7.5em; overflow: auto; white-space: pre-wrap;
  overflow-wrap: anywhere; }
.remark[role="alert"] { color: var(--ink); border-top: 2px solid light-dark(#b3261e, #ffb4ab); }
.remark[role="alert"] p { font-family: var(--mono); font-size: 12px; }
.remark button { margin: 0; padding: 3px 10px; background: var(--line); }
`;

let sheet: CSSStyleSheet | null = null;

/** @param root gets the line as its last child */
export function createRemark(root: ShadowRoot): Remark {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(CSS);
  }
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  let shown: HTMLElement | null = null;
  const text = make("p");
  const put = (role: "status" | "alert", ...children: Node[]): void => {
    shown?.remove();
    shown = make("div", { class: "remark", role }, ...children);
    root.append(shown);
  };
  const clear = (): void => {
    shown?.remove();
    shown = null;
  };
  return {
    say(given) {
      if (given === null) {
        // A failure is the reader's to close.
        if (shown?.getAttribute("role") === "status") clear();
        return;
      }
      text.textContent = given;
      if (shown?.getAttribute("role") !== "status") put("status", text);
    },
    fail(given) {
      const close = make("button", { type: "button" }, "Close");
      close.addEventListener("click", clear);
      put("alert", make("p", {}, given), close);
    },
  };
}
