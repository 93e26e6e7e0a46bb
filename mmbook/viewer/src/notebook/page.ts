/**
 * The script of a self-contained page, as `Figure._repr_html_` writes it: scene and values lie in
 * the page, nothing is fetched, and nothing can be computed anew.
 */
import { SceneError } from "../errors.ts";
import { complaint, createFigure, messageOf } from "./mount.ts";

const text = (id: string): string => document.getElementById(id)?.textContent?.trim() ?? "";

function fromBase64(encoded: string): Uint8Array {
  return Uint8Array.from(atob(encoded), (letter) => letter.charCodeAt(0));
}

try {
  const figure = createFigure(window.innerHeight);
  figure.id = "figure";
  figure.style.setProperty("--mm-height", "100vh");
  figure.evaluate = () =>
    Promise.reject(new SceneError("this output cannot compute: change the figure in Python"));
  figure.show(messageOf(text("mm-scene"), fromBase64(text("mm-values"))));
  document.body.append(figure);
} catch (error) {
  document.body.append(complaint(error));
}
