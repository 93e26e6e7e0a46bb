/** The flow arrows and the world's axes. */
import type { Camera } from "../../camera.ts";
import { INKS } from "../../gl/appearance.ts";
import { AXES, GLASS } from "../../gl/arrows.ts";
import type { Vane } from "../../gl/flow.ts";
import type { Theme } from "../../look.ts";
import { pathOf, pointsOf, polygon, segment } from "./projection.ts";
import { element, ink } from "./xml.ts";

/** Strength of a vane where it begins, as a part of that at its tip. */
const CLEAREST = 0.45;

/** @param id of its gradient, unique in the drawing */
export function vane(
  { corners, from, size }: Vane,
  camera: Camera,
  theme: Theme,
  id: string,
): string {
  const shape = polygon(camera, corners);
  const [wing, tail, tip] = corners.map((corner) => camera.project(corner));
  if (!shape || !wing || !tail || !tip) return "";
  // Strength grows with the distance from the line between wing and tail.
  const [dx, dy] = [tail.x - wing.x, tail.y - wing.y];
  const square = dx * dx + dy * dy || 1;
  const along = ((tip.x - wing.x) * dx + (tip.y - wing.y) * dy) / square;
  const stop = (offset: number, opacity: number): string =>
    element("stop", { offset, "stop-color": ink(INKS[theme][from]), "stop-opacity": opacity });
  const full = GLASS * size;
  return [
    element(
      "linearGradient",
      {
        id,
        gradientUnits: "userSpaceOnUse",
        x1: wing.x + along * dx,
        y1: wing.y + along * dy,
        x2: tip.x,
        y2: tip.y,
      },
      stop(0, full * CLEAREST),
      stop(1, full),
    ),
    element("polygon", { points: pointsOf(shape), fill: `url(#${id})`, "data-flow": from }),
  ].join("");
}

export function axes(camera: Camera): string {
  const lines = AXES.map(({ end, colour }) => {
    const line = segment(camera, [0, 0, 0], end);
    return line
      ? element("path", { d: pathOf([line]), stroke: ink(colour), "stroke-opacity": 0.9 })
      : "";
  });
  return element("g", { fill: "none" }, ...lines);
}
