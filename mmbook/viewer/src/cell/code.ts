// The code of a cell: the book's, the reader's edit of it, or a link's; and the editor for it.
import { messageOf } from "../errors.ts";
import type { Editor } from "./editor.ts";
import { Edits } from "./edits.ts";
import { Painted } from "./painted.ts";
import type { View } from "./view.ts";

export interface CodeEvents {
  changed(): void;
  run(): void;
  reset(): void;
}

export class Code {
  readonly original: string;
  readonly #view: View;
  readonly #on: CodeEvents;
  readonly #name: string;
  readonly #edits: Edits;
  readonly #pre: HTMLElement | null;
  readonly #painted: Painted;
  #source: string;
  /** What is shown came with a link; the reader's own edit stays what it was. */
  #foreign = false;
  #editor: Editor | undefined;
  #opening: Promise<Editor> | undefined;

  constructor(host: HTMLElement, name: string, view: View, on: CodeEvents) {
    this.#pre = host.querySelector("pre code") ?? host.querySelector("pre");
    this.original = (this.#pre ?? host).textContent?.replace(/\n$/, "") ?? "";
    this.#painted = new Painted(this.#pre, this.original);
    this.#source = this.original;
    this.#view = view;
    this.#name = name;
    this.#on = on;
    this.#edits = new Edits(location.pathname, name, this.original);
    this.#restore();
  }

  get source(): string {
    return this.#source;
  }

  get edited(): boolean {
    return this.#source !== this.original;
  }

  /** The reader's own words, kept beyond a reload. */
  write(source: string): void {
    this.#foreign = false;
    this.#edits.write(source);
    this.#take(source);
  }

  /** Puts text in the place of what stands between two offsets, as typing would. */
  replace(from: number, to: number, text: string): void {
    if (this.#editor) this.#editor.replace(from, to, text);
    else this.write(this.#source.slice(0, from) + text + this.#source.slice(to));
  }

  /** Code that a link carries; without any, the book's. */
  follow(source: string | undefined): void {
    if ((source ?? this.original) === this.#source) return;
    this.#foreign = source !== undefined;
    this.#take(source ?? this.original);
    this.#view.note(
      this.#foreign ? "This link carries edited code." : "",
      this.#foreign ? { "The book's version": () => this.#on.reset() } : {},
    );
  }

  /** Back to the book's version, with a way back from there. */
  reset(): void {
    const mine = this.#source;
    this.write(this.original);
    if (mine === this.original) return;
    this.#view.note("This is the book's version again.", {
      "Undo the reset": () => {
        this.#view.note("");
        this.write(mine);
        this.focus();
      },
    });
  }

  /** Loads the editor without showing it, so that a click finds it there. */
  preload(): void {
    import("./editor.ts").catch(() => {});
  }

  /** Opens the editor, the cursor where the reader pointed. */
  async edit(point?: { x: number; y: number }): Promise<void> {
    try {
      this.#opening ??= this.#open();
      const editor = await this.#opening;
      editor.focus();
      if (point) editor.point(point.x, point.y);
    } catch (error) {
      this.#opening = undefined;
      this.#view.note(`The editor could not be loaded. ${messageOf(error)}`, {
        "Try again": () => {
          this.#view.note("");
          void this.edit();
        },
      });
    }
  }

  mark(line: number | null): void {
    this.#editor?.mark(line);
  }

  focus(): void {
    this.#editor?.focus();
  }

  destroy(): void {
    this.#editor?.destroy();
    this.#editor = undefined;
    this.#opening = undefined;
    this.#show();
  }

  async #open(): Promise<Editor> {
    const { createEditor } = await import("./editor.ts");
    const { code, editor: parent, root, hint } = this.#view;
    // As high as the code it replaces, so that nothing below moves.
    parent.style.minHeight = `${code.getBoundingClientRect().height}px`;
    this.#view.measure(this.#pre);
    this.#editor = createEditor({
      parent,
      root,
      source: this.#source,
      label: `Code of cell ${this.#name}`,
      hint,
      onChange: (source) => {
        if (source === this.#source) return;
        if (this.#foreign) this.#view.note("");
        this.#foreign = false;
        this.#source = source;
        this.#edits.write(source);
        this.#on.changed();
      },
      onRun: () => this.#on.run(),
    });
    this.#show();
    return this.#editor;
  }

  /** An edit of an earlier visit; if the book has changed since, the reader chooses. */
  #restore(): void {
    const kept = this.#edits.read();
    if (kept.kind === "edit") this.#take(kept.source);
    if (kept.kind !== "stale") return;
    this.#view.note("The book's version of this cell has changed since you edited it.", {
      "Show your edit": () => {
        this.#view.note("");
        this.write(kept.source);
      },
      "Keep the book's version": () => {
        this.#view.note("");
        this.#edits.clear();
      },
    });
  }

  #take(source: string): void {
    const changed = source !== this.#source;
    this.#source = source;
    if (this.#editor) this.#editor.source = source;
    else this.#show();
    if (changed) this.#on.changed();
  }

  #show(): void {
    if (this.#editor) this.#view.show("editor");
    else if (this.#painted.show(this.#source)) this.#view.show("slot");
    else {
      if (!this.#view.slot.hidden) this.#view.measure(this.#pre);
      this.#view.plain.textContent = this.#source;
      this.#view.show("plain");
    }
  }
}
