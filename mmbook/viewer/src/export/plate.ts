/** A figure's picture with its title, names, labels and legend of colour, at any scale, in parts. */
import { scaleView } from "../figure/beside.ts";
import { overlayContent } from "../figure/marking.ts";
import type { Snapshot } from "../figure/snapshot.ts";
import { NARROW } from "../figure/styles.ts";
import { type Composition, compose } from "../gl/compose.ts";
import { drawKey, placeKey } from "../text/key.ts";
import type { Label } from "../text/label.ts";
import { createMeasure, write } from "../text/lettering.ts";
import { drawLegend, LEGEND } from "./legend.ts";
import type { Paper } from "./paper.ts";
import { Studio } from "./studio.ts";
import { titleLabels } from "./title.ts";

/** Rows of the whole plate, in pixels, that a canvas holds. */
export interface Strip {
  /** Pixels of the whole plate. */
  width: number;
  height: number;
  top: number;
  rows: number;
}

export class Plate {
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
  /** Where the picture begins: a narrow one has its legend above it. */
  readonly #above: number;
  readonly #snapshot: Snapshot;
  readonly #paper: Paper;
  readonly #studio: Studio;
  readonly #measure = createMeasure(document.createElement("canvas").getContext("2d"));
  #composition: Composition | null = null;
  #step = -1;
  #labels: Label[] = [];
  #key: ReturnType<typeof placeKey> | null = null;

  /** @throws RendererError, AbortError */
  static async open(snapshot: Snapshot, paper: Paper, signal: AbortSignal): Promise<Plate> {
    return new Plate(snapshot, paper, await Studio.open(snapshot.picture, paper.theme, signal));
  }

  private constructor(snapshot: Snapshot, paper: Paper, studio: Studio) {
    const { width, height } = snapshot.camera.size;
    this.#snapshot = snapshot;
    this.#paper = paper;
    this.#studio = studio;
    this.#above = width < NARROW ? LEGEND.above : 0;
    this.width = width;
    this.height = height + this.#above;
  }

  /** Draws the rows of a strip onto a canvas that begins with them. */
  draw(context: CanvasRenderingContext2D, step: number, strip: Strip): void {
    const { picture, camera } = this.#snapshot;
    const paper = this.#paper;
    const ratio = strip.width / this.width;
    const above = Math.round(this.#above * ratio);
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, strip.width, strip.rows);
    if (!paper.clear) {
      context.fillStyle = paper.background;
      context.fillRect(0, 0, strip.width, strip.rows);
    }
    const list = picture.at(step);
    this.#composition = compose(list, picture.arrows, this.#composition, picture.strokes);
    const top = Math.max(0, strip.top - above);
    const y = Math.max(0, above - strip.top);
    const whole = { width: strip.width, height: strip.height - above };
    const part = { ...whole, left: 0, top, columns: strip.width, rows: strip.rows - y, y };
    if (part.rows > 0) this.#studio.paint(context, this.#composition, list, camera, part, ratio);
    context.setTransform(ratio, 0, 0, ratio, 0, -strip.top);
    this.#place(step);
    for (const label of this.#labels) write(context, label, paper, this.#measure, paper.clear);
    context.translate(0, this.#above);
    if (this.#key) drawKey(context, this.#key, paper, paper.clear);
    context.translate(0, -this.#above);
    const theme = paper.theme;
    drawLegend(context, scaleView(picture, null, theme), paper, this.#style(), this.width);
    context.setTransform(1, 0, 0, 1, 0, 0);
  }

  dispose(): void {
    this.#studio.dispose();
  }

  /** Text is placed once for all strips of a step. */
  #place(step: number): void {
    if (step === this.#step) return;
    this.#step = step;
    const { picture, camera, labelling, stage } = this.#snapshot;
    const content = overlayContent(picture, picture.at(step), null, stage, this.#paper.theme);
    this.#key = placeKey(content, this.#measure);
    const labels = labelling.place(camera, content, this.#measure);
    const title = titleLabels(
      picture.settings.title,
      this.width,
      this.#style().sans,
      this.#measure,
    );
    this.#labels = [...labels, ...title].map((label) => ({ ...label, y: label.y + this.#above }));
  }

  #style(): { sans: string; mono: string } {
    const styles = getComputedStyle(this.#snapshot.stage);
    return { sans: styles.getPropertyValue("--sans"), mono: styles.getPropertyValue("--mono") };
  }
}
