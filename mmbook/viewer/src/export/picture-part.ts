/** The part of the section that gives the picture: its size and ground. */
import { make } from "../figure/markup.ts";
import { currentScheme } from "../figure/theme.ts";
import type { MmFigure } from "../figure.ts";
import { choice, field, number } from "./field.ts";
import type { Jobs } from "./job.ts";
import { GROUNDS, type Ground, paperOf } from "./paper.ts";
import { save } from "./save.ts";

const SCALES = {
  "1": "1 ×",
  "2": "2 ×",
  "3": "3 ×",
  "4": "4 ×",
  "6": "6 ×",
  "8": "8 ×",
  own: "Width in pixels",
};

export interface PicturePart {
  readonly element: HTMLElement;
  /** The ground that was chosen, for films too. */
  ground(): Ground;
}

export function createPicturePart(
  figure: MmFigure,
  jobs: Jobs,
  button: (text: string, act: () => Promise<void> | void) => HTMLButtonElement,
): PicturePart {
  const scale = field("Size", choice(SCALES, "2"));
  const width = field("Pixels wide", number(1920, 1, 32_767));
  const ground = field("Ground", choice(GROUNDS, currentScheme()));
  width.element.hidden = true;
  scale.control.addEventListener("change", () => {
    width.element.hidden = scale.control.value !== "own";
  });
  const chosen = (): Ground => ground.control.value as Ground;
  const png = button("Picture, PNG", () =>
    jobs.run("Picture", async (work) => {
      const { pngOf } = await import("./picture.ts");
      const snapshot = figure.snapshot();
      const own = scale.control.value === "own";
      const wanted = (plate: { width: number }): number =>
        own ? width.control.valueAsNumber : Math.round(plate.width * Number(scale.control.value));
      save("figure.png", await pngOf(snapshot, paperOf(snapshot, chosen()), wanted, work));
      return undefined;
    }),
  );
  const svg = button("Drawing, SVG", () =>
    jobs.run("Drawing", async (work) => {
      const { drawingOf } = await import("./svg/drawing.ts");
      const snapshot = figure.snapshot();
      const { text, embedded } = await drawingOf(snapshot, paperOf(snapshot, chosen()), work);
      save("figure.svg", new Blob([text], { type: "image/svg+xml" }));
      if (embedded.length === 0) return undefined;
      return `It would have too many discs, so the elements of ${embedded.join(", ")} are embedded as pictures.`;
    }),
  );
  jobs.controls.push(png, svg);
  return {
    element: make(
      "fieldset",
      {},
      make("legend", {}, "Picture"),
      make("div", { class: "fields" }, scale.element, width.element, ground.element),
      make("div", { class: "buttons" }, png, svg),
    ),
    ground: chosen,
  };
}
