/** A sparse figure over the defaults, and patches from elsewhere made fit to be laid over one. */
import type { SettingsError } from "../errors.ts";
import type { Figure } from "../schema/figure.ts";
import { check, figureRule } from "./check.ts";
import { animationDefaults, layoutDefaults, lookDefaults, markDefaults } from "./defaults.ts";
import { completeResult } from "./results.ts";
import type { Patch, Settings } from "./types.ts";

/** Every option of `figure`, with the schema's defaults where it says nothing. */
export function resolve(figure: Figure): Settings {
  const results = Object.entries(figure.results ?? {}).flatMap(([name, result]) =>
    result ? [[name, completeResult(result)] as const] : [],
  );
  return {
    title: figure.title ?? "",
    alt: figure.alt ?? "",
    layout: { ...layoutDefaults, ...figure.layout },
    look: { ...lookDefaults, ...figure.look },
    marks: { ...markDefaults, ...figure.marks },
    animation: { ...animationDefaults, ...figure.animation },
    camera: figure.camera ?? null,
    highlights: figure.highlights ?? {},
    levels: figure.levels ?? {},
    results: new Map(results),
  };
}

/**
 * A patch that came from elsewhere, for instance from a link, without its unsound parts; `problems`
 * says what was left out and why. Never throws.
 */
export function soundPatch(value: unknown): { patch: Patch; problems: SettingsError[] } {
  const { value: sound, problems } = check(value, figureRule, { patch: true });
  return { patch: (sound ?? {}) as Patch, problems };
}
