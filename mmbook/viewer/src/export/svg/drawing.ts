/** The layout as SVG: faces in painter's order, their elements, arrows, and all text. */
import { scaleView } from "../../figure/beside.ts";
import { overlayContent } from "../../figure/marking.ts";
import type { Snapshot } from "../../figure/snapshot.ts";
import { NARROW } from "../../figure/styles.ts";
import { compose } from "../../gl/compose.ts";
import type { Slab } from "../../gl/pieces.ts";
import { placeKey } from "../../text/key.ts";
import { createMeasure } from "../../text/lettering.ts";
import type { Work } from "../job.ts";
import { LEGEND, legendOf } from "../legend.ts";
import type { Paper } from "../paper.ts";
import { Studio } from "../studio.ts";
import { titleLabels } from "../title.ts";
import { elements } from "./elements.ts";
import { key } from "./key.ts";
import { legend, lettered } from "./lettering.ts";
import { DENSITY, patch } from "./patch.ts";
import { sheet } from "./sheet.ts";
import { stroke } from "./stroke.ts";
import { axes, vane } from "./vane.ts";
import { element, escaped } from "./xml.ts";

/** Elements that are drawn as discs; the matrices that would exceed it are embedded as pictures. */
export const MOST_DISCS = 20_000;

export interface Drawing {
  text: string;
  /** Names of the matrices whose elements are pictures. */
  embedded: string[];
}

/** @throws RendererError, AbortError */
export async function drawingOf(
  snapshot: Snapshot,
  paper: Paper,
  { signal, progress, breathe }: Work,
): Promise<Drawing> {
  const { picture, camera, step } = snapshot;
  const { settings, scene, styles, arrows, strokes } = picture;
  const list = picture.at(step);
  const items = compose(list, arrows, null, strokes).order.from(camera.position);
  const discs = asDiscs(items.filter((item): item is Slab => item.kind === "elements"));
  const parts: string[] = [];
  const embedded = new Set<string>();
  let studio: Studio | null = null;
  try {
    for (const [n, item] of items.entries()) {
      progress(n / items.length);
      await breathe();
      if (item.kind === "vane") {
        parts.push(vane(item, camera, paper.theme, `flow-${n}`));
        continue;
      }
      if (item.kind === "stroke") {
        parts.push(stroke(item, camera, paper.theme));
        continue;
      }
      const drawn = list[item.index];
      if (!drawn) continue;
      const { look, marks } = styles.at(drawn.placed.path);
      if (item.kind === "sheet")
        parts.push(sheet(item, drawn.opacity, camera, paper.theme, marks.row_guides));
      else if (discs.has(item))
        parts.push(elements(item, drawn, camera, look, paper.theme, scene.matrices));
      else {
        studio ??= await Studio.open(picture, paper.theme, signal);
        parts.push(await patch(item, list, camera, studio));
        embedded.add(item.placed.name);
      }
    }
  } finally {
    studio?.dispose();
  }
  if (settings.marks.axes) parts.unshift(axes(camera));
  return { text: assembled(snapshot, paper, parts, [...embedded]), embedded: [...embedded] };
}

/** The smallest ones, as long as they are not too many together. */
function asDiscs(slabs: readonly Slab[]): Set<Slab> {
  const count = ({ rect }: Slab): number => (rect.rowEnd - rect.row) * (rect.colEnd - rect.col);
  let left = MOST_DISCS;
  const chosen = new Set<Slab>();
  for (const slab of [...slabs].sort((a, b) => count(a) - count(b))) {
    left -= count(slab);
    if (left < 0) break;
    chosen.add(slab);
  }
  return chosen;
}

function assembled(
  { picture, camera, step, labelling, stage }: Snapshot,
  paper: Paper,
  parts: readonly string[],
  embedded: readonly string[],
): string {
  const { settings, scene } = picture;
  const { width } = camera.size;
  const above = width < NARROW ? LEGEND.above : 0;
  const height = camera.size.height + above;
  const measure = createMeasure(document.createElement("canvas").getContext("2d"));
  const content = overlayContent(picture, picture.at(step), null, stage, paper.theme);
  const { sans, mono } = content.style;
  const labels = [
    ...labelling.place(camera, content, measure),
    ...titleLabels(settings.title, width, sans, measure),
  ];
  const { placed, font } = placeKey(content, measure);
  const colours = legendOf(scaleView(picture, null, paper.theme), width);
  const note =
    embedded.length === 0
      ? ""
      : ` The elements of ${embedded.join(", ")} are embedded pictures, ${DENSITY} pixels for one of the drawing.`;
  return `${element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      role: "img",
      "aria-labelledby": "title description",
    },
    element("title", { id: "title" }, escaped(settings.title || scene.figure.expr)),
    element("desc", { id: "description" }, escaped(`${scene.description}${note}`)),
    paper.clear ? "" : element("rect", { width, height, fill: paper.background }),
    element(
      "g",
      { transform: above > 0 ? `translate(0 ${above})` : null },
      element("g", { id: "matrices", "stroke-width": 1 }, ...parts),
      element(
        "g",
        { id: "labels", fill: paper.ink },
        ...labels.map((label) => lettered(label, paper, measure)),
      ),
      key(placed, font, paper),
    ),
    colours ? legend(colours, paper, mono) : "",
  )}\n`;
}
