/**
 * What an embedding page and a framed figure say to each other by `postMessage`: plain JSON and
 * typed arrays, each message with the version `mm: 1`. Whatever arrives is checked here first.
 */
import { SettingsError } from "../errors.ts";
import type { FigureDescription } from "../figure/describe.ts";
import type { Cause } from "../figure/events.ts";
import type { Figure } from "../schema/figure.ts";
import { type Patch, soundPatch } from "../settings.ts";

export const PROTOCOL = 1;

export type Id = string | number;
export type OptionGroup = "layout" | "look" | "marks" | "animation";

/** What can be asked; `hello` comes first and tells the figure whom it answers. */
export type Ask =
  | { do: "hello" }
  | { do: "getState" }
  /** A JSON merge patch (RFC 7396) on the state. */
  | { do: "setState"; patch: Patch }
  | { do: "setOption"; group: OptionGroup; option: string; value: unknown }
  | { do: "getDescription" }
  | { do: "getArray"; path: string }
  /** Steps forward, or back where `by` is negative. */
  | { do: "step"; by: number }
  | { do: "seek"; step: number }
  | { do: "play" }
  | { do: "pause" }
  | { do: "link" };

export type Request = Ask & { mm: typeof PROTOCOL; id: Id };

/** What each of them gives. */
export interface Values {
  hello: { mm: typeof PROTOCOL };
  getState: Figure;
  setState: null;
  setOption: null;
  getDescription: FigureDescription;
  getArray: { shape: [number, number]; data: Float32Array };
  step: Progress;
  seek: Progress;
  play: Progress;
  pause: Progress;
  /** `page`: the figure in the book; `frame`: the figure alone. */
  link: { page: string; frame: string };
}

export interface Progress {
  /** The one on show; at `steps` the picture is the finished one. */
  step: number;
  steps: number;
  playing: boolean;
}

export type Answer =
  | { mm: typeof PROTOCOL; re: Id; value: Values[keyof Values] }
  /** `re` is null where the request had no usable id. */
  | { mm: typeof PROTOCOL; re: Id | null; error: string };

/** What the figure says unasked. */
export type News =
  /** The page stands and can be greeted; says nothing about the figure, and to anybody. */
  | { event: "listening" }
  /** The first frame; `ratio` is width over height of what is drawn. */
  | { event: "ready"; title: string; ratio: number }
  | { event: "state"; cause: Cause; state: Figure }
  | ({ event: "step" } & Progress)
  | { event: "error"; message: string };

export type NewsMessage = News & { mm: typeof PROTOCOL };
export type FromFrame = Answer | NewsMessage;

const ASKED: Readonly<Record<Ask["do"], (given: Fields) => Ask>> = {
  hello: () => ({ do: "hello" }),
  getState: () => ({ do: "getState" }),
  setState: ({ patch }) => ({ do: "setState", patch: sound(patch) }),
  setOption: ({ group, option, value }) => {
    const name = text(option, "option");
    const within = oneOf(group, "group", ["layout", "look", "marks", "animation"] as const);
    // An option that is not there, or a value that does not fit, is found by the schema.
    sound({ [within]: Object.fromEntries([[name, value]]) });
    return { do: "setOption", group: within, option: name, value };
  },
  getDescription: () => ({ do: "getDescription" }),
  getArray: ({ path }) => ({ do: "getArray", path: text(path, "path") }),
  step: ({ by = 1 }) => ({ do: "step", by: whole(by, "by") }),
  seek: ({ step }) => ({ do: "seek", step: whole(step, "step") }),
  play: () => ({ do: "play" }),
  pause: () => ({ do: "pause" }),
  link: () => ({ do: "link" }),
};

type Fields = Readonly<Record<string, unknown>>;

/** Whether a message wants to be one of these at all; a page hears many others. */
export function isOurs(data: unknown): data is Fields {
  return typeof data === "object" && data !== null && "mm" in data;
}

/** The id to answer with, if the message has a usable one. */
export function idOf(data: unknown): Id | null {
  const id = isOurs(data) ? data.id : null;
  return typeof id === "string" || Number.isFinite(id) ? (id as Id) : null;
}

/** The request that a message is. @throws SettingsError, with what was wrong */
export function readRequest(data: unknown): Request {
  if (!isOurs(data))
    throw new SettingsError("not a request", { given: data, possible: "{mm: 1, …}" });
  if (data.mm !== PROTOCOL) {
    throw new SettingsError("an unknown version of the protocol", {
      given: data.mm,
      possible: String(PROTOCOL),
    });
  }
  const id = idOf(data);
  if (id === null) {
    throw new SettingsError("a request without an id", {
      given: data.id,
      possible: "a text or a number",
    });
  }
  const what = oneOf(data.do, "do", Object.keys(ASKED) as Ask["do"][]);
  return { ...ASKED[what](data), mm: PROTOCOL, id };
}

function sound(given: unknown): Patch {
  const { patch, problems } = soundPatch(given);
  // All or nothing: whoever writes a program wants to hear of a slip.
  if (problems[0]) throw problems[0];
  return patch;
}

function text(given: unknown, where: string): string {
  if (typeof given === "string" && given !== "") return given;
  throw new SettingsError("of the wrong type", { where, given, possible: "a text" });
}

function whole(given: unknown, where: string): number {
  if (Number.isSafeInteger(given)) return given as number;
  throw new SettingsError("out of range", { where, given, possible: "a whole number" });
}

function oneOf<T extends string>(given: unknown, where: string, choices: readonly T[]): T {
  if (choices.includes(given as T)) return given as T;
  throw new SettingsError("not one of the choices", { where, given, possible: choices });
}
