/** State of a page ⇄ the fragment of its address; the same format as mmbook/link.py. */
import { deflateSync, Inflate, strFromU8, strToU8 } from "fflate";
import { LinkError } from "./errors.ts";
import type { Patch } from "./settings.ts";

const VERSION = 1;
/** The most that a fragment's JSON may have, in UTF-8; as in mmbook/link.py. */
const MAX_BYTES = 1_000_000;
/** A thousandfold at most comes out of this much: no link can fill the memory. */
const INFLATE_STEP = 4096;

export interface CellState {
  /** The code, where it is not the book's. */
  source?: string;
  /** Whether it had run. */
  ran?: boolean;
}

export interface PageState {
  /** By id: what turns the published figure into the one on the screen. */
  figures: Record<string, Patch>;
  cells: Record<string, CellState>;
  /** By id of a figure that has stages: the one that is shown, where it is not the first. */
  stages?: Record<string, string>;
}

/** Whether a fragment is one of ours; headings have fragments too. */
export function isLink(fragment: string): boolean {
  return /^#?mm=/.test(fragment);
}

/**
 * The fragment, `#` included, that carries `state`; empty where it says nothing. Throws a
 * LinkError where the state is too large for a link.
 */
export function encode(state: PageState): string {
  const { figures, cells, stages = {} } = state;
  if ([figures, cells, stages].every((part) => Object.keys(part).length === 0)) return "";
  const data = strToU8(JSON.stringify(state));
  if (data.length > MAX_BYTES) {
    throw new LinkError("the state is too large for a link", {
      given: `${data.length} bytes`,
      possible: `at most ${MAX_BYTES}`,
      remedy: "Copy the code instead.",
    });
  }
  return `#mm=${VERSION}.${toBase64(deflateSync(data, { level: 9 }))}`;
}

/** The state that a fragment carries. Throws a LinkError where there is none or it is damaged. */
export function decode(fragment: string): PageState {
  const match = /^#?mm=(\d{1,9})\.(.*)$/s.exec(fragment.trim());
  if (!match) {
    throw new LinkError("this link carries no state", {
      given: fragment,
      possible: `#mm=${VERSION}.… at its end`,
    });
  }
  if (Number(match[1]) !== VERSION) {
    throw new LinkError("this link is of an unknown version", {
      given: match[1],
      possible: String(VERSION),
      remedy: "A newer edition of the book may open it.",
    });
  }
  const text = inflate(fromBase64(match[2] ?? ""));
  let state: unknown;
  try {
    state = JSON.parse(text);
  } catch (cause) {
    throw new LinkError("the link is damaged: it holds no JSON", { cause });
  }
  return checked(state);
}

function inflate(data: Uint8Array): string {
  const pieces: Uint8Array[] = [];
  let length = 0;
  let ended = false;
  const stream = new Inflate((piece, final) => {
    length += piece.length;
    ended ||= final;
    pieces.push(piece);
  });
  try {
    for (let at = 0; at < data.length && length <= MAX_BYTES; at += INFLATE_STEP) {
      stream.push(data.subarray(at, at + INFLATE_STEP), at + INFLATE_STEP >= data.length);
    }
  } catch (cause) {
    throw new LinkError("the link is damaged: it cannot be unpacked", { cause });
  }
  if (length > MAX_BYTES) {
    throw new LinkError("the link is too large", { possible: `at most ${MAX_BYTES} bytes` });
  }
  if (!ended) throw new LinkError("the link is damaged: its end is missing");
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(whole);
  } catch (cause) {
    throw new LinkError("the link is damaged: it holds no text", { cause });
  }
}

function checked(state: unknown): PageState {
  const { figures = {}, cells = {}, stages, ...rest } = object(state, "the state");
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined) {
    throw new LinkError("the link is damaged: unknown part", {
      given: unknown,
      possible: ["figures", "cells", "stages"],
    });
  }
  const result: PageState = { figures: {}, cells: {} };
  for (const [id, patch] of Object.entries(object(figures, "figures"))) {
    define(result.figures, id, object(patch, `figures.${id}`) as Patch);
  }
  for (const [id, cell] of Object.entries(object(cells, "cells"))) {
    define(result.cells, id, cellState(object(cell, `cells.${id}`), `cells.${id}`));
  }
  if (stages === undefined) return result;
  const names: Record<string, string> = {};
  for (const [id, name] of Object.entries(object(stages, "stages"))) {
    if (typeof name !== "string")
      throw new LinkError("the link is damaged: a stage is a name", { given: name, where: id });
    define(names, id, name);
  }
  return { ...result, stages: names };
}

function cellState(cell: Record<string, unknown>, where: string): CellState {
  const types: Record<keyof CellState, string> = { source: "string", ran: "boolean" };
  for (const [key, value] of Object.entries(cell)) {
    if (!Object.hasOwn(types, key) || typeof value !== types[key as keyof CellState]) {
      throw new LinkError("the link is damaged: not what a cell remembers", {
        given: key,
        possible: "source (text), ran (true or false)",
        where,
      });
    }
  }
  return cell;
}

function object(value: unknown, where: string): Record<string, unknown> {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>;
  }
  throw new LinkError("the link is damaged: not an object", { given: value, where });
}

/** Ids are foreign text: `__proto__` must stay a plain key. */
function define<T>(target: Record<string, T>, key: string, value: T): void {
  Object.defineProperty(target, key, {
    value,
    enumerable: true,
    writable: true,
    configurable: true,
  });
}

function toBase64(bytes: Uint8Array): string {
  return btoa(strFromU8(bytes, true)).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

function fromBase64(text: string): Uint8Array {
  const stray = /[^A-Za-z0-9_-]/.exec(text.replace(/={1,2}$/, ""));
  if (stray) {
    throw new LinkError("the link is damaged: a character does not belong in it", {
      given: stray[0],
    });
  }
  try {
    const padded = text.replace(/=+$/, "").replaceAll("-", "+").replaceAll("_", "/");
    return strToU8(atob(padded), true);
  } catch (cause) {
    throw new LinkError("the link is damaged: its end is missing", { cause });
  }
}
