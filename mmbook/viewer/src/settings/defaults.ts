/** Defaults, read from the one place where they are written: the figure schema. */
import schema from "../schema/figure.schema.json";
import type {
  AnimationSettings,
  LayoutSettings,
  LookSettings,
  MarkSettings,
  ResultSettings,
} from "./types.ts";

type Group = "layout" | "look" | "marks" | "animation" | "result" | "blocks" | "placement";

/** The schema's own `default` of every option of a group that has one. */
function defaultsOf(group: Group): Record<string, unknown> {
  const options: Readonly<Record<string, object>> = schema.$defs[group].properties;
  return Object.fromEntries(
    Object.entries(options).flatMap(([name, option]) =>
      "default" in option ? [[name, option.default]] : [],
    ),
  );
}

// The types are made from the same schema; a test holds that no option lacks its default.
export const layoutDefaults = Object.freeze(defaultsOf("layout")) as unknown as LayoutSettings;
export const lookDefaults = Object.freeze(defaultsOf("look")) as unknown as LookSettings;
export const markDefaults = Object.freeze(defaultsOf("marks")) as unknown as MarkSettings;
export const animationDefaults = Object.freeze(
  defaultsOf("animation"),
) as unknown as AnimationSettings;
export const resultDefaults = Object.freeze({
  ...defaultsOf("result"),
  blocks: Object.freeze(defaultsOf("blocks")),
  layout: Object.freeze({}),
}) as unknown as ResultSettings;
