/** The part of anywidget's model that is used, with the traits of mmbook/notebook/widget.py. */
import type { Figure } from "../schema/figure.ts";

export interface Traits {
  /** JSON of the scene schema. */
  scene: string;
  /** Its values, as numpy's `.npz`. */
  pack: DataView;
  state: Partial<Figure>;
  /** Null: the finished picture. */
  step: number | null;
  height: number;
}

/** Asked of Python, and its answer; the answer's values come as a buffer beside it. */
export type ToPython = { do: "evaluate"; id: number; figure: string };
export type FromPython = { re: number; scene: string } | { re: number; error: string };

export interface Model {
  get<K extends keyof Traits>(name: K): Traits[K];
  set<K extends keyof Traits>(name: K, value: Traits[K]): void;
  save_changes(): void;
  on(event: string, act: (...given: never[]) => void): void;
  off(event: string, act: (...given: never[]) => void): void;
  send(message: ToPython): void;
}

export function bytesOf({ buffer, byteOffset, byteLength }: DataView): Uint8Array {
  return new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength);
}
