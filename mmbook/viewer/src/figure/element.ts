/**
 * `<mm-figure scene="hash">`: a figure in a page. The light DOM holds its description in words, which
 * stays for screen readers while the picture stands and comes into sight when it cannot.
 */
import { isAbort, messageOf, RendererError, SceneError } from "../errors.ts";
import { loadScene, matrixAt, type Scene, type SceneMessage, sceneFromMessage } from "../scene.ts";
import type { Figure } from "../schema/figure.ts";
import { apply, type Patch } from "../settings.ts";
import type { ToolbarActions } from "../toolbar/toolbar.ts";
import { Contents, notYet } from "./contents.ts";
import type { FigureDescription } from "./describe.ts";
import type { Evaluate } from "./evaluation.ts";
import { type Cause, fire } from "./events.ts";
import { createNoticeBoard, type NoticeBoard } from "./notice.ts";
import { onApproach, onVisible } from "./presence.ts";
import { Readiness } from "./readiness.ts";
import { createRemark } from "./remark.ts";
import type { Snapshot } from "./snapshot.ts";
import { Stages } from "./stages.ts";
import { type Store, whole } from "./store.ts";
import { figureSheet } from "./styles.ts";
import { currentScheme } from "./theme.ts";
import { View, type ViewOptions } from "./view.ts";
import { Words } from "./words.ts";

export class MmFigure extends HTMLElement {
  static readonly observedAttributes = ["scene"];
  /** The folder of the script, beside which figures/ lies; set by the bundle's entry. */
  static base = new URL(document.baseURI);
  /** Makes the deep link of the page; set by the bundle's entry. No copying where there is none. */
  static link: () => string = () => location.href;
  static copyLink: ViewOptions["copyLink"] = () => navigator.clipboard.writeText(location.href);
  /** Computes other values; set by the bundle's entry. */
  static evaluate: Evaluate = () =>
    Promise.reject(new SceneError("nothing on this page computes other values"));

  evaluate: Evaluate = (...asked) => MmFigure.evaluate(...asked);
  readonly #root: ShadowRoot;
  readonly #words = new Words(this);
  readonly #readiness = new Readiness();
  readonly #contents: Contents;
  #life: AbortController | null = null;
  #viewLife: AbortController | null = null;
  #notices: NoticeBoard | null = null;
  #view: View | null = null;
  #visible = false;
  #stages: Stages | null = null;

  constructor() {
    super();
    this.#root = this.attachShadow({ mode: "open" });
    this.#root.adoptedStyleSheets = [figureSheet()];
    const words = document.createElement("div");
    words.className = "words-alone";
    words.append(document.createElement("slot"));
    this.#root.append(words);
    this.#contents = new Contents(createRemark(this.#root), {
      note: () => this.#view?.note(),
      changed: (scene, store, kept) => this.#changed(scene, store, kept),
      told: (cause) => fire(this, "mm-state", { cause }),
      leftOut: (message) => this.#leftOut(message),
      failed: (message) => fire(this, "mm-error", { message }),
      evaluate: (...asked) => this.evaluate(...asked),
    });
  }

  /** Between which the reader chooses; made at first use, when the attributes are there. */
  get stages(): Stages {
    this.#stages ??= new Stages(this.getAttribute("stages"), {
      load: (hash) => loadScene(MmFigure.base, hash),
      entered: (scene) => this.#contents.published && this.#contents.stage(scene),
      chosen: () => fire(this, "mm-state", { cause: "setting" }),
      failed: (error) => this.#leftOut(messageOf(error)),
    });
    return this.#stages;
  }

  /** Resolves at the first complete frame; rejects where the figure cannot be shown. */
  get ready(): Promise<void> {
    return this.#readiness.promise;
  }

  /** The published figure with every default written out; null until it is loaded. */
  get published(): Figure | null {
    return this.#contents.published && whole(this.#contents.published.figure);
  }

  /** The published figure, or the one that a cell made of it, with every default written out. */
  get source(): Figure | null {
    return this.#contents.source && whole(this.#contents.source.figure);
  }

  /** The scene that is shown; null until there is one. */
  get scene(): Scene | null {
    return this.#contents.scene;
  }

  /** The whole state as plain JSON: what was asked for, every option, camera, step. */
  get state(): Figure | null {
    const { store } = this.#contents;
    if (!store) return null;
    this.#view?.note();
    return whole(store.asked);
  }
  /** Other values than those shown are computed by Python, and shown when they are there. */
  set state(state: Figure | null) {
    if (state === null || !this.#contents.accept(state)) return;
    this.#view?.adopt();
    fire(this, "mm-state", { cause: "setting" });
  }

  /**
   * Lays a merge patch over the state as the reader's own change. The camera and the place in the
   * animation stay unless the patch names them. `settled` is false while a gesture goes on.
   */
  change(patch: Patch, settled = true): void {
    const { state } = this;
    if (!state || !this.#contents.accept(apply(state, patch))) return;
    this.#view?.take(patch);
    fire(this, "mm-state", { cause: settled ? "setting" : "passing" });
  }

  /** @throws SceneError before there is a scene */
  describe(): FigureDescription {
    if (!this.#view) throw notYet(this.id);
    return this.#view.describe();
  }

  /** Values of the matrix at a path. @throws SceneError for an unknown path */
  array(path: string): { shape: [number, number]; data: Float32Array } {
    const { scene } = this.#contents;
    if (!scene) throw notYet(this.id);
    const { rows, cols, data } = matrixAt(scene, path);
    return { shape: [rows, cols], data };
  }

  /**
   * Values of a matrix as the current step of the animation shows them: sums as far as they have
   * grown, NaN where nothing is shown. @throws SceneError for an unknown path
   */
  shown(path: string): { shape: [number, number]; data: Float32Array } {
    const { shape } = this.array(path);
    const none = () => new Float32Array(shape[0] * shape[1]).fill(Number.NaN);
    return { shape, data: this.#view?.shown(path) ?? none() };
  }

  /** What its buttons do; null until it is shown. */
  get actions(): ToolbarActions | null {
    return this.#view?.actions ?? null;
  }

  /** What is shown now, to be drawn elsewhere at any size. @throws SceneError before there is a scene */
  snapshot(): Snapshot {
    if (!this.#view) throw notYet(this.id);
    return this.#view.snapshot();
  }

  link(): string {
    return MmFigure.link();
  }

  /**
   * Shows another scene, for instance a cell's: the reader's settings stay, and the camera too where
   * the products and their shapes are the same. @throws SceneError for a message that is none
   */
  show(given: Scene | SceneMessage): void {
    this.#contents.show("tree" in given ? given : sceneFromMessage(given));
    fire(this, "mm-state", { cause: "scene" });
  }

  /** Shows a scene whose values are the reader's own: they are part of the state, and of links. */
  adopt(scene: Scene): void {
    this.#contents.adopt(scene);
    fire(this, "mm-state", { cause: "setting" });
  }

  /** Back to the published figure, with the look and the camera it was published with. */
  reset(): void {
    const { published } = this.#contents;
    if (!published) return;
    this.#contents.forget();
    this.#contents.show(published);
    fire(this, "mm-state", { cause: "scene" });
  }

  connectedCallback(): void {
    const life = new AbortController();
    this.#life = life;
    this.dataset.state = "loading";
    this.dataset.scheme = currentScheme();
    this.#notices = createNoticeBoard(this.#root, life.signal);
    onVisible(
      this,
      (visible) => {
        this.#visible = visible;
        this.#view?.sleep(!visible);
      },
      life.signal,
    );
    this.#root.append(this.stages.element);
    if (this.#contents.scene) this.#mount();
    else onApproach(this, () => void this.#load(), life.signal);
  }

  disconnectedCallback(): void {
    this.#contents.rest();
    this.#view?.note();
    this.#unmount();
    this.#life?.abort();
    this.#life = null;
  }

  attributeChangedCallback(_name: string, before: string | null, after: string | null): void {
    if (before === after || before === null || !this.#life) return;
    this.#contents.forget();
    void this.#load();
  }

  async #load(): Promise<void> {
    const hash = this.getAttribute("scene");
    const signal = this.#life?.signal;
    if (!hash || !signal) return;
    try {
      const scene = (await this.stages.scene()) ?? (await loadScene(MmFigure.base, hash, signal));
      if (!signal.aborted) this.#contents.publish(scene);
    } catch (error) {
      if (!isAbort(error)) this.#fail(error, () => this.#retry());
    }
  }

  #changed(scene: Scene, store: Store, kept: boolean): void {
    const { published } = this.#contents;
    if (scene.matrices === published?.matrices) this.#words.restore();
    else this.#words.replace(scene.description || scene.figure.alt || scene.figure.expr);
    if (this.#view) this.#view.show(scene, store, kept);
    else if (this.#life) this.#mount();
  }

  #mount(): void {
    const { scene, store } = this.#contents;
    if (!scene || !store || !this.#life) return;
    this.#unmount();
    this.#notices?.show(null);
    this.#readiness.retry();
    const controller = new AbortController();
    this.#viewLife = controller;
    // Its box must have its size before the picture is fitted into it.
    if (this.dataset.state === "failed") this.dataset.state = "loading";
    try {
      this.#view = new View(scene, store, {
        host: this,
        root: this.#root,
        signal: controller.signal,
        onFirstFrame: () => this.#shown(),
        onState: (cause: Cause) => fire(this, "mm-state", { cause }),
        onStep: () => fire(this, "mm-step", {}),
        onError: (error) => this.#fail(error, () => this.#retry()),
        copyLink: MmFigure.copyLink,
      });
      this.#view.sleep(!this.#visible);
    } catch (error) {
      this.#fail(error, error instanceof RendererError ? undefined : () => this.#retry());
    }
  }

  #unmount(): void {
    this.#viewLife?.abort();
    this.#viewLife = this.#view = null;
  }

  #shown(): void {
    this.dataset.state = "ready";
    this.#view?.sleep(!this.#visible);
    if (!this.#readiness.reach()) return;
    performance.mark(`mm:first-frame:${this.id}`);
    fire(this, "mm-ready", {});
  }

  #retry(): void {
    this.#notices?.show(null);
    this.dataset.state = "loading";
    this.#readiness.retry();
    if (this.#contents.scene) this.#mount();
    else void this.#load();
  }

  #fail(error: unknown, retry?: () => void): void {
    const message = messageOf(error);
    this.#unmount();
    this.dataset.state = "failed";
    this.#notices?.show({ message, passing: false, ...(retry && { retry }) });
    this.#readiness.fail(error);
    fire(this, "mm-error", { message });
  }

  #leftOut(message: string): void {
    this.#notices?.show({ message, passing: true });
    fire(this, "mm-error", { message });
  }
}
