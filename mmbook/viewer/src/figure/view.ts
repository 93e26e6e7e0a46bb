/** A mounted figure: scene and state → frames. Everything in it ends with its signal. */
import { attachControls } from "../camera/controls.ts";
import { Camera } from "../camera.ts";
import { createRenderer, type Renderer } from "../gl/renderer.ts";
import { valueAt } from "../inspect/cell.ts";
import { light } from "../inspect/light.ts";
import { createReader, type Reader } from "../inspect/reader.ts";
import { read } from "../inspect/readout.ts";
import { lookup } from "../look.ts";
import type { Node, Scene } from "../scene.ts";
import type { ToolbarActions } from "../toolbar/toolbar.ts";
import { describe, type FigureDescription } from "./describe.ts";
import type { Cause } from "./events.ts";
import { fadeFrom } from "./fade.ts";
import { approach, frameFigure } from "./framing.ts";
import { createLoop, type Loop } from "./loop.ts";
import { overlayContent } from "./marking.ts";
import { createParts, type Parts } from "./parts.ts";
import { createPicture, type Picture } from "./picture.ts";
import { Player } from "./player.ts";
import type { Store } from "./store.ts";
import { currentScheme, type Scheme, watchScheme } from "./theme.ts";

export interface ViewOptions {
  host: HTMLElement;
  root: ShadowRoot;
  signal: AbortSignal;
  /** After each first complete frame of a scene. */
  onFirstFrame: () => void;
  /** What the reader did, once it is settled. */
  onState: (cause: Cause) => void;
  onError: (error: Error) => void;
  copyLink: () => Promise<void>;
}

/** Camera turn for a spin of 1, in radians a second. */
const SPIN = 1 / 20;

export class View {
  readonly camera: Camera;
  readonly player = new Player();
  readonly #options: ViewOptions;
  readonly #parts: Parts;
  readonly #renderer: Renderer;
  readonly #loop: Loop;
  readonly #reader: Reader;
  readonly #still: MediaQueryList;
  #store: Store;
  #picture: Picture;
  #scheme: Scheme = currentScheme();
  /** What the renderer was given last. */
  #look = "";
  #dirty = true;
  /** The reader moved the camera since it was last noted in the store. */
  #moved = false;
  /** The first frame of this scene is still to come. */
  #first = true;
  #frames = 0;
  #lastFrameMs = 0;

  /** @throws RendererError where there is no WebGL2 */
  constructor(scene: Scene, store: Store, options: ViewOptions) {
    this.#options = options;
    const { root, signal } = options;
    this.#store = store;
    this.#still = matchMedia("(prefers-reduced-motion: reduce)");
    this.camera = new Camera({ eased: !this.#still.matches });
    this.#parts = createParts(this.#actions(), signal);
    const { stage, picture, toolbar } = this.#parts;
    root.prepend(stage, toolbar.bar, ...toolbar.panels);
    this.#loop = createLoop((seconds) => this.#frame(seconds));
    signal.addEventListener("abort", () => this.#dispose(), { once: true });
    this.#renderer = createRenderer(picture, {
      signal,
      onStale: () => this.redraw(),
      onError: options.onError,
    });
    this.#reader = createReader(stage, {
      camera: this.camera,
      places: () => this.#picture.layout.placed,
      drawn: () => this.#picture.at(this.player.step),
      changed: () => this.#loop.request(),
      named: (at) => this.#parts.overlay.named(at),
      approach: (cell) => {
        approach(this.camera, cell);
        this.#moved = true;
        this.#loop.request();
      },
      signal,
    });
    this.#picture = createPicture(scene, store.settings, null);
    this.#renderer.setMatrices(scene.matrices);
    this.#listen();
    this.#resize();
    this.#begin();
    this.refresh();
  }

  /** Sleeping figures draw nothing and keep their last picture. */
  sleep(asleep: boolean): void {
    // A figure that was never drawn first becomes ready.
    this.#loop.sleep(asleep && !this.#first);
  }

  /** Another scene in the same frame; the old picture melts into the new one. */
  show(scene: Scene, store: Store, keepCamera: boolean): void {
    if (this.#draw()) fadeFrom(this.#parts.picture, this.#options.signal);
    this.#store = store;
    this.#reader.clear();
    this.#read(false);
    this.#renderer.setMatrices(scene.matrices);
    this.#picture = createPicture(scene, store.settings, null);
    this.#first = true;
    if (keepCamera) this.#restart();
    else this.#begin();
    this.refresh();
  }

  /** Settings in the store changed: look, layout, marks, animation. */
  refresh(): void {
    const { settings } = this.#store;
    const before = this.#picture;
    this.#picture = createPicture(before.scene, settings, before);
    this.#setLook();
    if (this.#picture.timeline.steps !== this.player.steps) this.#restart();
    this.camera.spin = this.#still.matches ? 0 : settings.animation.spin * SPIN;
    this.#options.host.dataset.scheme = this.#scheme;
    const title = settings.title || this.#picture.scene.figure.expr;
    this.#parts.stage.setAttribute("aria-label", `Figure: ${title}`);
    this.#parts.title.textContent = settings.title;
    this.redraw();
  }

  /** A state came from elsewhere: camera and place in the animation are the store's again. */
  adopt(): void {
    this.#moved = false;
    this.refresh();
    this.#begin();
    this.redraw();
  }

  /** Notes camera and step in the store, so that it holds what is on the screen. */
  note(): void {
    if (this.#moved) this.#store.setCamera(this.camera.state);
    this.#moved = false;
    const { player } = this;
    this.#store.setPlace(player.finished ? undefined : player.step, player.playing);
  }

  redraw(): void {
    this.#dirty = true;
    this.#loop.request();
  }

  describe(): FigureDescription {
    const { scene, layout, settings } = this.#picture;
    return describe(scene, layout.placed, settings, this.camera, this.player, {
      frames: this.#frames,
      lastFrameMs: this.#lastFrameMs,
      contextLost: this.#renderer.contextLost,
    });
  }

  /** A new look costs the renderer its prepared far pictures: only where it is one. */
  #setLook(): void {
    const { look } = this.#store.settings;
    const theme = this.#scheme;
    const key = JSON.stringify([look, theme]);
    if (key === this.#look) return;
    this.#look = key;
    this.#renderer.setLook({ lookup: lookup(look, theme), look, theme });
  }

  #begin(): void {
    this.#restart();
    frameFigure(this.camera, this.#store.settings, this.#picture.layout.placed, false);
  }

  #restart(): void {
    const { step, playing } = this.#store.settings.animation;
    this.player.set(this.#picture.timeline.steps, step, playing && !this.#still.matches);
  }

  #frame(seconds: number): boolean {
    const { camera, player } = this;
    const { speed } = this.#store.settings.animation;
    const stepped = player.advance(seconds, speed);
    const turned = camera.update(seconds);
    const read = this.#reader.update();
    if (read || stepped) this.#read(this.#reader.walking);
    const moving = camera.moving || player.playing;
    if (this.#dirty || stepped || turned || read) {
      this.#dirty = false;
      if (this.#draw(camera.moving)) this.#drawn();
    }
    if (!camera.moving && this.#moved) {
      this.note();
      this.#options.onState("camera");
    }
    if (!moving && this.#renderer.coarse) this.#dirty = true;
    return moving || this.#dirty;
  }

  #draw(moving = false): boolean {
    const started = performance.now();
    const { layout, settings } = this.#picture;
    const cell = this.#reader.cell;
    const list = light(this.#picture.at(this.player.step), cell, this.#node());
    const marks = { settings: settings.marks, cubes: layout.cubes };
    if (!this.#renderer.draw(this.camera, list, marks, moving)) return false;
    const content = overlayContent(this.#picture, list, cell, this.#scheme, this.#parts.stage);
    this.#parts.overlay.draw(this.camera, content, Math.min(2, window.devicePixelRatio || 1));
    this.#lastFrameMs = performance.now() - started;
    return true;
  }

  #drawn(): void {
    this.#frames += 1;
    this.#update();
    if (!this.#first) return;
    this.#first = false;
    this.#options.onFirstFrame();
  }

  /** Brings everything beside the picture up to date. */
  #update(): void {
    const { settings, timeline, ranges, scene } = this.#picture;
    const { player } = this;
    this.#parts.toolbar.update({
      transport:
        player.steps === 0
          ? null
          : {
              step: player.step,
              steps: player.steps,
              playing: player.playing,
              words: timeline.describe(player.step),
            },
      values: settings,
      fullscreen: document.fullscreenElement === this.#options.host,
    });
    const shared = settings.look.sensitivity === "global";
    const of = this.#node()?.name ?? scene.tree.name;
    const covered = [...scene.matrices.values()].filter(({ name }) => shared || name === of);
    this.#parts.scale.update({
      name: shared ? "" : of,
      range: ranges.matrix(of),
      signs: {
        negative: covered.some(({ range }) => (range.min ?? 0) < 0),
        positive: covered.some(({ range }) => (range.max ?? 0) > 0),
      },
      look: settings.look,
      theme: this.#scheme,
    });
  }

  #node(): Node | null {
    const cell = this.#reader.cell;
    return cell ? (this.#picture.nodes.get(cell.placed.path) ?? null) : null;
  }

  #read(aloud: boolean): void {
    const { cell } = this.#reader;
    const node = this.#node();
    const reading =
      cell && node ? read(cell, node, valueAt(cell, this.#picture.scene.matrices)) : null;
    this.#parts.line.show(reading, aloud);
  }

  #actions(): ToolbarActions {
    const settle = (cause: Cause): void => {
      this.note();
      this.#options.onState(cause);
    };
    const set = (change: () => void): void => {
      this.note();
      change();
      this.refresh();
      settle("setting");
    };
    const { host } = this.#options;
    return {
      togglePlay: () => {
        if (this.player.playing) this.player.pause();
        else this.player.play();
        this.redraw();
        settle("step");
      },
      seek: (step) => {
        this.player.pause();
        this.player.seek(step);
        this.redraw();
        settle("step");
      },
      resetView: () => this.#resetView(),
      set: (group, option, value) => set(() => this.#store.set(group, option, value)),
      restoreLook: () => set(() => this.#store.restore()),
      copyLink: this.#options.copyLink,
      ...(document.fullscreenEnabled && {
        toggleFullscreen: () => {
          if (document.fullscreenElement === host) void document.exitFullscreen();
          else void host.requestFullscreen();
        },
      }),
    };
  }

  #resetView(): void {
    this.#store.setCamera(null);
    this.#moved = false;
    frameFigure(this.camera, this.#store.settings, this.#picture.layout.placed, true);
    this.#loop.request();
    this.#options.onState("camera");
  }

  #listen(): void {
    const { signal, host } = this.#options;
    const { stage, line } = this.#parts;
    attachControls(this.camera, stage, {
      signal,
      onChange: () => {
        this.#moved = true;
        this.#loop.request();
      },
      onReset: () => this.#resetView(),
      onHint: () => line.hint("Click the figure, or hold Ctrl, to zoom with the wheel"),
    });
    stage.addEventListener("pointerdown", () => stage.classList.add("pointed"), { signal });
    stage.addEventListener("keydown", () => stage.classList.remove("pointed"), { signal });
    stage.addEventListener("blur", () => stage.classList.remove("pointed"), { signal });
    const keys: Record<string, () => void> = {
      p: () => this.#actions().togglePlay(),
      ",": () => this.#actions().seek(this.player.step - 1),
      ".": () => this.#actions().seek(this.player.step + 1),
    };
    stage.addEventListener(
      "keydown",
      (event) => {
        const act = keys[event.key];
        if (!act || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey)
          return;
        if (this.player.steps === 0) return;
        event.preventDefault();
        act();
      },
      { signal },
    );
    watchScheme((scheme) => {
      this.#scheme = scheme;
      this.refresh();
    }, signal);
    this.#still.addEventListener(
      "change",
      () => {
        this.camera.eased = !this.#still.matches;
        if (this.#still.matches) this.player.pause();
        this.refresh();
      },
      { signal },
    );
    host.addEventListener("fullscreenchange", () => this.#update(), { signal });
    const observer = new ResizeObserver(() => this.#resize());
    observer.observe(stage);
    signal.addEventListener("abort", () => observer.disconnect(), { once: true });
  }

  #resize(): void {
    const { clientWidth, clientHeight } = this.#parts.stage;
    if (clientWidth === 0 || clientHeight === 0) return;
    const { width, height } = this.camera.size;
    if (clientWidth === width && clientHeight === height) return;
    this.camera.resize(clientWidth, clientHeight);
    this.#renderer.resize();
    // Until the reader has chosen a view, the figure fits whatever room it is given.
    const settled = this.#store.settings.camera !== null || this.#moved;
    if (!settled)
      frameFigure(this.camera, this.#store.settings, this.#picture.layout.placed, false);
    this.redraw();
  }

  #dispose(): void {
    this.#loop.dispose();
    const { stage, toolbar } = this.#parts;
    for (const part of [stage, toolbar.bar, ...toolbar.panels]) part.remove();
  }
}
