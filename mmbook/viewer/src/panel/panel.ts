/** The control panel of a figure: every option in groups for people, found by typing, undone by keys. */

import type { Cause } from "../figure/events.ts";
import { make } from "../figure/markup.ts";
import { sameValues } from "../figure/values.ts";
import type { MmFigure } from "../figure.ts";
import { walk } from "../scene.ts";
import { equal } from "../settings.ts";
import { createCopyLink } from "./copy-link.ts";
import { createExpression } from "./expression.ts";
import { addFigureOptions } from "./figure-options.ts";
import { createGroups, type Group } from "./group.ts";
import { GROUPS, type GroupTitle } from "./groups.ts";
import { addMatrices, type Bench, nameMatrices } from "./matrices.ts";
import { addOwnStyle } from "./own-style.ts";
import { addPresets } from "./preset-buttons.ts";
import { addProducts } from "./products.ts";
import { Registry } from "./registry.ts";
import { createSearch } from "./search.ts";
import { createStatus } from "./status.ts";
import { listenUndoKeys, Steps } from "./steps.ts";
import { Wishes } from "./wishes.ts";
import { wordsOf } from "./words.ts";

export interface PanelOptions {
  signal: AbortSignal;
  /** Puts the figure's link on the clipboard; absent where it has none, or is shared otherwise. */
  copyLink?: () => Promise<void>;
  /** What else there is where the panel stands, with the words it is found by. */
  also?: readonly { group: GroupTitle; element: HTMLElement; text: string }[];
}

export class Panel {
  readonly element: HTMLElement;
  readonly wishes: Wishes;
  readonly status = createStatus();
  readonly #figure: MmFigure;
  readonly #registry = new Registry();
  readonly #groups: ReadonlyMap<GroupTitle, Group>;
  readonly #steps: Steps;
  readonly #search;
  readonly #expression;
  readonly #presets;
  /** The groups of single matrices and products, inside the others. */
  #inner: Group[] = [];
  /** Values are on their way that the state already has. */
  #computing = false;
  /** Names and places of the matrices that have controls. */
  #stands: unknown = null;

  constructor(figure: MmFigure, { signal, copyLink, also = [] }: PanelOptions) {
    this.#figure = figure;
    this.wishes = new Wishes(figure, this.status, (wish, message, column) => {
      if (wish.do === "edit" && column !== null) this.#expression.fail(message, column);
      else this.status.fail(message);
      this.update();
    });
    const bench = this.#bench;
    const groups = createGroups(["Expression"]);
    this.#groups = new Map(GROUPS.map(({ title }) => [title, groups.add(title)]));
    for (const { title, options, ...plan } of GROUPS) {
      const group = this.#group(title);
      if ("lead" in plan) group.body.append(make("p", { class: "lead" }, plan.lead));
      if (title === "Look") continue;
      addFigureOptions(bench, group, options);
    }
    const look = this.#group("Look");
    this.#presets = addPresets(bench, look);
    addFigureOptions(bench, look, GROUPS.find(({ title }) => title === "Look")?.options ?? []);

    this.#expression = createExpression((text) => void this.wishes.adopt({ do: "edit", text }));
    const { label, help } = wordsOf("figure.expr");
    this.#registry.addPlain(this.#expression.element, `${label} ${help} figure expr`, [
      this.#group("Expression"),
    ]);
    if (copyLink) {
      const element = createCopyLink(copyLink, this.status);
      this.#registry.addPlain(element, "Copy the link Share", [this.#group("Share")]);
    }
    for (const { group, element, text } of also) {
      this.#registry.addPlain(element, `${text} ${group}`, [this.#group(group)]);
    }
    this.#search = createSearch(
      () => this.#registry.entries,
      () => [...this.#groups.values(), ...this.#inner],
      () => this.#registry.sections,
    );
    this.#steps = new Steps(figure, () => this.#registry.settle());
    const head = make(
      "div",
      { class: "head" },
      this.#search.field,
      this.#steps.element,
      this.#search.found,
    );
    this.element = make("div", { class: "panel" }, head, this.status.element, groups.element);
    this.#listen(signal);
    this.update();
  }

  get #bench(): Bench {
    return {
      figure: this.#figure,
      registry: this.#registry,
      wishes: this.wishes,
      status: this.status,
    };
  }

  #group(title: GroupTitle): Group {
    return this.#groups.get(title) as Group;
  }

  #listen(signal: AbortSignal): void {
    this.#figure.addEventListener(
      "mm-state",
      (event) => {
        const { cause } = (event as CustomEvent<{ cause?: Cause }>).detail ?? {};
        if (cause === "setting") this.status.fail("");
        this.#steps.note(cause);
        this.update();
      },
      { signal },
    );
    this.#figure.addEventListener(
      "mm-error",
      (event) => {
        if (this.wishes.refusing) return;
        this.status.fail((event as CustomEvent<{ message: string }>).detail.message);
        this.#steps.settle();
        this.update();
      },
      { signal },
    );
    listenUndoKeys(this.element, this.#steps);
  }

  /** Shows what the figure is now. */
  update(): void {
    const { state, source, scene } = this.#figure;
    if (!state || !source || !scene) return;
    const stands = walk(scene.tree).map(({ path, name, role }) => [path, name, role]);
    if (!equal(this.#stands, stands)) this.#rebuild(stands);
    nameMatrices(this.#inner, scene.tree);
    this.#registry.update(state, source);
    this.#expression.show(state.expr);
    this.#presets.update(state);
    this.#steps.update();
    this.#search.apply();
    const computing = !sameValues(state, scene.figure);
    if (computing) this.status.say("Computing");
    else if (this.#computing) this.status.say("");
    this.#computing = computing;
  }

  /** The controls of matrices and products that are there now. */
  #rebuild(stands: unknown): void {
    const { scene } = this.#figure;
    if (!scene) return;
    this.#stands = stands;
    this.#registry.clear();
    for (const group of this.#inner) group.remove();
    this.#registry.passing = true;
    this.#inner = [
      ...addMatrices(this.#bench, this.#group("Matrices"), scene.tree),
      ...addOwnStyle(this.#bench, this.#group("Look"), "look", scene.tree),
      ...addOwnStyle(this.#bench, this.#group("Inspect"), "marks", scene.tree),
    ];
    addProducts(
      this.#bench,
      {
        expression: this.#group("Expression"),
        animation: this.#group("Animation"),
        partition: this.#group("Partition"),
        layout: this.#group("Layout"),
      },
      scene.tree,
    );
    this.#registry.passing = false;
  }
}
