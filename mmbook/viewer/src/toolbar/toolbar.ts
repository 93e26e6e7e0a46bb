/** The bar under the picture: transport, view, controls, link, full screen, help. */
import { messageOf } from "../errors.ts";
import { make } from "../figure/markup.ts";
import { iconButton } from "./button.ts";
import { createDialog } from "./dialog.ts";
import { helpContent } from "./help.ts";
import { createTransport, type TransportActions, type TransportView } from "./transport.ts";

export interface ToolbarActions extends TransportActions {
  resetView(): void;
  /** Goes to the controls where the page has a place for them; returns whether it has one. */
  showControls(): boolean;
  /** Fills an element with the figure's controls. */
  loadControls(into: HTMLElement): Promise<void>;
  /** Resolves once the link lies on the clipboard. Absent where a figure has no address. */
  copyLink?(): Promise<void>;
  /** Absent where the browser cannot show one element on the full screen. */
  toggleFullscreen?(): void;
}

export interface ToolbarView {
  transport: TransportView | null;
  fullscreen: boolean;
}

export interface Toolbar {
  readonly bar: HTMLElement;
  /** The panels, which lie over the picture. */
  readonly panels: readonly HTMLElement[];
  update(view: ToolbarView): void;
}

/** How long the copy button shows its answer, in milliseconds. */
const ANSWER_SHOWN = 1800;

/** The controls come when they are first asked for, and once more where they could not come. */
function createControls({ loadControls }: ToolbarActions): { element: HTMLElement; load(): void } {
  const element = make("div", { class: "controls" });
  let loading = false;
  return {
    element,
    load() {
      if (loading) return;
      loading = true;
      element.textContent = "The controls are coming.";
      loadControls(element).catch((error: unknown) => {
        loading = false;
        element.textContent = `The controls could not be loaded. ${messageOf(error)}`;
      });
    },
  };
}

export function createToolbar(actions: ToolbarActions, signal: AbortSignal): Toolbar {
  const transport = createTransport(actions, signal);
  const controls = createControls(actions);

  const reset = iconButton("reset", "Show the whole figure", actions.resetView, signal);
  const look = iconButton(
    "look",
    "Controls",
    () => {
      manual.close();
      if (actions.showControls()) return;
      settings.toggle();
      if (settings.open) controls.load();
    },
    signal,
  );
  const settings = createDialog("Controls", controls.element, look.element, signal, {
    tall: true,
  });
  const help = iconButton(
    "help",
    "Keys and gestures",
    () => {
      settings.close();
      manual.toggle();
    },
    signal,
  );
  const manual = createDialog("Keys and gestures", helpContent(), help.element, signal);

  const said = make("span", { class: "said", role: "status" });
  let answer: ReturnType<typeof setTimeout> | undefined;
  const tell = (name: "done" | "link", text: string): void => {
    link.show(name, text);
    said.textContent = text;
    clearTimeout(answer);
    answer = setTimeout(() => {
      link.show("link", COPY);
      said.textContent = "";
    }, ANSWER_SHOWN);
  };
  const COPY = "Copy a link to this view";
  const link = iconButton(
    "link",
    COPY,
    () => {
      actions.copyLink?.().then(
        () => tell("done", "Link copied"),
        () => tell("link", "The link could not be copied: it stands in the address bar"),
      );
    },
    signal,
  );
  signal.addEventListener("abort", () => clearTimeout(answer), { once: true });

  const buttons = [reset.element, look.element];
  if (actions.copyLink) buttons.push(link.element);
  const { toggleFullscreen } = actions;
  const screen = toggleFullscreen
    ? iconButton("expand", "Full screen", () => toggleFullscreen(), signal)
    : null;
  if (screen) buttons.push(screen.element);
  buttons.push(help.element);

  const bar = make(
    "div",
    { class: "bar", role: "group", "aria-label": "Figure controls" },
    transport.element,
    transport.words,
    make("div", { class: "buttons" }, said, ...buttons),
  );

  return {
    bar,
    panels: [settings.element, manual.element],
    update(view) {
      transport.update(view.transport);
      screen?.show(
        view.fullscreen ? "shrink" : "expand",
        view.fullscreen ? "Leave full screen" : "Full screen",
      );
    },
  };
}
