/** The part of the section that films one cycle of the animation. */
import { make } from "../figure/markup.ts";
import type { MmFigure } from "../figure.ts";
import { LIMITS, leastEvery } from "./cycle.ts";
import { field, number } from "./field.ts";
import type { Encode } from "./film.ts";
import type { Jobs } from "./job.ts";
import { type Ground, paperOf } from "./paper.ts";
import { recordable } from "./recorder.ts";
import { save } from "./save.ts";

interface Format {
  name: string;
  file: string;
  /** Most frames of one film. */
  most: number;
  load: () => Promise<Encode>;
}

const FORMATS: readonly Format[] = [
  {
    name: "WebM",
    file: "figure.webm",
    most: 3000,
    load: async () => (await import("./webm.ts")).webm,
  },
  { name: "GIF", file: "figure.gif", most: 600, load: async () => (await import("./gif.ts")).gif },
];

const STILL = "Nothing moves in this figure: choose an algorithm of animation for it first.";
const NO_WEBM = "This browser makes no WebM; GIF works.";
const REAL_TIME =
  "This browser records WebM in real time and may drop frames; keep the page in view. GIF is exact.";

export function createFilmPart(
  figure: MmFigure,
  jobs: Jobs,
  ground: () => Ground,
  button: (text: string, act: () => Promise<void> | void) => HTMLButtonElement,
): HTMLElement {
  const width = field("Film, pixels wide", number(640, ...LIMITS.width));
  const speed = field("Steps a second", number(10, ...LIMITS.speed, "any"));
  const pause = field("Pause at the end, seconds", number(1.5, ...LIMITS.pause, "any"));
  const every = field("One frame every … steps", number(1, ...LIMITS.every));
  const note = make("p", { class: "note" });
  const buttons = FORMATS.map(({ name, file, most, load }) => {
    const element = button(`Film, ${name}`, () =>
      jobs.run("Film", async (work) => {
        const [{ filmed }, encode] = await Promise.all([import("./film.ts"), load()]);
        const snapshot = figure.snapshot();
        const options = {
          width: width.control.valueAsNumber,
          speed: speed.control.valueAsNumber,
          pause: pause.control.valueAsNumber,
          every: every.control.valueAsNumber,
        };
        const paper = paperOf(snapshot, ground());
        save(file, await filmed(snapshot, paper, options, most, encode, work));
        return undefined;
      }),
    );
    jobs.controls.push(element);
    return element;
  });
  const [webm] = buttons;
  const hasEncoder = typeof VideoEncoder !== "undefined";
  if (!hasEncoder && !recordable()) webm?.remove();

  const fields = make(
    "div",
    { class: "fields" },
    width.element,
    speed.element,
    pause.element,
    every.element,
  );
  const row = make("div", { class: "buttons" }, ...buttons);
  const element = make(
    "fieldset",
    {},
    make("legend", {}, "One cycle of the animation"),
    fields,
    row,
    note,
  );
  let known = -1;
  const update = (): void => {
    const steps = figure.scene ? figure.describe().animation.steps : 0;
    if (steps === known) return;
    known = steps;
    fields.hidden = row.hidden = steps === 0;
    every.control.value = `${leastEvery(steps, FORMATS[1]?.most ?? 1)}`;
    const browser = hasEncoder ? "" : recordable() ? REAL_TIME : NO_WEBM;
    note.textContent = steps === 0 ? STILL : `One cycle has ${steps} steps. ${browser}`.trim();
  };
  figure.addEventListener("mm-state", update);
  figure.ready.then(update, () => {}); // The figure says itself why it cannot be shown.
  return element;
}
