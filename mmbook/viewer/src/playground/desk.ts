/** The controls under the playground's figure, and the links that it opens. */

import { createExports } from "../export/exports.ts";
import { make } from "../figure/markup.ts";
import { MmFigure } from "../figure.ts";
import { decode, isLink } from "../link.ts";
import { stateFrom } from "../page/state.ts";
import { walk } from "../scene.ts";
import schema from "../schema/figure.schema.json";
import type { Figure, Result } from "../schema/figure.ts";
import { equal, type Patch, soundPatch } from "../settings.ts";
import { ask, Refused, type Reply, type Wish } from "./ask.ts";
import { createExpression } from "./expression.ts";
import { createGallery } from "./gallery.ts";
import { createLeaf } from "./leaf.ts";
import { deskSheet } from "./styles.ts";

const EPILOGS = schema.$defs.result.properties.epilog.enum;

export function openDesk(host: HTMLElement, signal: AbortSignal): void {
  const figure = host.ownerDocument.getElementById(host.getAttribute("figure") ?? "playground");
  if (!(figure instanceof MmFigure)) return;
  const root = host.shadowRoot ?? host.attachShadow({ mode: "open" });
  root.adoptedStyleSheets = [deskSheet()];
  const desk = new Desk(figure);
  root.replaceChildren(...desk.elements);
  figure.addEventListener("mm-state", () => desk.update(), { signal });
  const { search, hash } = host.ownerDocument.location;
  void figure.ready.then(
    () => {
      if (signal.aborted) return;
      desk.update();
      if (figure.published) root.append(createGallery(figure.id, figure.published));
      if (isOriginal(search)) void desk.open(search, hash);
    },
    () => {}, // The figure says itself why it cannot be shown.
  );
}

/** Whether a query may be one of the original tool; what it says is for Python to read. */
export function isOriginal(search: string): boolean {
  return [...new URLSearchParams(search).keys()].some(
    (key) => ["params", "config", "mm"].includes(key) || /^\d+(\.\d+)?$/.test(key),
  );
}

/** What a fragment says of a figure; null where it says nothing, or cannot be read: the page says so. */
function patchOf(hash: string, id: string): Patch | null {
  if (!isLink(hash)) return null;
  try {
    return soundPatch(decode(hash).figures[id] ?? {}).patch;
  } catch {
    return null;
  }
}

class Desk {
  readonly elements: HTMLElement[];
  readonly #figure: MmFigure;
  readonly #expression = createExpression((text) => this.#edit(text));
  readonly #products = make("div", { class: "products" });
  readonly #leaves = make("div", { class: "grid" });
  readonly #said = make("p", { class: "said", role: "status" });
  readonly #failed = make("div", { class: "error", role: "alert" });
  readonly #notices = make("ul", { class: "notices" });
  /** What the controls stand for now. */
  #shown: unknown = null;
  #turn = 0;

  constructor(figure: MmFigure) {
    this.#figure = figure;
    const steps = make("div", { class: "buttons" });
    for (const [text, by] of [
      ["↶ Undo", -1],
      ["↷ Redo", 1],
    ] as const) {
      const button = make("button", { type: "button" }, text);
      // Every change is an entry of the browser's history.
      button.addEventListener("click", () => history.go(by));
      steps.append(button);
    }
    const taken = make("p", { class: "said", role: "status" });
    const status = make("div", {}, steps, this.#said, this.#failed, this.#notices);
    this.elements = [
      this.#expression.element,
      status,
      make("section", {}, make("h2", {}, "Functions of the products"), this.#products),
      make("section", {}, make("h2", {}, "Matrices"), this.#leaves),
      createExports(figure, (text) => {
        taken.textContent = text;
      }),
      taken,
    ];
  }

  /** Shows what the figure is now. */
  update(): void {
    const { state, scene } = this.#figure;
    if (!state || !scene) return;
    const shown = [scene.figure.expr, state.leaves, state.results];
    if (equal(this.#shown, shown)) return;
    this.#shown = structuredClone(shown);
    this.#expression.show(state.expr);
    this.#leaves.replaceChildren(
      ...Object.entries(state.leaves).flatMap(([name, leaf]) =>
        leaf
          ? [
              createLeaf(name, leaf, {
                change: (changed) => this.#ask({ do: "leaf", name, leaf: changed }),
                file: (file) => this.#file(name, file),
              }),
            ]
          : [],
      ),
    );
    const products = walk(scene.tree).filter(({ role }) => role === "result");
    const names = [...new Set(products.map(({ name }) => name))];
    this.#products.replaceChildren(...names.map((name) => this.#product(name, state)));
  }

  /** Opens a link of the original tool; what our own link says of it is laid over it. */
  async open(query: string, hash: string): Promise<void> {
    const reply = await this.#wish({ do: "import", query });
    if (!reply) return;
    const figure = this.#figure;
    figure.show(reply.scene);
    this.#note(reply);
    const { published, source } = figure;
    const wanted = patchOf(hash, figure.id);
    if (wanted && published && source) figure.state = stateFrom(published, source, wanted);
  }

  #product(name: string, state: Figure): HTMLElement {
    const chosen = state.results?.[name]?.epilog ?? "none";
    const select = make("select", {});
    for (const value of EPILOGS) {
      select.append(make("option", { value, selected: value === chosen }, value));
    }
    select.addEventListener("change", () => {
      const now = this.#figure.state;
      if (!now) return;
      const result = { ...now.results?.[name], epilog: select.value as Result["epilog"] };
      this.#figure.state = { ...now, results: { ...now.results, [name]: result } } as Figure;
    });
    return make("label", {}, make("code", {}, name), select);
  }

  async #edit(text: string): Promise<void> {
    await this.#ask({ do: "edit", text });
  }

  async #file(name: string, file: File): Promise<void> {
    const data = new Uint8Array(await file.arrayBuffer());
    await this.#ask({ do: "file", name, file: file.name }, data);
  }

  async #ask(wish: Wish, data?: Uint8Array): Promise<void> {
    const reply = await this.#wish(wish, data);
    if (!reply) return;
    this.#figure.adopt(reply.scene);
    this.#note(reply);
    this.update();
  }

  /** Null where it was refused, which is said, or where something else was wished meanwhile. */
  async #wish(wish: Wish, data?: Uint8Array): Promise<Reply | null> {
    this.#turn += 1;
    const turn = this.#turn;
    const still = (): boolean => turn === this.#turn;
    this.#failed.replaceChildren();
    this.#say("Computing");
    try {
      const reply = await ask(this.#figure, wish, (text) => still() && this.#say(text), data);
      return still() ? reply : null;
    } catch (error) {
      if (still()) this.#refuse(wish, error);
      return null;
    } finally {
      if (still()) this.#say("");
    }
  }

  #refuse(wish: Wish, error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    const column = error instanceof Refused ? error.column : null;
    if (wish.do === "edit") this.#expression.fail(message, column);
    else this.#failed.replaceChildren(make("p", {}, message));
    // What was chosen is not what is shown: the controls say again what is.
    if (wish.do === "leaf") {
      this.#shown = null;
      this.update();
    }
    const event = { detail: { message }, bubbles: true, composed: true };
    this.#figure.dispatchEvent(new CustomEvent("mm-error", event));
  }

  #note({ notices, downloads }: Reply): void {
    const items = notices.map((text) => make("li", {}, text));
    for (const [name, address] of Object.entries(downloads)) {
      const link = make(
        "a",
        { href: address, rel: "noreferrer noopener", target: "_blank" },
        address,
      );
      const how =
        "Nothing is fetched from elsewhere by itself: download it and give the file to the matrix.";
      items.push(make("li", {}, `The values of ${name} lie at `, link, `. ${how}`));
    }
    this.#notices.replaceChildren(...items);
  }

  #say(text: string): void {
    this.#said.textContent = text;
  }
}
