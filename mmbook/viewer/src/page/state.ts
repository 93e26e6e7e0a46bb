// The figures and cells of a page as one value: read it, and make the page be it.
import { firstFrames } from "../cell/intent.ts";
import type { Stages } from "../figure/stages.ts";
import { sameValues, withValues } from "../figure/values.ts";
import type { CellState, PageState } from "../link.ts";
import type { Figure } from "../schema/figure.ts";
import { apply, diff, type Patch, soundPatch } from "../settings.ts";

export interface FigureElement extends HTMLElement {
  readonly ready: Promise<unknown>;
  /** As the book has it; null until it is loaded. */
  readonly published: Figure | null;
  /** As the book and its cells have it; null until it is loaded. */
  readonly source: Figure | null;
  state: Figure | null;
  readonly stages?: Pick<Stages, "first" | "current" | "enter">;
  /** Back to the published figure. */
  reset(): void;
}

export interface CellElement extends HTMLElement {
  readonly source: string;
  readonly edited: boolean;
  readonly ran: string | undefined;
  run(): Promise<void>;
  follow(source: string | undefined): void;
  forget(): void;
}

export class PageElements {
  readonly #page: Document;
  /** For figures that are not yet loaded: what a link wants of them. */
  readonly #wanted = new WeakMap<FigureElement, Patch>();
  readonly #restartPython: () => void;

  constructor(page: Document, restartPython: () => void) {
    this.#page = page;
    this.#restartPython = restartPython;
  }

  get figures(): FigureElement[] {
    return [...this.#page.querySelectorAll<FigureElement>("mm-figure[id]")];
  }

  get cells(): CellElement[] {
    return [...this.#page.querySelectorAll<CellElement>("mm-cell[id]")];
  }

  /** What differs from the book, in the form in which links carry it. */
  read(): PageState {
    const figures: [string, Patch][] = [];
    for (const figure of this.figures) {
      const { published, source, state } = figure;
      const known = published && source && state;
      const patch = known ? changes(published, source, state) : this.#wanted.get(figure);
      if (patch) figures.push([figure.id, patch]);
    }
    const cells: [string, CellState][] = [];
    for (const cell of this.cells) {
      const state: CellState = {};
      if (cell.edited) state.source = cell.source;
      if (cell.ran !== undefined) state.ran = true;
      if (Object.keys(state).length > 0) cells.push([cell.id, state]);
    }
    const stages = this.figures.flatMap(({ id, stages }) =>
      stages && stages.current !== stages.first ? [[id, stages.current] as const] : [],
    );
    return {
      figures: Object.fromEntries(figures),
      cells: Object.fromEntries(cells),
      ...(stages.length > 0 && { stages: Object.fromEntries(stages) }),
    };
  }

  /** Makes the page be `state`. Returns what of it could not be. */
  async write(state: PageState, signal: AbortSignal): Promise<string[]> {
    const problems = this.#strangers(state);
    const patches = new Map<FigureElement, Patch>();
    for (const figure of this.figures) {
      const { patch, problems: unsound } = soundPatch(own(state.figures, figure.id) ?? {});
      patches.set(figure, patch);
      problems.push(...unsound.map(({ message }) => message));
    }
    // A figure that is not there yet only remembers its stage; one of the book is soon fetched.
    await Promise.all(
      this.figures.map(({ id, stages }) =>
        stages?.enter(own(state.stages ?? {}, id) ?? stages.first),
      ),
    );
    if (signal.aborted) return problems;
    const cells = this.cells;
    const again = cells.slice(firstToRun(cells, state));
    for (const cell of cells) cell.follow(own(state.cells, cell.id)?.source);
    this.#lay(patches, signal);
    if (again.length === 0 || signal.aborted) return problems;

    // The values that only code gives: from the book's own figures on, in the order of the page.
    await firstFrames(this.#page);
    if (signal.aborted) return problems;
    const redrawn = again.some((cell) => cell.ran !== undefined);
    for (const cell of again) cell.forget();
    if (redrawn) {
      this.#restartPython();
      for (const figure of this.figures) if (figure.published) figure.reset();
    }
    const earlier = cells.slice(0, cells.indexOf(again[0] as CellElement));
    const rerun = (redrawn ? [...earlier, ...again] : again).filter(
      (cell) => own(state.cells, cell.id)?.ran,
    );
    for (const cell of rerun) {
      if (signal.aborted) return problems;
      await cell.run();
    }
    // A cell's figure may bring settings of its own; the link's are the last word.
    if (!signal.aborted) this.#lay(patches, signal);
    return problems;
  }

  /** The first element that `state` speaks of. */
  first(state: PageState): HTMLElement | null {
    const concerned = [...this.figures, ...this.cells].filter(
      ({ id }) => own(state.figures, id) ?? own(state.cells, id) ?? own(state.stages ?? {}, id),
    );
    const figure = concerned.find(({ localName }) => localName === "mm-figure");
    return figure ?? concerned[0] ?? null;
  }

  #lay(patches: Map<FigureElement, Patch>, signal: AbortSignal): void {
    for (const [figure, patch] of patches) {
      this.#wanted.delete(figure);
      if (this.#set(figure, patch) || Object.keys(patch).length === 0) continue;
      // It sleeps until the reader comes near, and takes its state when it wakes.
      this.#wanted.set(figure, patch);
      figure.ready.then(
        () => {
          if (signal.aborted || this.#wanted.get(figure) !== patch) return;
          this.#wanted.delete(figure);
          this.#set(figure, patch);
        },
        () => {}, // It says itself, in its place, why it cannot be shown.
      );
    }
  }

  #set(figure: FigureElement, patch: Patch): boolean {
    const { published, source, state } = figure;
    if (!published || !source || !state) return false;
    const wanted = stateFrom(published, source, patch);
    if (diff(state, wanted)) figure.state = wanted;
    return true;
  }

  #strangers({ figures, cells, stages = {} }: PageState): string[] {
    const known = new Set([...this.figures, ...this.cells].map(({ id }) => id));
    return [...new Set([figures, cells, stages].flatMap(Object.keys))]
      .filter((id) => !known.has(id))
      .map((id) => `This page has no “${id}”, of which the link speaks.`);
  }
}

/**
 * What differs from the published figure. Values that the book or its code give need no place in a
 * link: only the reader's own travel with it.
 */
export function changes(published: Figure, source: Figure, shown: Figure): Patch | null {
  if (sameValues(source, shown)) return diff(published, withValues(shown, published));
  const patch = diff(published, shown);
  // The book's values, but not those of the code: the expression alone says so.
  return sameValues(published, shown) ? { ...patch, expr: published.expr } : patch;
}

/** The state that `patch` asks for: without values of its own it has those of the code. */
export function stateFrom(published: Figure, source: Figure, patch: Patch): Figure {
  const wanted = apply(published, patch);
  const own = patch.expr !== undefined || !sameValues(wanted, published);
  return own ? wanted : withValues(wanted, source);
}

/**
 * Index of the first cell that must run, or be as if it had never run, for the page to be `state`;
 * the number of cells if none must.
 */
function firstToRun(cells: CellElement[], state: PageState): number {
  const index = cells.findIndex((cell) => {
    const wanted = own(state.cells, cell.id);
    const ran = cell.ran !== undefined;
    if (ran !== (wanted?.ran === true)) return true;
    const source = wanted?.source;
    if (!ran) return false;
    return source === undefined ? cell.edited : source !== cell.ran;
  });
  return index < 0 ? cells.length : index;
}

function own<T>(record: Record<string, T>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
