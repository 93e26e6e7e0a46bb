/** What the reader can do to a figure with buttons and keys. */
import { nextSpeed } from "../toolbar/speed.ts";
import type { ToolbarActions } from "../toolbar/toolbar.ts";
import type { MmFigure } from "./element.ts";
import type { Cause } from "./events.ts";
import { actionOf } from "./keymap.ts";
import type { Player } from "./player.ts";
import type { Store } from "./store.ts";

export interface Stage {
  host: HTMLElement;
  player: Player;
  store: () => Store;
  /** Notes camera and step in the store. */
  note: () => void;
  /** The settings in the store changed. */
  refresh: () => void;
  redraw: () => void;
  resetView: () => void;
  told: (cause: Cause) => void;
  copyLink: (() => Promise<void>) | null;
  signal: AbortSignal;
}

export function createActions(stage: Stage): ToolbarActions {
  const { host, player, copyLink, resetView, signal } = stage;
  const moved = (): void => {
    stage.redraw();
    stage.note();
    stage.told("step");
  };
  const set = (change: (store: Store) => void): void => {
    stage.note();
    change(stage.store());
    stage.refresh();
    stage.note();
    stage.told("setting");
  };
  return {
    togglePlay() {
      if (player.playing) player.pause();
      else player.play();
      moved();
    },
    toggleMotion() {
      const turns = stage.store().settings.animation.spin !== 0;
      const moving = player.playing || (turns && player.turning);
      if (moving) player.pause();
      else player.play();
      player.turning = !moving;
      stage.refresh();
      moved();
    },
    seek(step) {
      player.pause();
      player.seek(step);
      moved();
    },
    restart() {
      player.seek(0);
      moved();
    },
    setSpeed: (speed) => set((store) => store.set("animation", "speed", speed)),
    setLoop: (loop) => set((store) => store.set("animation", "loop", loop)),
    resetView,
    showControls: () => !host.dispatchEvent(new Event("mm-controls", { cancelable: true })),
    loadControls: async (into) => {
      const { openPanel } = await import("../panel/open.ts");
      if (!signal.aborted)
        openPanel(host as MmFigure, into, { signal, ...(copyLink && { copyLink }) });
    },
    ...(copyLink && { copyLink }),
    ...(document.fullscreenEnabled && {
      toggleFullscreen() {
        const change =
          document.fullscreenElement === host
            ? document.exitFullscreen()
            : host.requestFullscreen();
        // Refused where the page is embedded without the permission: the figure stays as it is.
        change.catch(() => undefined);
      },
    }),
  };
}

/** What the keys of the animation do; where nothing moves they are the page's. */
export function motionKeys(
  player: Player,
  store: () => Store,
  actions: ToolbarActions,
): Readonly<Record<string, () => void>> {
  const speed = (up: boolean) => () =>
    actions.setSpeed(nextSpeed(store().settings.animation.speed, up));
  return {
    play: () => actions.togglePlay(),
    "step-and-pause": () => actions.seek(player.step + 1),
    "step-back": () => actions.seek(player.step - 1),
    restart: () => actions.restart(),
    slower: speed(false),
    faster: speed(true),
    motion: () => actions.toggleMotion(),
  };
}

/** While the stage itself has the focus. */
export function listenMotionKeys(
  stage: HTMLElement,
  player: Player,
  store: () => Store,
  actions: ToolbarActions,
  signal: AbortSignal,
): void {
  const keys = motionKeys(player, store, actions);
  stage.addEventListener(
    "keydown",
    (event) => {
      if (event.target !== stage) return;
      const name = actionOf(event, "looking");
      const act = name === null ? undefined : keys[name];
      const turns = name === "motion" && store().settings.animation.spin !== 0;
      if (!act || (player.steps === 0 && !turns)) return;
      event.preventDefault();
      // Pages have keys of their own, which may be the same.
      event.stopPropagation();
      act();
    },
    { signal },
  );
}
