/** Looks to choose as a whole: each is a patch of the look and the marks, and one step to undo. */
import type { Figure } from "../schema/figure.ts";
import { equal, lookDefaults, markDefaults, type Patch } from "../settings.ts";

export interface Preset {
  readonly title: string;
  readonly help: string;
  readonly patch: Pick<Patch, "look" | "marks">;
}

export const PRESETS: readonly Preset[] = [
  {
    title: "The original's look",
    help: "Cyan and red, with the sizes, lights and marks that the original tool starts with.",
    patch: { look: { ...lookDefaults }, marks: { ...markDefaults } },
  },
  {
    title: "Colour-blind safe",
    help: "Blue against orange, which stay apart without red or green cones.",
    patch: { look: { zero_hue: 0.355, hue_gap: 0.255, hue_spread: 0 } },
  },
  {
    title: "High contrast",
    help: "Small values keep their size and stand clear of the ground; guides and names are strong.",
    patch: {
      look: { min_size: 0.45, min_light: 0.6, max_light: 0.75, hue_spread: 0 },
      marks: { legends: 8, row_guides: 1, flow_guides: 0.8 },
    },
  },
  {
    title: "Print",
    help: "For light paper: elements that do not overlap, dark enough for ink, and few marks.",
    patch: {
      look: { elem_scale: 1.1, min_size: 0.3, min_light: 0.55, max_light: 0.85 },
      marks: { row_guides: 0.4, flow_guides: 0.2, axes: false },
    },
  },
];

/** Whether a figure, with every default written out, looks as a preset says. */
export function looksLike(figure: Figure, { patch }: Preset): boolean {
  const groups = [
    [patch.look, figure.look],
    [patch.marks, figure.marks],
  ] as const;
  return groups.every(([wanted, shown]) =>
    Object.entries(wanted ?? {}).every(([key, value]) =>
      equal((shown as Record<string, unknown> | undefined)?.[key], value),
    ),
  );
}
