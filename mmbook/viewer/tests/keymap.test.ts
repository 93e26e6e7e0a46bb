/** The one table of keys: every key has a listener, every listener a key, and no key two meanings. */
import { describe, expect, test } from "vitest";
import { MOVES, RESET } from "../src/camera/keys.ts";
import { motionKeys } from "../src/figure/actions.ts";
import { ACTIONS, actionOf, KEYS, keyOf, SECTIONS } from "../src/figure/keymap.ts";
import { LENS_KEYS } from "../src/inspect/magnifier.ts";
import { WALK_KEYS } from "../src/inspect/reader.ts";

const event = (key: string, more: Partial<KeyboardEvent> = {}): KeyboardEvent =>
  ({
    key,
    shiftKey: false,
    ctrlKey: false,
    altKey: false,
    metaKey: false,
    defaultPrevented: false,
    ...more,
  }) as KeyboardEvent;

describe("the table", () => {
  test("names exactly the actions that somebody listens for", () => {
    const none = null as never;
    const heard = [
      ...Object.keys(MOVES),
      RESET,
      ...Object.keys(motionKeys(none, none, none)),
      ...LENS_KEYS,
      ...WALK_KEYS,
    ];
    expect([...ACTIONS].sort()).toEqual([...new Set(heard)].sort());
  });

  test.each(["looking", "walking"])("gives no key two meanings while %s", (mode) => {
    const keys = KEYS.flatMap(({ rows }) => rows)
      .filter((row) => row.mode === mode || row.mode === "always")
      .flatMap(({ bind }) => Object.keys(bind));
    expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([]);
  });

  test("every line says what is pressed and what it does, and its mode is one of three", () => {
    for (const { rows } of SECTIONS)
      for (const { press, does } of rows) expect([press, does]).not.toContain("");
    const modes = KEYS.flatMap(({ rows }) => rows.map(({ mode }) => mode));
    expect(new Set(modes)).toEqual(new Set(["looking", "walking", "always"]));
  });

  test("shows every key that it binds", () => {
    const shown: Record<string, RegExp> = {
      " ": /Space/,
      "=": /\+/,
      _: /−/,
      "-": /−/,
      PageUp: /Page Up/,
      PageDown: /Page Down/,
    };
    for (const { rows } of KEYS)
      for (const { press, bind } of rows)
        for (const key of Object.keys(bind)) {
          const name = key.replace(/^(Ctrl|Shift)\+/, "");
          if (name.startsWith("Arrow")) expect(press.toLowerCase()).toContain("arrows");
          else if (shown[name]) expect(press).toMatch(shown[name]);
          else expect(press.toLowerCase()).toContain(name.toLowerCase());
        }
  });
});

describe("a key", () => {
  test("is written with Shift only where the key itself does not show it", () => {
    expect(keyOf(event("P", { shiftKey: true }))).toBe("p");
    expect(keyOf(event(">", { shiftKey: true }))).toBe(">");
    expect(keyOf(event("ArrowLeft", { shiftKey: true }))).toBe("Shift+ArrowLeft");
    expect(keyOf(event("Home", { ctrlKey: true }))).toBe("Ctrl+Home");
  });

  test("means one thing while looking and another while walking", () => {
    expect(actionOf(event("ArrowLeft"), "looking")).toBe("turn-left");
    expect(actionOf(event("ArrowLeft"), "walking")).toBe("cell-left");
    expect(actionOf(event("Enter"), "walking")).toBe("say-again");
  });

  test("that the table does not know, or that belongs to the browser, means nothing", () => {
    expect(actionOf(event("Tab"), "walking")).toBeNull();
    expect(actionOf(event("x"), "looking")).toBeNull();
    expect(actionOf(event("p", { ctrlKey: true }), "looking")).toBeNull();
    expect(actionOf(event("p", { metaKey: true }), "looking")).toBeNull();
    expect(actionOf(event("ArrowLeft", { altKey: true }), "looking")).toBeNull();
    expect(actionOf(event("p", { defaultPrevented: true }), "looking")).toBeNull();
  });
});
