// What a cell shows around its code: buttons, state, notes, output.
import { type IconName, icon } from "../toolbar/icons.ts";
import { Output } from "./output.ts";
import { adoptStyles } from "./styles.ts";

export type Action = "run" | "stop" | "edit" | "reset" | "copy" | "link";

const LABELS: Record<Action, [text: string, title: string]> = {
  run: ["Run", "Run this cell (Shift+Enter)"],
  stop: ["Stop", "Stop the running code"],
  edit: ["Edit", "Edit the code"],
  reset: ["Reset", "Back to the book's version"],
  copy: ["Copy", "Copy the code"],
  link: ["Link", "Copy a link to the page as it is now, with your code"],
};

const ICONS: Partial<Record<Action, IconName>> = { run: "play", stop: "stop" };

export class View {
  readonly root: ShadowRoot;
  readonly code: HTMLElement;
  /** The book's own, highlighted code shows through here. */
  readonly slot: HTMLSlotElement;
  /** Edited code, until the editor is there. */
  readonly plain: HTMLPreElement;
  readonly editor: HTMLElement;
  readonly output: Output;
  readonly hint = "hint";
  readonly #bar: HTMLElement;
  readonly #buttons = new Map<Action, HTMLButtonElement>();
  readonly #state: HTMLElement;
  readonly #said: HTMLElement;
  readonly #progress: HTMLProgressElement;
  readonly #bytes: HTMLElement;
  readonly #note: HTMLElement;

  /** `controls` stand above the code; `film` is the strip of the frames that a run shows. */
  constructor(
    host: HTMLElement,
    name: string,
    { controls, film }: { controls: HTMLElement; film: HTMLElement },
    act: (action: Action) => void,
  ) {
    this.root = host.attachShadow({ mode: "open" });
    adoptStyles(this.root);
    this.slot = document.createElement("slot");
    this.plain = make("pre", "plain");
    this.editor = make("div", "editor");
    this.plain.hidden = true;
    this.editor.hidden = true;
    this.code = make("div", "code", this.slot, this.plain, this.editor);

    this.#bar = make("div", "bar");
    this.#bar.setAttribute("role", "group");
    const others = make("div", "others");
    for (const action of Object.keys(LABELS) as Action[]) {
      const [text, title] = LABELS[action];
      const drawing = ICONS[action];
      const button = make("button", action, ...(drawing ? [icon(drawing)] : []), text);
      button.type = "button";
      button.title = title;
      button.addEventListener("click", () => {
        if (button.getAttribute("aria-disabled") !== "true") act(action);
      });
      this.#buttons.set(action, button);
      (drawing ? this.#bar : others).append(button);
    }
    this.#said = make("span", "said");
    this.#said.setAttribute("role", "status");
    this.#progress = make("progress", "");
    this.#progress.setAttribute("aria-label", "Python's files");
    this.#bytes = make("span", "bytes");
    this.#state = make("span", "state", this.#said, this.#progress, this.#bytes);
    this.#bar.append(this.#state, others);
    this.progress(null);

    this.#note = make("div", "note");
    this.#note.hidden = true;
    this.output = new Output("Output");
    const hint = make("div", "unseen", "Shift+Enter runs. Tab indents; Escape, then Tab, leaves.");
    hint.id = this.hint;
    const charts = document.createElement("slot");
    charts.name = "charts";
    this.root.append(
      controls,
      this.code,
      this.#bar,
      this.#note,
      film,
      charts,
      this.output.element,
      hint,
    );
    this.name(name);
  }

  name(name: string): void {
    this.#bar.setAttribute("aria-label", `Cell ${name}`);
    this.output.element.setAttribute("aria-label", `Output of cell ${name}`);
  }

  offer(action: Action, offered: boolean): void {
    const button = this.#buttons.get(action);
    if (button) button.hidden = !offered;
  }

  allow(action: Action, allowed: boolean): void {
    const button = this.#buttons.get(action);
    // A button that goes hands the focus on.
    if (!allowed && button && this.root.activeElement === button) this.#buttons.get("run")?.focus();
    button?.setAttribute("aria-disabled", String(!allowed));
  }

  /** Says in one line how the cell stands; read aloud. */
  say(text: string, isError = false): void {
    if (this.#said.textContent !== text) this.#said.textContent = text;
    this.#state.classList.toggle("error", isError);
  }

  /** Bytes of a download; not read aloud. Null hides them. */
  progress(progress: { loaded: number; total: number } | null): void {
    const shown = progress !== null && progress.total > 0;
    this.#progress.hidden = !shown;
    this.#bytes.hidden = !shown;
    if (!shown) return;
    this.#progress.max = progress.total;
    this.#progress.value = progress.loaded;
    this.#bytes.textContent = `${megabytes(progress.loaded)} of ${megabytes(progress.total)} MB`;
  }

  /** A remark under the code with what can be done about it; without text, none. */
  note(text: string, actions: Record<string, () => void> = {}): void {
    this.#note.hidden = text === "";
    this.#note.replaceChildren(text);
    for (const [label, act] of Object.entries(actions)) {
      const button = make("button", "", label);
      button.type = "button";
      button.addEventListener("click", act);
      this.#note.append(button);
    }
  }

  /** Shows the code in one of its three forms. */
  show(form: "slot" | "plain" | "editor"): void {
    for (const name of ["slot", "plain", "editor"] as const) this[name].hidden = name !== form;
  }

  /** Text of the same size at the same place as in the page's own code block. */
  measure(code: HTMLElement | null): void {
    if (!code) return;
    const style = getComputedStyle(code);
    const block = this.code.getBoundingClientRect();
    const text = document.createRange();
    text.selectNodeContents(code);
    const [first] = text.getClientRects();
    if (!first || block.height === 0) return;
    const pitch = linePitch(code) || first.height;
    const top = Math.max(0, first.top - block.top - (pitch - first.height) / 2);
    const left = Math.max(0, first.left - block.left);
    const { style: own } = this.root.host as HTMLElement;
    own.setProperty("--code-font", `${style.fontSize} / ${pitch}px ${style.fontFamily}`);
    const below = Math.max(0, block.height - top - pitch * lineCount(code));
    own.setProperty("--pad", `${top}px ${left}px ${below}px`);
  }
}

/** Height of a line: the style of inline code does not tell, its block does. */
function linePitch(code: HTMLElement): number {
  const inline = getComputedStyle(code).display === "inline";
  const box = (inline && code.parentElement) || code;
  const { paddingTop, paddingBottom } = getComputedStyle(box);
  const height =
    box.clientHeight - Number.parseFloat(paddingTop) - Number.parseFloat(paddingBottom);
  return height / lineCount(code);
}

function lineCount(code: HTMLElement): number {
  return (code.textContent ?? "").replace(/\n$/, "").split("\n").length;
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}

function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  name: string,
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  if (name) element.className = name;
  element.append(...children);
  return element;
}
