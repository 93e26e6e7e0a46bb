// <mm-cell>: code of the book that the reader can run and change.
import { messageOf } from "../errors.ts";
import { Code } from "./code.ts";
import { Panel } from "./controls/panel.ts";
import { onIntent } from "./intent.ts";
import type { Ending } from "./interpreter.ts";
import { type CellMember, pageNotebook } from "./page-python.ts";
import { Rerun } from "./rerun.ts";
import { Screen } from "./screen.ts";
import { type Action, View } from "./view.ts";

export type Status = "idle" | "loading" | "running" | "done" | "error" | "stopped";

export class MmCell extends HTMLElement {
  /** Copies a link to the page as it is; the page sets it. */
  static copyLink: (() => Promise<void>) | undefined;

  #status: Status = "idle";
  #view: View | undefined;
  #code: Code | undefined;
  #abort: AbortController | undefined;
  #startedAt = 0;
  readonly #screen = new Screen(this);
  #running = "";
  #cause: "reader" | "control" = "reader";
  #ran: string | undefined;
  readonly #member: CellMember = this.#asMember();
  #panel: Panel | undefined;
  readonly #rerun = new Rerun({
    isCurrent: () => this.#status === "stopped" || this.#ran === this.source,
    run: () => this.#run("control"),
    restart: () => pageNotebook().supersede(),
  });

  get status(): Status {
    return this.#status;
  }

  /** Everything shown below the code, as text. */
  get output(): string {
    return this.#view?.output.text ?? "";
  }

  get source(): string {
    return this.#code?.source ?? "";
  }

  /** Changes the code as if the reader had typed it. */
  set source(source: string) {
    this.#code?.write(source);
  }

  /** Whether the code is not the book's. */
  get edited(): boolean {
    return this.#code?.edited ?? false;
  }

  /** The code that ran last, if it ran to an end. */
  get ran(): string | undefined {
    return this.#ran;
  }

  connectedCallback(): void {
    if (this.#abort && !this.#abort.signal.aborted) return;
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    const notebook = pageNotebook();
    notebook.add(this.#member);
    const view = this.#view ?? this.#build();
    this.#view = view;
    this.#code ??= new Code(this, this.#member.name, view, {
      changed: () => this.#changed(),
      run: () => void this.run(),
      reset: () => this.reset(),
    });
    this.#offer();
    notebook.runtime.addEventListener(
      "progress",
      () => this.#status === "loading" && view.progress(notebook.runtime.progress),
      { signal },
    );
    const code = this.#code;
    this.#panel?.update(code.source);
    // The editor's bytes are for those who reach for the code; most only run it.
    for (const sign of ["pointerdown", "focusin"]) {
      const reach = (event: Event): void => {
        if (!this.#panel || !event.composedPath().includes(this.#panel.element)) code.preload();
      };
      this.addEventListener(sign, reach, { signal });
    }
    onIntent(this, () => void notebook.runtime.start().catch(() => {}), signal);
  }

  disconnectedCallback(): void {
    // An element that is only moved comes back at once.
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.#abort?.abort();
      pageNotebook().remove(this.#member);
      this.#code?.destroy();
    });
  }

  /** Runs the code, after the cells above it that have not run; resolves at its end. */
  run(): Promise<void> {
    return this.#run("reader");
  }

  async #run(cause: "reader" | "control"): Promise<void> {
    this.#cause = cause;
    await pageNotebook().run(this.#member);
    const detail = { cause };
    this.dispatchEvent(new CustomEvent("mm-cell-ran", { bubbles: true, composed: true, detail }));
  }

  /** Ends whatever runs on the page. */
  stop(): void {
    this.#rerun.cancel();
    if (this.#status === "loading" || this.#status === "running") pageNotebook().stop();
  }

  /** Back to the book's version; what it printed goes as well. */
  reset(): void {
    this.stop();
    this.#clear();
    this.#code?.reset();
  }

  /** Takes the code of a link, or without any the book's; the reader's own edit stays kept. */
  follow(source: string | undefined): void {
    this.#code?.follow(source);
  }

  /** Forgets that it ran: its output and its mark go. */
  forget(): void {
    this.stop();
    pageNotebook().forget(this.#member);
    this.#clear();
  }

  #clear(): void {
    this.#ran = undefined;
    this.#view?.output.clear();
    this.#screen.clear();
    this.#code?.mark(null);
    this.#set("idle", "");
  }

  #build(): View {
    const name = this.#member.name;
    const controls = new Panel(name, (from, to, text) => {
      this.#code?.replace(from, to, text);
      this.#rerun.ask();
    });
    if (!this.hasAttribute("readonly")) this.#panel = controls;
    const parts = { controls: controls.element, film: this.#screen.strip.element };
    const view = new View(this, name, parts, (action) => this.#act(action));
    view.code.addEventListener("click", (event) => {
      if (this.hasAttribute("readonly") || !getSelection()?.isCollapsed) return;
      if (event.composedPath().includes(view.editor)) return;
      void this.#code?.edit({ x: event.clientX, y: event.clientY });
    });
    view.root.addEventListener("keydown", (event) => {
      const { key, shiftKey } = event as KeyboardEvent;
      if (key !== "Enter" || !shiftKey || event.defaultPrevented) return;
      event.preventDefault();
      void this.run();
    });
    return view;
  }

  #act(action: Action): void {
    if (action === "run") void this.run();
    else if (action === "stop") this.stop();
    else if (action === "reset") this.reset();
    else if (action === "edit") void this.#code?.edit();
    else if (action === "copy") void this.#copy(() => navigator.clipboard.writeText(this.source));
    else if (MmCell.copyLink) void this.#copy(MmCell.copyLink);
  }

  async #copy(write: () => Promise<void>): Promise<void> {
    try {
      await write();
      this.#view?.say("Copied");
    } catch (error) {
      this.#view?.say(`It could not be copied. ${messageOf(error)}`, true);
    }
  }

  #changed(): void {
    this.#offer();
    this.#panel?.update(this.source);
    if (this.#ran !== undefined && this.#ran !== this.source)
      this.#view?.say("Changed since it ran");
    this.dispatchEvent(new CustomEvent("mm-cell-edit", { bubbles: true, composed: true }));
  }

  #offer(): void {
    const editable = !this.hasAttribute("readonly");
    this.#view?.offer("edit", editable);
    this.#view?.offer("reset", editable && (this.edited || this.#status !== "idle"));
    this.#view?.offer("link", MmCell.copyLink !== undefined);
    this.#view?.allow("stop", this.#status === "loading" || this.#status === "running");
  }

  #set(status: Status, text: string): void {
    this.#view?.say(text, status === "error");
    this.#view?.progress(null);
    const changed = status !== this.#status;
    this.#status = status;
    this.#offer();
    if (!changed) return;
    const options = { bubbles: true, composed: true, detail: { status } };
    this.dispatchEvent(new CustomEvent("mm-cell-status", options));
  }

  #asMember(): CellMember {
    const cell = this;
    return {
      element: cell,
      get name() {
        return cell.id || `cell ${[...document.querySelectorAll("mm-cell")].indexOf(cell) + 1}`;
      },
      get session() {
        return cell.getAttribute("session") ?? "";
      },
      get source() {
        return cell.source;
      },
      waiting() {
        const { runtime } = pageNotebook();
        cell.#set("loading", runtime.ready ? "Waiting for its turn" : "Python is loading");
        if (!runtime.ready) cell.#view?.progress(runtime.progress);
      },
      running() {
        // Under a moving slider the page should not jump at every run.
        if (cell.#cause === "control") cell.#view?.output.outdate();
        else cell.#view?.output.clear();
        cell.#code?.mark(null);
        cell.#screen.begin();
        cell.#running = cell.source;
        cell.#startedAt = performance.now();
        cell.#set("running", "Running");
      },
      output: (stream, text) => cell.#view?.output.append(stream, text),
      figure: (scene, arrays) => cell.#screen.add({ label: "", scene, arrays, charts: [] }),
      frame: (shown) => cell.#screen.add(shown),
      ended: (ending) => cell.#ended(ending),
    };
  }

  async #ended(ending: Ending): Promise<void> {
    const seconds = (performance.now() - this.#startedAt) / 1000;
    let shown = "";
    this.#view?.output.settle();
    try {
      shown = await this.#screen.end();
    } catch (error) {
      this.#view?.output.append("error", messageOf(error));
      if (ending.status === "done") {
        this.#set("error", "The figure could not be drawn");
        return;
      }
    }
    if (ending.status === "done") {
      this.#ran = this.#running;
      this.#set("done", `Done in ${seconds.toFixed(seconds < 10 ? 2 : 0)} s${shown}`);
    } else if (ending.status === "error") {
      this.#ran = this.#running;
      this.#code?.mark(ending.line);
      this.#fail(ending.traceback, ending.line ? `Error in line ${ending.line}` : "Error");
    } else if (ending.status === "crashed") {
      this.#view?.output.clear();
      this.#fail(`${ending.message}\nRun tries again; your code is kept.`, "Python failed");
    } else this.#set("stopped", "Stopped; names start afresh with the next run");
  }

  #fail(text: string, summary: string): void {
    this.#view?.output.append("error", text);
    this.#set("error", summary);
  }
}
