/**
 * A figure's state as layers: the published figure, the cell's figure where one was run, and what
 * the reader changed. Figures here are sparse; `whole` fills in every default.
 */
import type { CameraState } from "../camera.ts";
import type { SettingsError } from "../errors.ts";
import type { Figure } from "../schema/figure.ts";
import { apply, check, diff, figureRule, type Patch, resolve, type Settings } from "../settings.ts";
import { resultsOf, sameValues, withValues } from "./values.ts";

type GroupName = "layout" | "look" | "marks" | "animation";

/** What a reader changes without asking Python. */
const VIEW = [
  "title",
  "alt",
  "labels",
  "layout",
  "look",
  "marks",
  "animation",
  "camera",
  "highlights",
  "merges",
  "levels",
] as const;

/** The figure with the defaults of every group written out. */
export function whole(figure: Figure): Figure {
  const { layout, look, marks, animation } = resolve(figure);
  return { ...figure, layout, look, marks, animation };
}

const withoutDefaults = (figure: Figure): Figure => {
  const patch = diff<Figure>(whole({ mm: 1, expr: figure.expr, leaves: figure.leaves }), figure);
  return { ...apply({} as Figure, patch ?? {}), mm: 1, expr: figure.expr, leaves: figure.leaves };
};

/** Without keys that say nothing. */
const pruned = (figure: { [K in keyof Figure]: Figure[K] | undefined }): Figure =>
  Object.fromEntries(Object.entries(figure).filter(([, value]) => value !== undefined)) as never;

export class Store {
  readonly published: Figure;
  /** The figure whose values are shown, before the reader's changes. */
  #base: Figure;
  #figure: Figure;
  #settings: Settings;
  /** A figure whose values are asked for and not yet there. */
  #wanted: Figure | null = null;

  constructor(published: Figure) {
    this.published = published;
    this.#base = published;
    this.#figure = published;
    this.#settings = resolve(published);
  }

  get figure(): Figure {
    return this.#figure;
  }
  /** What is asked for: the figure, with values that may still be on their way. */
  get asked(): Figure {
    return this.#wanted ? withValues(this.#figure, this.#wanted) : this.#figure;
  }
  /** Whether values are asked for that are not those shown. */
  get waiting(): boolean {
    return this.#wanted !== null;
  }
  get settings(): Settings {
    return this.#settings;
  }

  /** Other values to look at: the reader's changes stay, but for the camera where it is meaningless. */
  rebase(figure: Figure, keepCamera: boolean): void {
    const patch: Patch = {};
    const changes = diff(this.#base, this.#figure) ?? {};
    for (const key of VIEW) {
      if (key in changes && (key !== "camera" || keepCamera)) {
        Object.assign(patch, { [key]: changes[key] });
      }
    }
    if (keepCamera && !figure.camera && this.#figure.camera) patch.camera = this.#figure.camera;
    this.#base = figure;
    this.#wanted = null;
    this.#take(apply(figure, patch));
  }

  /** The values of `figure` are those shown now; how they are shown stays the reader's. */
  adopt({ expr, leaves, results, labels, camera }: Figure): void {
    this.#wanted = null;
    const values = { expr, leaves, results, labels };
    this.#base = pruned({ ...this.#base, ...values, camera });
    // A camera belongs to what it looks at: only where the figure has kept one.
    const kept = camera && (this.#figure.camera ?? camera);
    this.#take(pruned({ ...this.#figure, ...values, camera: kept }));
  }

  /** The values that were asked for cannot be had. */
  giveUp(): void {
    this.#wanted = null;
  }

  set(group: GroupName, option: string, value: unknown): void {
    const settings = this.#base[group] as Record<string, unknown> | undefined;
    const fallback = (whole(this.#base)[group] as Record<string, unknown>)[option];
    // Back at what the figure had by itself: nothing to remember.
    const next = value === fallback ? (settings?.[option] ?? null) : value;
    this.#take(apply(this.#figure, { [group]: { [option]: next } } as Patch));
  }

  setCamera(camera: CameraState | null): void {
    const next = camera ?? this.#base.camera ?? null;
    this.#take(apply(this.#figure, { camera: next } as Patch));
  }

  /** @param step undefined: the finished picture */
  setPlace(step: number | undefined, playing: boolean): void {
    const { animation } = this.#settings;
    if (animation.step === step && animation.playing === playing) return;
    this.#take(apply(this.#figure, { animation: { step: step ?? null } } as Patch));
    if (this.#settings.animation.playing !== playing) this.set("animation", "playing", playing);
  }

  /**
   * Takes a state from elsewhere as far as it is sound. Values (expression, leaves, functions) stay
   * those that are shown; other ones are then `asked` for. Returns what was left out.
   */
  accept(state: unknown): SettingsError[] {
    const { value, problems } = check(state, figureRule);
    if (value === undefined) return problems;
    const wanted = withoutDefaults(value as Figure);
    const next: Figure = { mm: 1, expr: this.#base.expr, leaves: this.#base.leaves };
    for (const key of VIEW) {
      if (wanted[key] !== undefined) Object.assign(next, { [key]: wanted[key] });
    }
    const results = resultsOf(this.#base, wanted);
    if (results) next.results = results;
    this.#take(next);
    this.#wanted = sameValues(this.#base, wanted) ? null : wanted;
    return problems;
  }

  #take(figure: Figure): void {
    this.#figure = figure;
    this.#settings = resolve(figure);
  }
}
