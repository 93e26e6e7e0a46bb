/**
 * Elements of a large matrix as an embedded picture: painted where they stand in the drawing, so that
 * nothing has to be bent into perspective.
 */
import type { Camera } from "../../camera.ts";
import type { Slab } from "../../gl/pieces.ts";
import type { Drawn } from "../../layout.ts";
import { offsetAlong } from "../../layout.ts";
import { at } from "../../text/outline.ts";
import type { Studio } from "../studio.ts";
import { polygon } from "./projection.ts";
import { element } from "./xml.ts";

/** Pixels of the picture for a CSS pixel of the drawing. */
export const DENSITY = 3;
/** Balls reach out of their plane. */
const SPARE = 1;

/** Empty where nothing of it is in the drawing. */
export async function patch(
  slab: Slab,
  list: readonly Drawn[],
  camera: Camera,
  studio: Studio,
): Promise<string> {
  const box = boxOf(slab, camera);
  if (!box) return "";
  const { left, top, columns, rows } = box;
  const canvas = document.createElement("canvas");
  canvas.width = columns;
  canvas.height = rows;
  const context = canvas.getContext("2d");
  if (!context) return "";
  const width = Math.round(camera.size.width * DENSITY);
  const height = Math.round(camera.size.height * DENSITY);
  const only = { key: "", order: { from: () => [slab] } };
  const part = { width, height, left, top, columns, rows, y: 0 };
  studio.paint(context, only, list, camera, part, DENSITY);
  return element("image", {
    x: left / DENSITY,
    y: top / DENSITY,
    width: columns / DENSITY,
    height: rows / DENSITY,
    preserveAspectRatio: "none",
    "data-path": slab.placed.path,
    href: canvas.toDataURL("image/png"),
  });
}

/** What a slab covers of the picture, in its pixels. */
function boxOf(
  { placed, rect }: Slab,
  camera: Camera,
): { left: number; top: number; columns: number; rows: number } | null {
  const lie = (index: number, block: number): number => offsetAlong(index, block, placed.gap);
  const [top, bottom] = [lie(rect.row, placed.rowBlock), lie(rect.rowEnd - 1, placed.rowBlock)];
  const [left, right] = [lie(rect.col, placed.colBlock), lie(rect.colEnd - 1, placed.colBlock)];
  const face = polygon(camera, [
    at(placed, top - SPARE, left - SPARE),
    at(placed, top - SPARE, right + SPARE),
    at(placed, bottom + SPARE, right + SPARE),
    at(placed, bottom + SPARE, left - SPARE),
  ]);
  if (!face) return null;
  const span = (values: number[], most: number): readonly [number, number] => [
    Math.max(0, Math.floor(Math.min(...values) * DENSITY) - DENSITY),
    Math.min(most, Math.ceil(Math.max(...values) * DENSITY) + DENSITY),
  ];
  const [x0, x1] = span(
    face.map(({ x }) => x),
    Math.round(camera.size.width * DENSITY),
  );
  const [y0, y1] = span(
    face.map(({ y }) => y),
    Math.round(camera.size.height * DENSITY),
  );
  return x0 < x1 && y0 < y1 ? { left: x0, top: y0, columns: x1 - x0, rows: y1 - y0 } : null;
}
