/**
 * A figure's state as layers: the published figure, the cell's figure where one was run, and what
 * the reader changed. Figures here are sparse; `whole` fills in every default.
 */
import type { CameraState } from "../camera.ts";
import type { SettingsError } from "../errors.ts";
import type { Figure, Result } from "../schema/figure.ts";
import { apply, check, diff, figureRule, type Patch, resolve, type Settings } from "../settings.ts";
import type { GroupName } from "../toolbar/controls.ts";

/** What a reader changes without asking Python. */
const VIEW = ["title", "alt", "labels", "layout", "look", "marks", "animation", "camera"] as const;

/** The figure with the defaults of every group written out. */
export function whole(figure: Figure): Figure {
  const { layout, look, marks, animation } = resolve(figure);
  return { ...figure, layout, look, marks, animation };
}

const withoutDefaults = (figure: Figure): Figure => {
  const patch = diff<Figure>(whole({ mm: 1, expr: figure.expr, leaves: figure.leaves }), figure);
  return { ...apply({} as Figure, patch ?? {}), mm: 1, expr: figure.expr, leaves: figure.leaves };
};

/** Options of the products as `wanted` has them, with the functions of `shown`: those are values. */
function resultsOf(shown: Figure, wanted: Figure): Figure["results"] {
  const names = new Set([
    ...Object.keys(shown.results ?? {}),
    ...Object.keys(wanted.results ?? {}),
  ]);
  const entries = [...names].flatMap((name): [string, Result][] => {
    const { epilog: _, ...options } = wanted.results?.[name] ?? {};
    const epilog = shown.results?.[name]?.epilog;
    const result = { ...options, ...(epilog !== undefined && { epilog }) };
    return Object.keys(result).length > 0 ? [[name, result]] : [];
  });
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

export class Store {
  readonly published: Figure;
  /** The figure whose values are shown, before the reader's changes. */
  #base: Figure;
  #figure: Figure;
  #settings: Settings;

  constructor(published: Figure) {
    this.published = published;
    this.#base = published;
    this.#figure = published;
    this.#settings = resolve(published);
  }

  get figure(): Figure {
    return this.#figure;
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
    this.#take(apply(figure, patch));
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

  /** The reader's changes to everything but the camera and the place in the animation are undone. */
  restore(): void {
    const { camera, animation } = this.#figure;
    const kept: Patch = {};
    if (camera) kept.camera = camera;
    if (animation?.step !== undefined) kept.animation = { step: animation.step };
    this.#take(apply(this.#base, kept));
  }

  /**
   * Takes a state from elsewhere as far as it is sound; values (expression, leaves, functions) stay
   * those that are shown. Returns what was left out.
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
    return problems;
  }

  #take(figure: Figure): void {
    this.#figure = figure;
    this.#settings = resolve(figure);
  }
}
