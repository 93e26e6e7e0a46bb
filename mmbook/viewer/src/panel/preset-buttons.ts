/** The presets as buttons, the one in force pressed. */
import { make } from "../figure/markup.ts";
import type { Figure } from "../schema/figure.ts";
import type { Group } from "./group.ts";
import type { Bench } from "./matrices.ts";
import { looksLike, PRESETS } from "./presets.ts";

export function addPresets(
  { figure, registry }: Bench,
  group: Group,
): { update(state: Figure): void } {
  const section = registry.section("Presets", group.body, "presets");
  const buttons = PRESETS.map((preset, at) => {
    const { title, help, patch } = preset;
    const button = make(
      "button",
      { type: "button", "aria-pressed": "false", "aria-describedby": `preset-${at}` },
      title,
    );
    button.addEventListener("click", () => figure.change(patch));
    const hint = make("p", { class: "hint", id: `preset-${at}` }, help);
    const element = make("div", { class: "preset" }, button, hint);
    registry.addPlain(element, `${title} ${help} preset look`, [group], section);
    return { preset, button };
  });
  return {
    update(state) {
      for (const { preset, button } of buttons) {
        button.setAttribute("aria-pressed", String(looksLike(state, preset)));
      }
    },
  };
}
