/** Every error the viewer raises on purpose: what is wrong, what was given, what was possible, what to do. */

const GIVEN_LENGTH = 120;

export interface ErrorFields {
  /** The value that was given; long values are shortened in the message. */
  given?: unknown;
  /** What could have been given instead. */
  possible?: string | readonly string[];
  /** What to do about it, as a sentence. */
  remedy?: string;
  /** The place: a path inside JSON, a file, the name of a matrix. */
  where?: string;
  cause?: unknown;
}

/** Base of all; `message` is the whole text for the reader. `problem` is a clause without a full stop. */
export class MmError extends Error {
  readonly problem: string;
  readonly given: unknown;
  readonly possible: string | readonly string[] | undefined;
  readonly remedy: string | undefined;
  readonly where: string | undefined;

  constructor(problem: string, fields: ErrorFields = {}) {
    super(sentences(problem, fields), "cause" in fields ? { cause: fields.cause } : undefined);
    this.name = new.target.name;
    this.problem = problem;
    this.given = fields.given;
    this.possible = fields.possible;
    this.remedy = fields.remedy;
    this.where = fields.where;
  }
}

/** A scene cannot be fetched, read or matched with its arrays. */
export class SceneError extends MmError {}

/** An .npz pack is damaged, too large, or holds something else than plain numbers. */
export class PackError extends MmError {}

/** An option does not exist or cannot take the value given. */
export class SettingsError extends MmError {}

/** A link's fragment cannot be read. */
export class LinkError extends MmError {}

/** The figure cannot be drawn: no WebGL2, a lost context, a matrix larger than a texture. */
export class RendererError extends MmError {}

/** The page's Python cannot be started or does not answer. */
export class WorkerError extends MmError {}

/** A text for the reader, whatever was thrown. */
export function messageOf(error: unknown): string {
  if (error instanceof Error && error.message) return error.message;
  return typeof error === "string" && error ? error : "An unknown error occurred.";
}

/** Whether `error` only says that somebody no longer wants the answer. */
export function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === "AbortError";
}

function sentences(problem: string, { given, possible, remedy, where }: ErrorFields): string {
  const place = where ? `${where}: ` : "";
  const value = given === undefined ? "" : ` (given: ${shown(given)})`;
  const parts = [`${place}${problem.replace(/\.$/, "")}${value}.`];
  const choices = typeof possible === "string" ? possible : possible?.join(", ");
  if (choices) parts.push(`Possible: ${choices.replace(/\.$/, "")}.`);
  if (remedy) parts.push(/[.!?]$/.test(remedy) ? remedy : `${remedy}.`);
  return parts.join(" ");
}

function shown(value: unknown): string {
  const text = typeof value === "string" && value.trim() ? value : json(value);
  return text.length <= GIVEN_LENGTH ? text : `${text.slice(0, GIVEN_LENGTH - 1)}…`;
}

function json(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return String(value);
  }
}
