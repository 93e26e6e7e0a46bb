/** The key in a corner of the picture: what each kind of line, and each row of colours, stands for. */
import type { Palette } from "../figure/theme.ts";
import type { Measure } from "./label.ts";
import type { Wording } from "./labelling.ts";
import { RIM } from "./lettering.ts";
import type { Box } from "./room.ts";

export interface KeyEntry {
  text: string;
  /** A line as it is drawn around a group, or colours in their order. */
  sample:
    | { kind: "line"; colour: string; dash: readonly number[] | null }
    | { kind: "colours"; colours: readonly string[] };
}

export interface PlacedEntry {
  entry: KeyEntry;
  x: number;
  y: number;
}

export const SIZE = 12;
const LINE = 18;
/** Length of a line's sample, and of one colour of a row. */
export const SAMPLE = 24;
export const SWATCH = 6;
const INSET = 12;
const BETWEEN = 16;
export const PAD = 6;

export const widthOf = ({ sample }: KeyEntry): number =>
  sample.kind === "line" ? SAMPLE : SWATCH * sample.colours.length;

/** Where the entries stand: one after the other, on as many lines as they need below `top`. */
export function placeKey(
  { key, keyRoom, style: { sans } }: Pick<Wording, "key" | "keyRoom" | "style">,
  measure: Measure,
): { placed: PlacedEntry[]; boxes: Box[]; font: string } {
  const font = `500 ${SIZE}px ${sans}`;
  const placed: PlacedEntry[] = [];
  const boxes: Box[] = [];
  let [x, y] = [INSET, keyRoom.top + LINE / 2];
  for (const entry of key) {
    const width = widthOf(entry) + PAD + measure(entry.text, font);
    if (x > INSET && x + width > keyRoom.width - INSET) [x, y] = [INSET, y + LINE];
    placed.push({ entry, x, y });
    boxes.push({ left: x - PAD, right: x + width + PAD, top: y - LINE / 2, bottom: y + LINE / 2 });
    x += width + BETWEEN;
  }
  return { placed, boxes, font };
}

/** @param clear the ground shows through: rims take away what is under them */
export function drawKey(
  ctx: CanvasRenderingContext2D,
  { placed, font }: ReturnType<typeof placeKey>,
  palette: Palette,
  clear = false,
): void {
  const rim = clear ? "destination-out" : "source-over";
  ctx.save();
  ctx.font = font;
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  for (const { entry, x, y } of placed) {
    const { sample, text } = entry;
    if (sample.kind === "line") line(ctx, x, y, sample, palette, rim);
    else {
      sample.colours.forEach((colour, n) => {
        ctx.fillStyle = colour;
        ctx.fillRect(x + n * SWATCH, y - SWATCH, SWATCH, 2 * SWATCH);
      });
    }
    const at = x + widthOf(entry) + PAD;
    ctx.lineWidth = 4;
    ctx.globalAlpha = RIM;
    ctx.strokeStyle = palette.background;
    ctx.globalCompositeOperation = rim;
    ctx.strokeText(text, at, y);
    ctx.globalCompositeOperation = "source-over";
    ctx.globalAlpha = 1;
    ctx.fillStyle = palette.ink;
    ctx.fillText(text, at, y);
  }
  ctx.restore();
}

function line(
  ctx: CanvasRenderingContext2D,
  x: number,
  y: number,
  { colour, dash }: { colour: string; dash: readonly number[] | null },
  palette: Palette,
  rim: GlobalCompositeOperation,
): void {
  const path = new Path2D();
  path.moveTo(x, y);
  path.lineTo(x + SAMPLE, y);
  ctx.setLineDash([]);
  ctx.lineCap = "butt";
  ctx.strokeStyle = palette.background;
  ctx.lineWidth = 6;
  ctx.globalCompositeOperation = rim;
  ctx.stroke(path);
  ctx.globalCompositeOperation = "source-over";
  ctx.setLineDash([...(dash ?? [])]);
  ctx.strokeStyle = colour;
  ctx.lineWidth = 3;
  ctx.stroke(path);
  ctx.setLineDash([]);
}
