// @vitest-environment happy-dom
/** The bar: what its buttons are called, what they do, and that every setting is one of the schema. */
import { beforeEach, describe, expect, test, vi } from "vitest";
import { createToolbar, type ToolbarActions, type ToolbarView } from "../src/toolbar/toolbar.ts";

const transport = {
  step: 3,
  steps: 9,
  playing: false,
  words: "Row 3 of C",
  speed: 20,
  loop: true,
  turning: null,
};
const at = (view: Partial<ToolbarView> = {}): ToolbarView => ({
  transport,
  fullscreen: false,
  ...view,
});

let actions: { [K in keyof ToolbarActions]-?: ReturnType<typeof vi.fn> };
let root: HTMLElement;
let toolbar: ReturnType<typeof createToolbar>;
let life: AbortController;

beforeEach(() => {
  life = new AbortController();
  actions = {
    togglePlay: vi.fn(),
    toggleMotion: vi.fn(),
    seek: vi.fn(),
    restart: vi.fn(),
    setSpeed: vi.fn(),
    setLoop: vi.fn(),
    resetView: vi.fn(),
    showControls: vi.fn(() => false),
    loadControls: vi.fn(() => Promise.resolve()),
    copyLink: vi.fn(() => Promise.resolve()),
    toggleFullscreen: vi.fn(),
  };
  toolbar = createToolbar(actions as unknown as ToolbarActions, life.signal);
  root = document.createElement("div");
  root.append(toolbar.bar, ...toolbar.panels);
  document.body.replaceChildren(root);
  toolbar.update(at());
});

function button(name: string): HTMLButtonElement {
  const found = [...root.querySelectorAll("button")].filter(
    (one) => (one.getAttribute("aria-label") ?? one.textContent) === name,
  );
  if (found.length !== 1 || !found[0]) throw new Error(`${found.length} buttons named ${name}`);
  return found[0];
}

describe("the transport", () => {
  test("steps on and back by one from where the figure is", () => {
    button("Step").click();
    button("Step back").click();
    expect(actions.seek.mock.calls).toEqual([[4], [2]]);
  });

  test("cannot leave the animation at either end", () => {
    toolbar.update(at({ transport: { ...transport, step: 0 } }));
    expect(button("Step back").disabled).toBe(true);
    toolbar.update(at({ transport: { ...transport, step: 9 } }));
    expect(button("Step").disabled).toBe(true);
  });

  test("says the step in words, to eyes and to screen readers", () => {
    const slider = root.querySelector<HTMLInputElement>(".transport input");
    expect(slider?.getAttribute("aria-valuetext")).toBe("Row 3 of C");
    expect(slider?.value).toBe("3");
    expect(root.querySelector(".words")?.textContent).toBe("Row 3 of C");
  });

  test("offers what play would do", () => {
    button("Play").click();
    expect(actions.togglePlay).toHaveBeenCalledOnce();
    toolbar.update(at({ transport: { ...transport, playing: true } }));
    expect(button("Pause").title).toBe("Pause");
  });

  test("begins anew, at the reader's speed, once or for ever", () => {
    button("Restart").click();
    expect(actions.restart).toHaveBeenCalledOnce();
    expect(button("Begin again at the end").getAttribute("aria-pressed")).toBe("true");
    button("Begin again at the end").click();
    expect(actions.setLoop.mock.calls).toEqual([[false]]);
    const speed = root.querySelector<HTMLSelectElement>("select.speed");
    if (!speed) throw new Error("no speed");
    expect(speed.selectedOptions[0]?.textContent).toBe("20/s");
    speed.value = "60";
    speed.dispatchEvent(new Event("change"));
    expect(actions.setSpeed.mock.calls).toEqual([[60]]);
    toolbar.update(at({ transport: { ...transport, speed: 48 } }));
    expect(speed.value).toBe("48");
  });

  test("says a step aloud where the reader made it, and none while it plays", () => {
    vi.useFakeTimers();
    const said = root.querySelector(".transport [aria-live=polite]");
    const tell = (words: string, playing: boolean): string | null => {
      toolbar.update(at({ transport: { ...transport, words, playing } }));
      vi.advanceTimersByTime(1000);
      return said?.textContent ?? null;
    };
    expect(tell("Row 4 of C", true)).toBe("");
    expect(tell("Row 5 of C", false)).toBe("Row 5 of C");
    vi.useRealTimers();
  });

  test("of a figure that only turns stops the turning", () => {
    toolbar.update(at({ transport: { ...transport, steps: 0, step: 0, turning: true } }));
    button("Stop turning").click();
    expect(actions.toggleMotion).toHaveBeenCalledOnce();
    expect(button("Step").hidden).toBe(true);
    expect(root.querySelector<HTMLElement>(".words")?.hidden).toBe(true);
  });

  test("is not there for a figure that does not move", () => {
    toolbar.update(at({ transport: null }));
    expect(root.querySelector<HTMLElement>(".transport")?.hidden).toBe(true);
  });
});

describe("the controls", () => {
  test("are loaded when they are first opened, and again where that failed", async () => {
    actions.loadControls.mockRejectedValueOnce(new Error("no network"));
    expect(actions.loadControls).not.toHaveBeenCalled();
    button("Controls").click();
    const place = root.querySelector(".controls");
    await vi.waitFor(() => expect(place?.textContent).toMatch(/could not be loaded.*no network/));
    button("Controls").click();
    button("Controls").click();
    button("Controls").click();
    button("Controls").click();
    expect(actions.loadControls.mock.calls).toEqual([[place], [place]]);
  });

  test("are shown where the page has a place for them", () => {
    actions.showControls.mockReturnValueOnce(true);
    button("Controls").click();
    expect(actions.loadControls).not.toHaveBeenCalled();
    expect(root.querySelector<HTMLElement>("[role=dialog][aria-label=Controls]")?.hidden).toBe(
      true,
    );
  });
});

describe("panels", () => {
  const panel = (name: string) =>
    root.querySelector<HTMLElement>(`[role=dialog][aria-label="${name}"]`);

  test("open one at a time and give the focus back on Escape", () => {
    button("Controls").click();
    expect(panel("Controls")?.hidden).toBe(false);
    button("Keys and gestures").click();
    expect(panel("Controls")?.hidden).toBe(true);
    expect(panel("Keys and gestures")?.hidden).toBe(false);
    panel("Keys and gestures")?.dispatchEvent(
      new KeyboardEvent("keydown", { key: "Escape", bubbles: true }),
    );
    expect(panel("Keys and gestures")?.hidden).toBe(true);
    expect(document.activeElement).toBe(button("Keys and gestures"));
    expect(button("Keys and gestures").getAttribute("aria-expanded")).toBe("false");
  });
});

describe("the link", () => {
  test("says that it was copied, or why not", async () => {
    const status = (): string => root.querySelector("[role=status]")?.textContent ?? "";
    button("Copy a link to this view").click();
    await vi.waitFor(() => expect(status()).toBe("Link copied"));
    actions.copyLink.mockRejectedValueOnce(new Error("no"));
    button("Link copied").click();
    await vi.waitFor(() => expect(status()).toMatch(/address bar/));
  });

  test("nothing answers after the figure has gone", () => {
    life.abort();
    button("Step").click();
    expect(actions.seek).not.toHaveBeenCalled();
  });
});
