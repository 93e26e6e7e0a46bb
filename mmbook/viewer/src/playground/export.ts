/** What can be taken away: values, JSON, Python, the picture, and a snippet for another page. */
import { strToU8, zipSync } from "fflate";
import { make } from "../figure/markup.ts";
import type { MmFigure } from "../figure.ts";
import type { Matrix, Scene } from "../scene.ts";
import { ask } from "./ask.ts";

export function createExports(figure: MmFigure, said: (text: string) => void): HTMLElement {
  const button = (text: string, act: () => Promise<void> | void): HTMLElement => {
    const element = make("button", { type: "button" }, text);
    element.addEventListener("click", async () => {
      try {
        await act();
      } catch (error) {
        said(error instanceof Error ? error.message : String(error));
      }
    });
    return element;
  };
  const copy = async (text: string, what: string): Promise<void> => {
    await navigator.clipboard.writeText(text);
    said(`${what} copied.`);
  };
  return make(
    "section",
    { class: "exports", "aria-label": "Take away" },
    make("h2", {}, "Take away"),
    make(
      "div",
      { class: "buttons" },
      button("Values, .npz", () => {
        if (figure.scene) save("figure.npz", zipped(figure.scene.matrices.values()));
      }),
      button("Figure, JSON", () => {
        save("figure.json", strToU8(`${JSON.stringify(figure.state, null, 2)}\n`));
      }),
      button("Picture, PNG", async () => save("figure.png", await picture(figure))),
      button("Python, .py", async () => {
        const { scene } = await ask(figure, { do: "edit", text: figure.state?.expr ?? "" }, said);
        said("");
        save("figure.py", strToU8(script(scene)));
      }),
      button("Copy the link", () => copy(figure.link(), "Link")),
      button("Copy for another page", () => copy(snippet(figure.link()), "Snippet")),
    ),
  );
}

/** A program that makes the figure; given values come from the archive that lies beside it. */
export function script({ figure, python }: Pick<Scene, "figure" | "python">): string {
  const given = Object.entries(figure.leaves).flatMap(([name, leaf]) =>
    leaf?.data === undefined || !/^[\p{ID_Start}_]\p{ID_Continue}*$/u.test(name) ? [] : [name],
  );
  const values = given.map((name) => `${name} = values["${name}"]\n`).join("");
  const load = `import numpy as np\n\nvalues = np.load("figure.npz")\n${values}`;
  return `import mmbook as mm\n${given.length > 0 ? load : ""}\nfigure = ${python.trimEnd()}\n`;
}

/** A frame that shows the figure in another page. */
export function snippet(link: string): string {
  const address = link.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
  return `<iframe src="${address}" title="Matrix multiplication" width="100%" height="640" style="border:0" loading="lazy" allow="fullscreen; clipboard-write"></iframe>`;
}

/** The matrices as numpy's `.npz`, float32. */
export function zipped(matrices: Iterable<Matrix>): Uint8Array {
  const files: Record<string, Uint8Array> = {};
  // A slash in a name would be a folder.
  for (const matrix of matrices) files[`${matrix.name.replaceAll("/", "∕")}.npy`] = npy(matrix);
  return zipSync(files);
}

function npy({ rows, cols, data }: Pick<Matrix, "rows" | "cols" | "data">): Uint8Array {
  const header = `{'descr': '<f4', 'fortran_order': False, 'shape': (${rows}, ${cols}), }`;
  const length = Math.ceil((10 + header.length + 1) / 64) * 64;
  const bytes = new Uint8Array(length + 4 * data.length);
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0]);
  const view = new DataView(bytes.buffer);
  view.setUint16(8, length - 10, true);
  bytes.set(strToU8(`${header.padEnd(length - 11)}\n`), 10);
  data.forEach((value, at) => {
    view.setFloat32(length + 4 * at, value, true);
  });
  return bytes;
}

/** The picture with its words, as it stands on the screen. */
async function picture(figure: MmFigure): Promise<Uint8Array> {
  const layers = figure.layers();
  const [first] = layers;
  if (!first) throw new Error("There is no picture to save.");
  const sheet = document.createElement("canvas");
  sheet.width = first.width;
  sheet.height = first.height;
  const context = sheet.getContext("2d");
  if (!context) throw new Error("This browser makes no pictures.");
  context.fillStyle = getComputedStyle(figure).backgroundColor;
  context.fillRect(0, 0, sheet.width, sheet.height);
  // At once: the next frame may clear what was drawn.
  for (const layer of layers) context.drawImage(layer, 0, 0, sheet.width, sheet.height);
  const blob = await new Promise<Blob | null>((done) => sheet.toBlob(done, "image/png"));
  if (!blob) throw new Error("The picture could not be made.");
  return new Uint8Array(await blob.arrayBuffer());
}

function save(name: string, bytes: Uint8Array): void {
  const address = URL.createObjectURL(new Blob([bytes as BlobPart]));
  const link = make("a", { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
