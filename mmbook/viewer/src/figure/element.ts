/**
 * `<mm-figure scene="hash">`: a figure in a page. The light DOM holds its description in words, which
 * stays for screen readers while the picture stands and comes into sight when it cannot.
 */
import { isAbort, messageOf, RendererError, SceneError } from "../errors.ts";
import { loadScene, matrixAt, type Scene, type SceneMessage, sceneFromMessage } from "../scene.ts";
import type { Figure } from "../schema/figure.ts";
import type { FigureDescription } from "./describe.ts";
import { type Evaluate, Evaluation } from "./evaluation.ts";
import { type Cause, fire } from "./events.ts";
import { sameShape } from "./framing.ts";
import { createNoticeBoard, type NoticeBoard } from "./notice.ts";
import { onApproach, onVisible } from "./presence.ts";
import { Readiness } from "./readiness.ts";
import { createRemark, type Remark } from "./remark.ts";
import { Store, whole } from "./store.ts";
import { figureSheet } from "./styles.ts";
import { currentScheme } from "./theme.ts";
import { View } from "./view.ts";
import { Words } from "./words.ts";

export class MmFigure extends HTMLElement {
  static readonly observedAttributes = ["scene"];
  /** The folder of the script, beside which figures/ lies; set by the bundle's entry. */
  static base = new URL("./", document.baseURI);
  /** Makes the deep link of the page; set by the bundle's entry. */
  static link: () => string = () => location.href;
  static copyLink: () => Promise<void> = () => navigator.clipboard.writeText(location.href);
  /** Computes other values; set by the bundle's entry. */
  static evaluate: Evaluate = () =>
    Promise.reject(new SceneError("nothing on this page computes other values"));

  readonly #root: ShadowRoot;
  readonly #words = new Words(this);
  readonly #readiness = new Readiness();
  readonly #remark: Remark;
  readonly #evaluation: Evaluation;
  #life: AbortController | null = null;
  #viewLife: AbortController | null = null;
  #notices: NoticeBoard | null = null;
  #view: View | null = null;
  #visible = false;
  #published: Scene | null = null;
  /** What the book, or a cell after it, made of this figure. */
  #source: Scene | null = null;
  #scene: Scene | null = null;
  #store: Store | null = null;
  /** A state that was set before there was a scene. */
  #awaiting: unknown;

  constructor() {
    super();
    this.#root = this.attachShadow({ mode: "open" });
    this.#root.adoptedStyleSheets = [figureSheet()];
    const words = document.createElement("div");
    words.className = "words-alone";
    words.append(document.createElement("slot"));
    this.#root.append(words);
    this.#remark = createRemark(this.#root);
    this.#evaluation = new Evaluation(this.#remark);
  }

  /** Resolves at the first complete frame; rejects where the figure cannot be shown. */
  get ready(): Promise<void> {
    return this.#readiness.promise;
  }

  /** The published figure with every default written out; null until it is loaded. */
  get published(): Figure | null {
    return this.#published && whole(this.#published.figure);
  }

  /** The published figure, or the one that a cell made of it, with every default written out. */
  get source(): Figure | null {
    return this.#source && whole(this.#source.figure);
  }

  /** The scene that is shown; null until there is one. */
  get scene(): Scene | null {
    return this.#scene;
  }

  /** The whole state as plain JSON: what was asked for, every option, camera, step. */
  get state(): Figure | null {
    if (!this.#store) return null;
    this.#view?.note();
    return whole(this.#store.asked);
  }
  /** Other values than those shown are computed by Python, and shown when they are there. */
  set state(state: Figure | null) {
    if (state === null) return;
    if (!this.#store) {
      this.#awaiting = state;
      return;
    }
    this.#accept(this.#store, state);
    this.#view?.adopt();
    fire(this, "mm-state", { cause: "setting" });
  }

  /** @throws SceneError before there is a scene */
  describe(): FigureDescription {
    if (!this.#view) throw this.#notYet();
    return this.#view.describe();
  }

  /** Values of the matrix at a path. @throws SceneError for an unknown path */
  array(path: string): { shape: [number, number]; data: Float32Array } {
    if (!this.#scene) throw this.#notYet();
    const { rows, cols, data } = matrixAt(this.#scene, path);
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

  link(): string {
    return MmFigure.link();
  }

  /**
   * Shows another scene, for instance a cell's: the reader's settings stay, and the camera too where
   * the products and their shapes are the same. @throws SceneError for a message that is none
   */
  show(given: Scene | SceneMessage): void {
    const scene = "tree" in given ? given : sceneFromMessage(given);
    this.#evaluation.cancel();
    this.#source = scene;
    this.#exchange(scene);
    this.#tell(scene);
    fire(this, "mm-state", { cause: "scene" });
  }

  /** Shows a scene whose values are the reader's own: they are part of the state, and of links. */
  adopt(scene: Scene): void {
    this.#evaluation.cancel();
    this.#swap(scene);
    fire(this, "mm-state", { cause: "setting" });
  }

  /** Back to the published figure, with the look and the camera it was published with. */
  reset(): void {
    if (!this.#published) return;
    this.#evaluation.cancel();
    this.#store = null;
    this.#source = this.#published;
    this.#exchange(this.#published);
    this.#words.restore();
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
    if (this.#scene) this.#mount();
    else onApproach(this, () => void this.#load(), life.signal);
  }

  disconnectedCallback(): void {
    this.#evaluation.cancel();
    this.#store?.giveUp();
    this.#view?.note();
    this.#unmount();
    this.#life?.abort();
    this.#life = null;
  }

  attributeChangedCallback(_name: string, before: string | null, after: string | null): void {
    if (before === after || before === null || !this.#life) return;
    this.#store = null;
    void this.#load();
  }

  async #load(): Promise<void> {
    const hash = this.getAttribute("scene");
    const signal = this.#life?.signal;
    if (!hash || !signal) return;
    try {
      const scene = await loadScene(MmFigure.base, hash, signal);
      if (signal.aborted) return;
      this.#published = scene;
      // A cell may have been quicker than the network.
      if (this.#store) return;
      this.#source = scene;
      this.#exchange(scene);
    } catch (error) {
      if (!isAbort(error)) this.#fail(error, () => this.#retry());
    }
  }

  #exchange(scene: Scene): void {
    const before = this.#scene;
    const kept = before !== null && this.#store !== null && sameShape(before.tree, scene.tree);
    this.#view?.note();
    if (this.#store) this.#store.rebase(scene.figure, kept);
    else this.#store = new Store(scene.figure);
    this.#scene = scene;
    if (this.#awaiting !== undefined) this.#accept(this.#store, this.#awaiting);
    this.#awaiting = undefined;
    if (this.#view) this.#view.show(scene, this.#store, kept);
    else if (this.#life) this.#mount();
  }

  #mount(): void {
    const { signal: life } = this.#life ?? {};
    if (!this.#scene || !this.#store || !life) return;
    this.#unmount();
    this.#notices?.show(null);
    this.#readiness.retry();
    const controller = new AbortController();
    this.#viewLife = controller;
    // Its box must have its size before the picture is fitted into it.
    if (this.dataset.state === "failed") this.dataset.state = "loading";
    try {
      this.#view = new View(this.#scene, this.#store, {
        host: this,
        root: this.#root,
        signal: controller.signal,
        onFirstFrame: () => this.#shown(),
        onState: (cause: Cause) => fire(this, "mm-state", { cause }),
        onError: (error) => this.#fail(error, () => this.#retry()),
        copyLink: () => MmFigure.copyLink(),
      });
      this.#view.sleep(!this.#visible);
    } catch (error) {
      this.#fail(error, error instanceof RendererError ? undefined : () => this.#retry());
    }
  }

  #unmount(): void {
    this.#viewLife?.abort();
    this.#viewLife = null;
    this.#view = null;
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
    if (this.#scene) this.#mount();
    else void this.#load();
  }

  /** Other values in the same state. */
  #swap(scene: Scene): void {
    const kept = this.#scene !== null && sameShape(this.#scene.tree, scene.tree);
    this.#view?.note();
    if (this.#store) this.#store.adopt(scene.figure);
    else this.#store = new Store(scene.figure);
    this.#scene = scene;
    this.#tell(scene);
    if (this.#view) this.#view.show(scene, this.#store, kept);
    else if (this.#life) this.#mount();
  }

  #tell(scene: Scene): void {
    if (scene === this.#published) this.#words.restore();
    else this.#words.replace(scene.description || scene.figure.alt || scene.figure.expr);
  }

  async #compute(store: Store): Promise<void> {
    const { asked } = store;
    const scenes = [this.#source, this.#published, this.#scene].filter((scene) => scene !== null);
    try {
      const evaluated = await this.#evaluation.ask(asked, scenes, MmFigure.evaluate);
      if (!evaluated || store !== this.#store) return;
      const { scene, missing } = evaluated;
      // A scene that was there already was made with another view.
      const { expr, leaves } = scene.figure;
      this.#swap({ ...scene, figure: { ...asked, expr, leaves } });
      if (missing.length > 0) this.#remark.fail(withoutValues(missing));
      fire(this, "mm-state", { cause: "scene" });
    } catch (error) {
      if (store !== this.#store) return;
      store.giveUp();
      const message = messageOf(error);
      this.#remark.fail(message);
      fire(this, "mm-error", { message });
    }
  }

  #accept(store: Store, state: unknown): void {
    const problems = store.accept(state);
    if (store.waiting) void this.#compute(store);
    else this.#evaluation.cancel();
    if (problems.length === 0) return;
    const reasons = problems.map(messageOf).join(" ");
    const message = `Part of the state given for this figure was left out. ${reasons}`;
    this.#notices?.show({ message, passing: true });
    fire(this, "mm-error", { message });
  }

  #fail(error: unknown, retry?: () => void): void {
    const message = messageOf(error);
    this.#unmount();
    this.dataset.state = "failed";
    this.#notices?.show({ message, passing: false, ...(retry && { retry }) });
    this.#readiness.fail(error);
    fire(this, "mm-error", { message });
  }

  #notYet(): SceneError {
    return new SceneError("this figure has no scene yet", {
      where: this.id,
      remedy: "Await its `ready` first.",
    });
  }
}

function withoutValues(names: readonly string[]): string {
  return `The values of ${names.join(", ")} are not in the link. They are shown as missing.`;
}
