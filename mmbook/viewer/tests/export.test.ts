// @vitest-environment happy-dom
/** Exports' pure parts: sizes, cycles, PNG, SVG text, fetching on the reader's word. */
import { inflateSync } from "node:zlib";
import { afterEach, describe, expect, test, vi } from "vitest";
import { Camera } from "../src/camera.ts";
import { leastEvery, shotsOf } from "../src/export/cycle.ts";
import { spread } from "../src/export/gif.ts";
import { paperOf } from "../src/export/paper.ts";
import { sizeOf } from "../src/export/picture.ts";
import { encodePng } from "../src/export/png.ts";
import { withFallback } from "../src/export/svg/lettering.ts";
import { polygon, segment } from "../src/export/svg/projection.ts";
import { element, escaped } from "../src/export/svg/xml.ts";
import { lines } from "../src/export/title.ts";
import { fetchData, MOST_BYTES, permitted } from "../src/playground/fetching.ts";

describe("size", () => {
  const plate = { width: 1000, height: 500 };
  test("keeps the plate's proportions", () => {
    expect(sizeOf(plate, 3000)).toEqual({ width: 3000, height: 1500 });
    expect(sizeOf({ width: 360, height: 500 }, 180)).toEqual({ width: 180, height: 250 });
  });
  test.each([0, -1, 1.5, Number.NaN, 40_000])("%s is refused, with the largest", (width) => {
    expect(() => sizeOf(plate, width)).toThrow(/Possible: 1 to (\d+) pixels wide/);
  });
  test("the largest that is named is possible, and no larger one", () => {
    for (const shape of [plate, { width: 100, height: 1000 }, { width: 400, height: 10 }]) {
      let message = "";
      try {
        sizeOf(shape, 1e6);
      } catch (error) {
        message = String(error);
      }
      const largest = Number(/1 to (\d+) pixels/.exec(message)?.[1]);
      const { width, height } = sizeOf(shape, largest);
      expect(Math.max(width, height)).toBeLessThanOrEqual(32_767);
      expect(() => sizeOf(shape, largest + 1)).toThrow();
    }
  });
});

describe("a cycle", () => {
  const options = { width: 640, speed: 10, pause: 1.5, every: 1 };
  test("has every step and the finished picture, which stays for the pause", () => {
    const shots = shotsOf(12, options, 600);
    expect(shots.map(({ step }) => step)).toEqual([...Array(13).keys()]);
    expect(shots.at(-1)).toEqual({ step: 12, at: 1.2, seconds: 1.5 });
    const sparse = shotsOf(12, { ...options, every: 5 }, 600).map(({ step }) => step);
    expect(sparse).toEqual([0, 5, 10, 12]);
  });
  test("that is too long says what fits", () => {
    expect(() => shotsOf(4096, options, 600)).toThrow(/up to 600 frames.*every 7 steps/);
    const every = leastEvery(4096, 600);
    expect(shotsOf(4096, { ...options, every }, 600).length).toBeLessThanOrEqual(600);
    expect(() => shotsOf(4096, { ...options, every: every - 1 }, 600)).toThrow();
  });
  test.each([{ speed: 0 }, { width: 10 }, { pause: -1 }, { every: Number.NaN }])(
    "%o is out of range",
    (wrong) => expect(() => shotsOf(5, { ...options, ...wrong }, 600)).toThrow(/out of range/),
  );
  test("without steps is none", () => {
    expect(() => shotsOf(0, options, 600)).toThrow(/no animation/);
  });
  test("is sampled from its first to its last frame", () => {
    expect(spread([...Array(100).keys()], 4)).toEqual([0, 33, 66, 99]);
    expect(spread([1, 2], 4)).toEqual([1, 2]);
  });
});

test.each([true, false])("a PNG holds the pixels it was given, clear: %s", async (clear) => {
  const [width, height] = [5, 7];
  const pixels = Uint8ClampedArray.from({ length: 4 * width * height }, (_, n) => (n * 89) % 256);
  async function* strips() {
    yield pixels.subarray(0, 4 * width * 3);
    yield pixels.subarray(4 * width * 3);
  }
  const options = { width, height, clear, ratio: 2, texts: { Title: "Größe" } };
  const bytes = new Uint8Array(await (await encodePng(options, strips())).arrayBuffer());
  const view = new DataView(bytes.buffer);
  const packed: Uint8Array[] = [];
  for (let at = 8; at < bytes.length; at += 12 + view.getUint32(at)) {
    const name = new TextDecoder().decode(bytes.subarray(at + 4, at + 8));
    const data = bytes.subarray(at + 8, at + 8 + view.getUint32(at));
    if (name === "IDAT") packed.push(data);
    if (name === "iTXt") expect(new TextDecoder().decode(data)).toBe("Title\0\0\0\0\0Größe");
  }
  const rows = inflateSync(Buffer.concat(packed));
  const channels = clear ? 4 : 3;
  // Paeth's predictor, undone.
  const found: number[][] = [];
  for (let row = 0; row < height; row += 1) {
    const here: number[] = [];
    const start = row * (1 + width * channels);
    expect(rows[start]).toBe(4);
    for (let n = 0; n < width * channels; n += 1) {
      const a = here[n - channels] ?? 0;
      const b = found[row - 1]?.[n] ?? 0;
      const c = found[row - 1]?.[n - channels] ?? 0;
      const p = a + b - c;
      const nearest = [a, b, c].reduce((x, y) => (Math.abs(p - y) < Math.abs(p - x) ? y : x));
      here.push(((rows[start + 1 + n] ?? 0) + nearest) & 255);
    }
    found.push(here);
  }
  const given = [...pixels].filter((_, n) => clear || n % 4 < 3);
  expect(found.flat()).toEqual(given);
});

describe("SVG", () => {
  test("any text is well-formed", () => {
    const text = 'a<b>&"\u0000\ud800\u{1f600}';
    const svg = element("text", { x: 1 / 3, title: text, none: null }, escaped(text));
    const parsed = new DOMParser().parseFromString(svg, "application/xml");
    expect(parsed.documentElement.getAttribute("title")).toBe('a<b>&"\ufffd\ufffd\u{1f600}');
    expect(svg).toContain('x="0.33"');
    expect(svg).not.toContain("none");
  });
  test("a family's list ends with a generic one", () => {
    expect(withFallback('"Source Sans 3", system-ui', "sans-serif")).toBe(
      '"Source Sans 3", system-ui',
    );
    expect(withFallback("Menlo", "monospace")).toBe("Menlo, monospace");
  });
  test("what lies behind the camera is cut off", () => {
    const camera = new Camera({ eased: false });
    camera.resize(200, 100);
    camera.state = { position: [0, 0, 10], target: [0, 0, 0] };
    expect(segment(camera, [0, 0, 20], [0, 0, 30])).toBeNull();
    expect(segment(camera, [0, 0, 0], [0, 0, 30])).not.toBeNull();
    const face = polygon(camera, [
      [-1, -1, 0],
      [1, -1, 0],
      [1, -1, 30],
      [-1, -1, 30],
    ]);
    expect(face?.every(({ x, y }) => Number.isFinite(x) && y > 50)).toBe(true);
  });
});

test("a title is broken between words", () => {
  expect(lines("one two three", (line) => line.length <= 7)).toEqual(["one two", "three"]);
  expect(lines("  ", () => true)).toEqual([]);
});

test("paper of the other theme does not have the page's colours", () => {
  const stage = document.createElement("div");
  stage.style.cssText = "background-color: rgb(1, 2, 3); color: rgb(4, 5, 6)";
  document.body.append(stage);
  expect(paperOf({ theme: "light", stage }, "light").background).toBe("rgb(1, 2, 3)");
  expect(paperOf({ theme: "light", stage }, "clear-dark")).toMatchObject({
    background: "#12141a",
    clear: true,
    theme: "dark",
  });
});

describe("data from elsewhere", () => {
  const policy = "default-src 'self'; connect-src 'self' https://data.example.org";
  test.each([
    ["https://data.example.org/x.csv", true],
    ["https://data.example.org:8443/x.csv", false],
    ["http://data.example.org/x.csv", false],
    ["https://elsewhere.org/x.csv", false],
    ["https://book.org/x.csv", true],
  ])("%s is allowed: %s", (address, allowed) => {
    expect(permitted(address, policy, "https://book.org")).toBe(allowed);
    expect(permitted(address, null, "https://book.org")).toBe(true);
    expect(permitted(address, "default-src 'none'", "https://book.org")).toBe(false);
  });

  afterEach(() => vi.unstubAllGlobals());
  const from = "https://data.example.org/x.csv";
  const never = new AbortController().signal;
  const answer = (body: BodyInit | null, init?: ResponseInit) =>
    vi.stubGlobal("fetch", async () => new Response(body, init));

  test("its bytes arrive, and nothing is sent along", async () => {
    const asked = vi.fn(async (_: string, __: RequestInit) => new Response("1,2\n"));
    vi.stubGlobal("fetch", asked);
    expect(new TextDecoder().decode(await fetchData(from, never, () => {}))).toBe("1,2\n");
    const [, init] = asked.mock.calls[0] ?? [];
    expect(init).toMatchObject({ credentials: "omit", referrerPolicy: "no-referrer" });
  });
  test("a page that says it is not there is not read as data", async () => {
    answer("<html>", { status: 404 });
    await expect(fetchData(from, never, () => {})).rejects.toThrow(/status 404.*Download/);
  });
  test("what is too large is refused before it is read", async () => {
    answer("1", { headers: { "Content-Length": `${MOST_BYTES + 1}` } });
    await expect(fetchData(from, never, () => {})).rejects.toThrow(/up to 64 MiB/);
  });
  test("a host that refuses is named", async () => {
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("Failed to fetch")));
    await expect(fetchData(from, never, () => {})).rejects.toThrow(/data\.example\.org cannot be/);
  });
  test("one that never answers is given up, and the reader can cancel", async () => {
    vi.stubGlobal(
      "fetch",
      (_: string, { signal }: RequestInit) =>
        new Promise((_done, fail) => signal?.addEventListener("abort", () => fail(signal.reason))),
    );
    await expect(fetchData(from, never, () => {}, 20)).rejects.toThrow(/does not answer/);
    const controller = new AbortController();
    const fetched = fetchData(from, controller.signal, () => {});
    controller.abort();
    await expect(fetched).rejects.toMatchObject({ name: "AbortError" });
  });
});
