/** The controls that stand in the panel: each reads one place of the state and may not always apply. */
import { make } from "../figure/markup.ts";
import type { Figure } from "../schema/figure.ts";
import { type Control, createControl } from "./control.ts";
import type { Group } from "./group.ts";
import type { Value } from "./options.ts";
import type { Entry } from "./search.ts";
import { wordsOf } from "./words.ts";

export interface Place {
  /** The groups that hold it, the outermost first. */
  groups: readonly Group[];
  into: HTMLElement;
  /** Instead of the option's own label, where many controls of one option stand together. */
  label?: string;
  /** What else a search finds it by. */
  about?: string;
  /** Where one of these has to be typed for a search to find it. */
  only?: readonly string[];
  read: (figure: Figure) => unknown;
  change: (value: Value, settled: boolean) => void;
  /** Whether the figure has a use for it; always where absent. */
  applies?: (figure: Figure) => boolean;
}

interface Bound extends Entry {
  control: Control | null;
  place: Pick<Place, "read" | "applies"> | null;
  /** Goes with the matrices and products that the figure has now. */
  passing: boolean;
}

export class Registry {
  #bound: Bound[] = [];
  #sections: { element: HTMLElement; passing: boolean }[] = [];
  /** Whether what is added goes with the figure's present matrices and products. */
  passing = false;

  get entries(): readonly Entry[] {
    return this.#bound;
  }
  get sections(): readonly HTMLElement[] {
    return this.#sections.map(({ element }) => element);
  }

  /** Adds the control of an option. */
  add(
    name: string,
    { groups, into, label, about = "", only, read, change, applies }: Place,
  ): Control {
    const control = createControl(name, change, label);
    const { element } = control;
    const words = wordsOf(name);
    into.append(element);
    const titles = groups.map(({ title }) => title).join(" ");
    const text = `${words.label} ${words.help} ${name.replace(".", " ")} ${titles} ${about}`;
    const place = { read, ...(applies && { applies }) };
    this.#bound.push({
      element,
      text,
      ...(only && { only }),
      groups,
      applies: true,
      control,
      place,
      passing: this.passing,
    });
    return control;
  }

  /** Adds something else that can be found. */
  addPlain(element: HTMLElement, text: string, groups: readonly Group[], into?: HTMLElement): void {
    (into ?? groups.at(-1)?.body)?.append(element);
    const { passing } = this;
    this.#bound.push({ element, text, groups, applies: true, control: null, place: null, passing });
  }

  /** A titled block inside a group, gone where nothing in it is shown. */
  section(title: string, into: HTMLElement, kind = "part"): HTMLElement {
    const element = make(
      "section",
      { class: kind, role: "group", "aria-label": title },
      make("h4", {}, title),
    );
    into.append(element);
    this.#sections.push({ element, passing: this.passing });
    return element;
  }

  /** Takes away what goes with the figure's matrices and products. */
  clear(): void {
    for (const { element } of [...this.#bound, ...this.#sections].filter((one) => one.passing)) {
      element.remove();
    }
    this.#bound = this.#bound.filter(({ passing }) => !passing);
    this.#sections = this.#sections.filter(({ passing }) => !passing);
  }

  update(state: Figure, published: Figure): void {
    for (const bound of this.#bound) {
      const { control, place } = bound;
      if (!control || !place) continue;
      bound.applies = place.applies?.(state) ?? true;
      control.update(place.read(state), place.read(published));
    }
  }

  settle(): void {
    for (const { control } of this.#bound) control?.settle();
  }
}
