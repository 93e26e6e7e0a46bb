// @vitest-environment happy-dom
/** Who is heard and who is answered, on both sides. */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type Gate, openGate } from "../src/embed/gate.ts";
import type { Ask } from "../src/embed/protocol.ts";
import { Remote } from "../src/embed/remote.ts";

const BLOG = "https://blog.example";
const BOOK = "https://book.example";
const settled = () => new Promise((done) => setTimeout(done, 0));

let life: AbortController;
beforeEach(() => {
  life = new AbortController();
});
afterEach(() => life.abort());

describe("the framed page", () => {
  let gate: Gate;
  const sent: [message: unknown, origin: string][] = [];
  const asked: Ask[] = [];
  const greeted = vi.fn();
  const parent = {
    postMessage: (message: unknown, origin: string) => sent.push([message, origin]),
  };
  const view = Object.assign(new EventTarget(), { parent });

  const say = async (data: unknown, origin = BLOG, source: unknown = parent): Promise<void> => {
    view.dispatchEvent(Object.assign(new Event("message"), { data, origin, source }));
    await settled();
  };
  const HELLO = { mm: 1, id: 1, do: "hello" };

  beforeEach(() => {
    sent.length = 0;
    asked.length = 0;
    greeted.mockClear();
    gate = openGate(
      view as unknown as Window,
      async (ask) => {
        asked.push(ask);
        if (ask.do === "getArray") throw new Error("no such matrix");
        return ask.do === "hello" ? { mm: 1 } : null;
      },
      greeted,
      life.signal,
    );
  });

  test("says to anybody only that it is there", () => {
    expect(sent).toEqual([[{ mm: 1, event: "listening" }, "*"]]);
    gate.tell({ event: "error", message: "secret" });
    expect(sent).toHaveLength(1);
  });

  test("answers whoever greets, and tells that origin alone", async () => {
    await say(HELLO);
    expect(sent[1]).toEqual([{ mm: 1, re: 1, value: { mm: 1 } }, BLOG]);
    expect(greeted).toHaveBeenCalledOnce();
    gate.tell({ event: "error", message: "now" });
    expect(sent[2]).toEqual([{ mm: 1, event: "error", message: "now" }, BLOG]);
  });

  test("nothing is done before the greeting", async () => {
    await say({ mm: 1, id: 2, do: "play" });
    expect(asked).toEqual([]);
    expect(sent[1]).toEqual([{ mm: 1, re: 2, error: "Say hello first." }, BLOG]);
    gate.tell({ event: "error", message: "secret" });
    expect(sent).toHaveLength(2);
  });

  test("another window gets nothing, whatever its origin", async () => {
    await say(HELLO, BLOG, {});
    await say(HELLO, BLOG, null);
    await say(HELLO);
    await say({ mm: 1, id: 3, do: "getState" }, BLOG, {});
    expect(asked.map(({ do: what }) => what)).toEqual(["hello"]);
    expect(sent).toHaveLength(2);
  });

  test("another origin in the same window gets nothing once one has greeted", async () => {
    await say(HELLO);
    await say(HELLO, "https://other.example");
    await say({ mm: 1, id: 4, do: "getState" }, "https://other.example");
    expect(asked).toHaveLength(1);
    expect(sent).toHaveLength(2);
  });

  test("messages of others are not answered before the greeting", async () => {
    for (const data of [null, "x", { type: "resize" }]) await say(data);
    expect(sent).toHaveLength(1);
  });

  test("what goes wrong is one answer", async () => {
    await say(HELLO);
    await say({ mm: 1, id: 5, do: "getArray", path: "x" });
    await say(null);
    expect(sent.slice(2)).toEqual([
      [{ mm: 1, re: 5, error: "no such matrix" }, BLOG],
      [{ mm: 1, re: null, error: expect.stringMatching(/not a request/) }, BLOG],
    ]);
  });

  test("a parent without an origin is addressed by its window", async () => {
    await say(HELLO, "null");
    expect(sent[1]?.[1]).toBe("*");
    await say({ mm: 1, id: 6, do: "play" });
    expect(asked).toHaveLength(1);
  });
});

describe("the embedding page", () => {
  const sent: [message: { id: number; do: string }, origin: string][] = [];
  const frame = {
    postMessage: (message: { id: number; do: string }, origin: string) =>
      sent.push([message, origin]),
  };
  const heard: unknown[] = [];
  let remote: Remote;

  const say = async (data: unknown, origin = BOOK, source: unknown = frame): Promise<void> => {
    window.dispatchEvent(Object.assign(new Event("message"), { data, origin, source }));
    await settled();
  };

  beforeEach(() => {
    sent.length = 0;
    heard.length = 0;
    remote = new Remote(
      () => frame as unknown as Window,
      BOOK,
      (news) => heard.push(news),
      life.signal,
    );
  });

  test("greets the book's origin only, and asks once it has answered", async () => {
    expect(sent).toEqual([[{ mm: 1, id: 1, do: "hello" }, BOOK]]);
    const state = remote.ask("getState", {});
    await settled();
    expect(sent).toHaveLength(1);
    await say({ mm: 1, re: 1, value: { mm: 1 } });
    expect(sent[1]).toEqual([{ mm: 1, id: 2, do: "getState" }, BOOK]);
    await say({ mm: 1, re: 2, value: { expr: "A @ B" } });
    expect(await state).toEqual({ expr: "A @ B" });
  });

  test("hears neither another origin nor another window", async () => {
    await say({ mm: 1, re: 1, value: { mm: 1 } }, "https://other.example");
    await say({ mm: 1, re: 1, value: { mm: 1 } }, BOOK, {});
    await say({ mm: 1, event: "error", message: "no" }, "https://other.example");
    await say({ mm: 1, event: "error", message: "no" }, BOOK, null);
    await say({ event: "error" });
    expect(heard).toEqual([]);
    void remote.ask("play", {});
    await settled();
    expect(sent).toHaveLength(1);
  });

  test("is ready with the figure, and passes on the figure's own words", async () => {
    await say({ mm: 1, re: 1, value: { mm: 1 } });
    await say({ mm: 1, event: "ready", title: "t", ratio: 2 });
    await remote.ready;
    const refused = expect(remote.ask("seek", { step: 1 })).rejects.toThrow("no animation");
    await settled();
    await say({ mm: 1, re: 2, error: "no animation" });
    await refused;
    expect(heard).toEqual([{ mm: 1, event: "ready", title: "t", ratio: 2 }]);
  });

  test("a book that stays silent is told so", async () => {
    vi.useFakeTimers();
    const silent = new Remote(
      () => null,
      BOOK,
      () => undefined,
      life.signal,
    );
    const refused = expect(silent.ask("play", {})).rejects.toThrow(/book\.example.*framed/);
    await vi.advanceTimersByTimeAsync(60_000);
    await refused;
    vi.useRealTimers();
  });
});
