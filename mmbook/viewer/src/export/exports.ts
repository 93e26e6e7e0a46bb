/** What can be taken away: values, JSON, Python, pictures, films, and what another page needs. */
import { snippets } from "../embed/snippet.ts";
import { messageOf } from "../errors.ts";
import { make } from "../figure/markup.ts";
import type { MmFigure } from "../figure.ts";
import { createFilmPart } from "./film-part.ts";
import { createJobs } from "./job.ts";
import { createPicturePart } from "./picture-part.ts";
import { program } from "./program.ts";
import { save } from "./save.ts";
import { exportSheet } from "./styles.ts";
import { zipped } from "./values.ts";

/** @param say tells the reader what happens; an empty text takes it back */
export function createExports(figure: MmFigure, say: (text: string) => void): HTMLElement {
  const button = (text: string, act: () => Promise<void> | void): HTMLButtonElement => {
    const element = make("button", { type: "button" }, text);
    element.addEventListener("click", async () => {
      try {
        await act();
      } catch (error) {
        say(messageOf(error));
      }
    });
    return element;
  };
  const copy = async (text: string, what: string): Promise<void> => {
    await navigator.clipboard.writeText(text);
    say(`${what} copied.`);
  };
  const jobs = createJobs(say);
  const picture = createPicturePart(figure, jobs, button);
  const section = make(
    "section",
    { class: "exports", "aria-label": "Take away" },
    make("h2", {}, "Take away"),
    make(
      "fieldset",
      {},
      make("legend", {}, "Figure"),
      make(
        "div",
        { class: "buttons" },
        button("Values, .npz", () => {
          if (figure.scene) save("figure.npz", zipped(figure.scene.matrices.values()));
        }),
        button("Figure, JSON", () =>
          save("figure.json", `${JSON.stringify(figure.state, null, 2)}\n`),
        ),
        button("Python, .py", async () => save("figure.py", await program(figure, say))),
      ),
    ),
    picture.element,
    createFilmPart(figure, jobs, picture.ground, button),
    jobs.element,
    make(
      "fieldset",
      {},
      make("legend", {}, "Share"),
      make(
        "div",
        { class: "buttons" },
        button("Copy the link", () => copy(figure.link(), "Link")),
        button("Copy a frame for another page", () => copy(snippets(figure).iframe, "Frame")),
        button("Copy an element for another page", () => copy(snippets(figure).script, "Element")),
      ),
    ),
  );
  const host = make("div", { class: "take-away" });
  const root = host.attachShadow({ mode: "open" });
  root.adoptedStyleSheets = [exportSheet()];
  root.append(section);
  return host;
}
