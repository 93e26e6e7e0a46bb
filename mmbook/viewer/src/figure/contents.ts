/** What a figure holds: the published scene, the one a cell made of it, the one shown, and the state. */
import { messageOf, SceneError } from "../errors.ts";
import type { Scene } from "../scene.ts";
import { type Evaluate, Evaluation } from "./evaluation.ts";
import type { Cause } from "./events.ts";
import { sameShape } from "./framing.ts";
import type { Remark } from "./remark.ts";
import { Store } from "./store.ts";

export interface Owner {
  /** Camera and step are noted in the store. */
  note: () => void;
  /** Another scene is there; `kept` where products and shapes are the same. */
  changed: (scene: Scene, store: Store, kept: boolean) => void;
  told: (cause: Cause) => void;
  /** Something was left out of a state that is otherwise shown. */
  leftOut: (message: string) => void;
  failed: (message: string) => void;
  evaluate: Evaluate;
}

/** Elements of scenes that are kept for the way back, 64 MiB of values. */
const MOST_KEPT = 2 ** 24;

export class Contents {
  published: Scene | null = null;
  /** What the book, or a cell after it, made of this figure. */
  source: Scene | null = null;
  scene: Scene | null = null;
  store: Store | null = null;
  readonly #owner: Owner;
  readonly #remark: Remark;
  readonly #evaluation: Evaluation;
  /** Scenes of the reader's own, the last one first: back and forward need no Python for them. */
  #own: Scene[] = [];
  /** A state that was set before there was a scene. */
  #awaiting: unknown;

  constructor(remark: Remark, owner: Owner) {
    this.#owner = owner;
    this.#remark = remark;
    this.#evaluation = new Evaluation(remark);
  }

  /** The book's own scene. A cell may have been quicker than the network. */
  publish(scene: Scene): void {
    this.published = scene;
    if (!this.store) this.show(scene);
  }

  /** Another scene of the book in the same place; the reader's changes stay. */
  stage(scene: Scene): void {
    this.published = scene;
    this.show(scene);
  }

  /** Shows what the book or a cell made; the reader's changes stay. */
  show(scene: Scene): void {
    this.#evaluation.cancel();
    const kept = this.store !== null && this.#keeps(scene);
    this.source = scene;
    this.#owner.note();
    if (this.store) this.store.rebase(scene.figure, kept);
    else this.store = new Store(scene.figure);
    this.scene = scene;
    if (this.#awaiting !== undefined) this.#take(this.store, this.#awaiting);
    this.#awaiting = undefined;
    this.#owner.changed(scene, this.store, kept);
  }

  /** Shows other values in the same state. */
  adopt(scene: Scene): void {
    this.#evaluation.cancel();
    const kept = this.#keeps(scene);
    this.#owner.note();
    if (this.store) this.store.adopt(scene.figure);
    else this.store = new Store(scene.figure);
    this.scene = scene;
    const others = this.#own.filter(({ matrices }) => matrices !== scene.matrices);
    this.#own = recent([scene, ...others]);
    this.#owner.changed(scene, this.store, kept);
  }

  /** Takes a state, or keeps it for the first scene; returns whether there is one. */
  accept(state: unknown): boolean {
    if (this.store) this.#take(this.store, state);
    else this.#awaiting = state;
    return this.store !== null;
  }

  /** Forgets what the reader and the cells made of it. */
  forget(): void {
    this.#evaluation.cancel();
    this.store = null;
  }

  /** Values that are on their way are no longer wanted. */
  rest(): void {
    this.#evaluation.cancel();
    this.store?.giveUp();
  }

  #keeps({ tree }: Scene): boolean {
    return this.scene !== null && sameShape(this.scene.tree, tree);
  }

  #take(store: Store, state: unknown): void {
    const problems = store.accept(state);
    if (store.waiting) void this.#compute(store);
    else this.#evaluation.cancel();
    if (problems.length === 0) return;
    const reasons = problems.map(messageOf).join(" ");
    this.#owner.leftOut(`Part of the state given for this figure was left out. ${reasons}`);
  }

  async #compute(store: Store): Promise<void> {
    const { asked } = store;
    const { source, published, scene: current } = this;
    const scenes = [source, published, current, ...this.#own].filter((scene) => scene !== null);
    try {
      const evaluated = await this.#evaluation.ask(asked, scenes, this.#owner.evaluate);
      if (!evaluated || store !== this.store) return;
      const { scene, missing } = evaluated;
      // A scene that was there already was made with another view.
      const { expr, leaves } = scene.figure;
      this.adopt({ ...scene, figure: { ...asked, expr, leaves } });
      if (missing.length > 0) this.#remark.fail(withoutValues(missing));
      this.#owner.told("scene");
    } catch (error) {
      if (store !== this.store) return;
      store.giveUp();
      const message = messageOf(error);
      this.#remark.fail(message);
      this.#owner.failed(message);
    }
  }
}

function withoutValues(names: readonly string[]): string {
  return `The values of ${names.join(", ")} are not in the link. They are shown as missing.`;
}

/** As many scenes, from the first on, as may be kept. */
function recent(scenes: readonly Scene[]): Scene[] {
  let elements = 0;
  return scenes.filter(({ matrices }) => {
    for (const { data } of matrices.values()) elements += data.length;
    return elements <= MOST_KEPT;
  });
}

/** @param id of the figure */
export const notYet = (id: string): SceneError =>
  new SceneError("this figure has no scene yet", { where: id, remedy: "Await its `ready` first." });
