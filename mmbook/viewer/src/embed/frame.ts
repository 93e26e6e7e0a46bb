/**
 * The page `/embed/`: one figure and nothing else. `?figure=` names it, or `?scene=`, or a link's
 * fragment does; `?theme=` is dark or light. Framed, it answers the page around it.
 */
import { isAbort, messageOf } from "../errors.ts";
import type { Cause } from "../figure/events.ts";
import { MmFigure } from "../figure.ts";
import { decode, isLink } from "../link.ts";
import { notify } from "../page/notice.ts";
import { page } from "../page.ts";
import { answerWith, type Links, progressOf, stateOf } from "./answer.ts";
import { openGate } from "./gate.ts";
import { idOf, loadIndex, nameOfIds, pageOf, sceneOf } from "./names.ts";
import type { News } from "./protocol.ts";
import { ratioOf } from "./ratio.ts";

/** What stands in the address. */
interface Meant {
  id: string;
  scene: string;
  /** Of the figure in the book; null for a scene alone. */
  name: string | null;
}

export async function openFrame(host: HTMLElement, signal: AbortSignal): Promise<void> {
  const query = new URLSearchParams(location.search);
  wear(query.get("theme"));
  const figure = document.createElement("mm-figure") as MmFigure;
  const place = placed(figure, host, query, signal);
  if (window.parent !== window) converse(figure, place, signal);
  try {
    await place;
  } catch (error) {
    if (!isAbort(error)) notify(messageOf(error), host);
  }
}

/** Puts the figure that is meant into the page. @throws SceneError, LinkError */
async function placed(
  figure: MmFigure,
  host: HTMLElement,
  query: URLSearchParams,
  signal: AbortSignal,
): Promise<Meant> {
  const meant = await meantBy(query, location.hash, signal);
  figure.id = meant.id;
  figure.setAttribute("scene", meant.scene);
  for (const type of ["mm-ready", "mm-state"])
    figure.addEventListener(type, () => entitle(figure), { signal });
  host.replaceChildren(figure);
  // The figure's own history is no part of that of the page around it.
  page({ pushes: false });
  return meant;
}

/** Which figure the address means. @throws SceneError, LinkError */
async function meantBy(query: URLSearchParams, hash: string, signal: AbortSignal): Promise<Meant> {
  const scene = query.get("scene");
  if (scene) return { id: "figure", scene, name: null };
  const index = await loadIndex(MmFigure.base, signal);
  const ids = isLink(hash) ? Object.keys(decode(hash).figures) : [];
  const name = query.get("figure") || nameOfIds(index, ids);
  return { id: idOf(name), scene: sceneOf(index, name), name };
}

/** The same figure, with what the reader changed, in the page that explains it. */
function inBook({ name, id }: Meant, fragment: string): string | null {
  if (name === null) return null;
  const address = new URL(pageOf(name), new URL("../../", MmFigure.base));
  address.hash = fragment || `fig-${id}`;
  return address.href;
}

function converse(figure: MmFigure, place: Promise<Meant>, signal: AbortSignal): void {
  /** Said again to whoever greets later. */
  let last: News | null = null;
  let shown = false;
  const links: Links = {
    page: async () => inBook(await place, page().currentFragment()) ?? page().link(),
    frame: async () => page().link(),
  };
  const failed = (error: unknown): void => {
    const news: News = { event: "error", message: messageOf(error) };
    if (!shown) last = news;
    gate.tell(news);
  };
  const ready = (): Promise<void> => place.then(() => figure.ready);
  const gate = openGate(
    window,
    (ask) => answerWith({ figure, ready, links }, ask),
    () => last && gate.tell(last),
    signal,
  );
  const on = <D>(type: string, act: (detail: D) => void): void =>
    figure.addEventListener(type, (event) => act((event as CustomEvent<D>).detail), { signal });
  place.catch(failed);
  on("mm-ready", () => {
    const { title, expr } = stateOf(figure);
    shown = true;
    last = { event: "ready", title: title || expr, ratio: ratioOf(figure.describe()) };
    gate.tell(last);
  });
  on<{ message: string }>("mm-error", ({ message }) => failed(new Error(message)));
  const step = (): void => gate.tell({ event: "step", ...progressOf(figure) });
  on("mm-step", step);
  on<{ cause: Cause }>("mm-state", ({ cause }) => {
    if (!figure.state) return;
    if (cause === "step") step();
    gate.tell({ event: "state", cause, state: stateOf(figure) });
  });
}

function entitle(figure: MmFigure): void {
  if (figure.state) document.title = figure.state.title || figure.state.expr;
}

/** Dark, light, or what the system wishes. */
function wear(theme: string | null): void {
  if (theme !== "dark" && theme !== "light") return;
  document.body.setAttribute("data-md-color-scheme", theme === "dark" ? "slate" : "default");
  document.documentElement.style.colorScheme = theme;
}
