/** What the reader can do to a figure with buttons and keys. */
import type { ToolbarActions } from "../toolbar/toolbar.ts";
import type { Cause } from "./events.ts";
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
  copyLink: () => Promise<void>;
}

export function createActions(stage: Stage): ToolbarActions {
  const { host, player, copyLink, resetView } = stage;
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
    seek(step) {
      player.pause();
      player.seek(step);
      moved();
    },
    resetView,
    set: (group, option, value) => set((store) => store.set(group, option, value)),
    restoreLook: () => set((store) => store.restore()),
    copyLink,
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

/** Keys of the animation, while the stage itself has the focus. */
export function listenTransportKeys(
  stage: HTMLElement,
  player: Player,
  actions: ToolbarActions,
  signal: AbortSignal,
): void {
  const keys: Record<string, () => void> = {
    p: () => actions.togglePlay(),
    ",": () => actions.seek(player.step - 1),
    ".": () => actions.seek(player.step + 1),
  };
  stage.addEventListener(
    "keydown",
    (event) => {
      const { defaultPrevented, ctrlKey, metaKey, altKey } = event;
      const act = keys[event.key];
      if (!act || defaultPrevented || ctrlKey || metaKey || altKey || player.steps === 0) return;
      event.preventDefault();
      act();
    },
    { signal },
  );
}
