/** A mounted figure: scene and state → frames. Everything in it ends with its signal. */
import { shownMatrix } from "../animation/partial.ts";
import type { Cell } from "../inspect/cell.ts";
import type { Scene } from "../scene.ts";
import type { Patch } from "../settings.ts";
import type { ToolbarActions } from "../toolbar/toolbar.ts";
import { createActions, listenMotionKeys } from "./actions.ts";
import { scaleView, toolbarView } from "./beside.ts";
import { describe, type FigureDescription } from "./describe.ts";
import { Easel } from "./easel.ts";
import type { Cause } from "./events.ts";
import { Inspection } from "./inspection.ts";
import { createLoop, type Loop } from "./loop.ts";
import { createParts, type Parts } from "./parts.ts";
import { createPicture, type Picture } from "./picture.ts";
import { Player } from "./player.ts";
import { type Snapshot, snapshotOf } from "./snapshot.ts";
import type { Store } from "./store.ts";
import { wantsStillness, watchSurroundings } from "./surroundings.ts";
import { currentScheme, type Scheme } from "./theme.ts";
import { Viewpoint } from "./viewpoint.ts";

export interface ViewOptions {
  host: HTMLElement;
  root: ShadowRoot;
  signal: AbortSignal;
  /** After each first complete frame of a scene. */
  onFirstFrame: () => void;
  /** What the reader did, once it is settled. */
  onState: (cause: Cause) => void;
  onStep: () => void;
  onError: (error: Error) => void;
  copyLink: (() => Promise<void>) | null;
}

/** Camera turn for a spin of 1, in radians a second. */
const SPIN = 1 / 20;

export class View {
  readonly player = new Player();
  readonly #options: ViewOptions;
  readonly actions: ToolbarActions;
  readonly #parts: Parts;
  readonly #easel: Easel;
  readonly #loop: Loop;
  readonly #inspection: Inspection;
  readonly #viewpoint: Viewpoint;
  #store: Store;
  #picture: Picture;
  #scheme: Scheme = currentScheme();
  #still = wantsStillness();
  #dirty = true;
  /** The first frame of this scene is still to come. */
  #first = true;

  /** @throws RendererError where there is no WebGL2 */
  constructor(scene: Scene, store: Store, options: ViewOptions) {
    this.#options = options;
    const { root, signal } = options;
    this.#store = store;
    const figure = { store: () => this.#store, placed: () => this.#picture.layout.placed };
    this.#viewpoint = new Viewpoint(figure, !this.#still);
    this.actions = createActions({
      host: options.host,
      player: this.player,
      store: () => this.#store,
      note: () => this.note(),
      refresh: () => this.refresh(),
      redraw: () => this.redraw(),
      resetView: () => this.#resetView(),
      told: options.onState,
      copyLink: options.copyLink,
      signal,
    });
    this.#parts = createParts(this.actions, signal);
    const { stage, scale, toolbar } = this.#parts;
    root.prepend(stage, scale.element, toolbar.bar, ...toolbar.panels);
    this.#loop = createLoop((seconds) => this.#frame(seconds));
    signal.addEventListener("abort", () => this.#dispose(), { once: true });
    this.#easel = new Easel(this.#parts, {
      signal,
      onStale: () => this.redraw(),
      onError: options.onError,
    });
    const { camera } = this.#viewpoint;
    const inspected = {
      picture: () => this.#picture,
      step: () => this.player.step,
      changed: () => this.#loop.request(),
      redraw: () => this.redraw(),
      approach: (cell: Cell) => this.#viewpoint.approach(cell),
    };
    this.#inspection = new Inspection(this.#parts, camera, inspected, signal);
    this.#picture = createPicture(scene, store.settings, null);
    this.#listen();
    this.#resize(stage.clientWidth, stage.clientHeight);
    this.#begin();
    this.refresh();
  }

  /** Sleeping figures draw nothing and keep their last picture. */
  sleep(asleep: boolean): void {
    // A figure that was never drawn first becomes ready.
    this.#loop.sleep(asleep && !this.#first);
  }

  /** Another scene in the same frame; what stays moves to its new place, or one picture melts into the other. */
  show(scene: Scene, store: Store, keepCamera: boolean): void {
    const drawn = this.#draw(false);
    const before = this.#picture;
    this.#store = store;
    this.#inspection.clear();
    this.#picture = createPicture(scene, store.settings, null);
    this.#first = true;
    const passing = this.#easel.pass(drawn && !this.#still ? before : null, this.#picture);
    if (drawn && !passing) this.#easel.fade();
    this.#restart();
    if (!keepCamera) this.#viewpoint.begin(passing);
    this.refresh();
  }

  /** Settings in the store changed: look, layout, marks, animation. */
  refresh(): void {
    const { settings } = this.#store;
    const before = this.#picture;
    this.#picture = createPicture(before.scene, settings, before);
    this.#easel.setLook(this.#picture, this.#scheme);
    if (this.#picture.timeline.steps !== this.player.steps) this.#restart();
    const turns = this.player.turning && !this.#still;
    this.#viewpoint.camera.spin = turns ? settings.animation.spin * SPIN : 0;
    this.#options.host.dataset.scheme = this.#scheme;
    const title = settings.title || this.#picture.scene.figure.expr;
    this.#parts.stage.setAttribute("aria-label", `Figure: ${title}`);
    this.#parts.title.textContent = settings.title;
    this.redraw();
  }

  /** A patch was laid over the store: what it does not name stays where it is. */
  take({ camera, animation, layout, results }: Patch): void {
    const placed = animation && ("step" in animation || "playing" in animation);
    this.refresh();
    // Until the reader has chosen a view, the figure keeps fitting its room.
    const { camera: own, animation: moving } = this.#store.settings;
    if (camera !== undefined || placed) this.#begin();
    else if ((layout || results) && own === null && moving.spin === 0) this.#viewpoint.begin();
  }

  /** A state came from elsewhere: camera and place in the animation are the store's again. */
  adopt(): void {
    this.refresh();
    this.#begin();
    this.redraw();
  }

  /** Notes step and camera in the store; returns whether the reader moved the camera. */
  note(): boolean {
    const { player } = this;
    this.#store.setPlace(player.finished ? undefined : player.step, player.playing);
    return this.#viewpoint.note();
  }

  redraw(): void {
    this.#dirty = true;
    this.#loop.request();
  }

  /** What is shown now, to be drawn elsewhere. */
  snapshot(): Snapshot {
    const { camera } = this.#viewpoint;
    return snapshotOf(this.#picture, this.player.step, camera, this.#scheme, this.#parts);
  }

  describe(): FigureDescription {
    const { scene, nodes, layout, settings } = this.#picture;
    const { camera } = this.#viewpoint;
    const { description } = this.#easel;
    const seen = this.#inspection.describe();
    const { placed } = layout;
    return describe(scene, nodes, placed, settings, camera, this.player, description, seen);
  }

  /** Values of a matrix as the current step shows them; null for a path that has none. */
  shown(path: string): Float32Array | null {
    return shownMatrix(this.#picture.at(this.player.step), path, this.#picture.scene.matrices);
  }

  #begin(): void {
    this.#restart();
    this.#viewpoint.begin();
  }

  #restart(): void {
    const { step, playing } = this.#store.settings.animation;
    this.player.set(this.#picture.timeline.steps, step, playing && !this.#still);
  }

  #frame(seconds: number): boolean {
    const { player } = this;
    const { camera } = this.#viewpoint;
    const played = player.playing;
    const stepped = player.advance(seconds, this.#store.settings.animation);
    const turned = camera.update(seconds);
    const passing = this.#easel.advance(seconds);
    const seen = this.#inspection.update();
    if (stepped) this.#options.onStep();
    const other = seen === "cell" || stepped;
    if (other) this.#inspection.read(this.#inspection.walking && !player.playing);
    const moving = camera.moving || player.playing || passing;
    if (this.#dirty || other || turned || passing || (seen && this.#inspection.focus().lens)) {
      this.#dirty = false;
      if (this.#draw(camera.moving)) this.#drawn();
    } else if (seen) this.#print();
    if (!camera.moving && this.note()) this.#options.onState("camera");
    if (played && !player.playing) {
      this.note();
      this.#update();
      this.#options.onState("step");
    }
    if (!moving && this.#easel.coarse) this.#dirty = true;
    return moving || this.#dirty;
  }

  #draw(moving: boolean): boolean {
    const { camera } = this.#viewpoint;
    const focus = this.#inspection.focus();
    return this.#easel.draw(this.#picture, this.player.step, focus, camera, moving);
  }

  #print(): void {
    const { content } = this.#easel;
    if (content) this.#inspection.print(content);
  }

  #drawn(): void {
    this.#print();
    this.#update();
    if (!this.#first) return;
    this.#first = false;
    this.#options.onFirstFrame();
  }

  /** Brings everything beside the picture up to date. */
  #update(): void {
    const { toolbar, scale } = this.#parts;
    toolbar.update(toolbarView(this.#picture, this.player, this.#options.host, this.#still));
    scale.update(scaleView(this.#picture, this.#inspection.node(), this.#scheme));
  }

  #resetView(): void {
    this.#store.setCamera(null);
    this.#viewpoint.begin(true);
    this.#loop.request();
    this.#options.onState("camera");
  }

  #listen(): void {
    const { signal, host } = this.#options;
    const { stage, line } = this.#parts;
    this.#viewpoint.attach(
      stage,
      {
        changed: () => this.#loop.request(),
        reset: () => this.#resetView(),
        hint: () => line.hint("Click the figure, or hold Ctrl, to zoom with the wheel"),
        busy: () => this.#inspection.busy,
      },
      signal,
    );
    listenMotionKeys(stage, this.player, () => this.#store, this.actions, signal);
    const changes = {
      scheme: (scheme: Scheme) => {
        this.#scheme = scheme;
        this.refresh();
      },
      still: (still: boolean) => {
        this.#still = still;
        this.#viewpoint.camera.eased = !still;
        if (still) this.player.pause();
        this.refresh();
      },
      size: (width: number, height: number) => this.#resize(width, height),
      fullscreen: () => this.#update(),
    };
    watchSurroundings(host, stage, changes, signal);
  }

  #resize(width: number, height: number): void {
    if (!this.#viewpoint.resize(width, height)) return;
    this.#easel.resize();
    this.redraw();
  }

  #dispose(): void {
    this.#loop.dispose();
    const { stage, scale, toolbar } = this.#parts;
    for (const part of [stage, scale.element, toolbar.bar, ...toolbar.panels]) part.remove();
  }
}
