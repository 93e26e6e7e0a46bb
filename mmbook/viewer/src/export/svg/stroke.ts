/** Lines in the planes of matrices: seams of joined ones, rings around what is lit. */
import type { Camera } from "../../camera.ts";
import { RIM_STRENGTH, RIMS, SEAMS, WIDTHS } from "../../gl/strokes.ts";
import type { Stroke } from "../../highlight/strokes.ts";
import { styleOf } from "../../highlight/style.ts";
import type { Theme } from "../../look.ts";
import { pathOf, segment } from "./projection.ts";
import { element, ink } from "./xml.ts";

export function stroke({ from, to, group, path }: Stroke, camera: Camera, theme: Theme): string {
  const line = segment(camera, from, to);
  if (!line) return "";
  const style = group === null ? null : styleOf(group, theme);
  const width = style ? WIDTHS.ring : WIDTHS.seam;
  const d = pathOf([line]);
  return [
    element("path", {
      d,
      stroke: ink(RIMS[theme]),
      "stroke-width": width + 2 * WIDTHS.rim,
      "stroke-opacity": RIM_STRENGTH,
    }),
    element("path", {
      d,
      stroke: ink(style?.ink ?? SEAMS[theme]),
      "stroke-width": width,
      "stroke-dasharray": style?.dash?.join(" "),
      "data-path": path,
    }),
  ].join("");
}
