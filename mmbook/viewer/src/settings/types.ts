/** A figure's options with every default filled in. */
import type {
  Animation,
  Camera,
  Figure,
  Highlights,
  Layout,
  Look,
  Marks,
  OwnMarks,
  Placement,
  Result,
} from "../schema/figure.ts";

export type LayoutSettings = Required<Layout>;
export type LookSettings = Required<Look>;
export type MarkSettings = Required<Marks>;
/** `step` stays absent where the finished picture is meant. */
export type AnimationSettings = Required<Omit<Animation, "step">> & Pick<Animation, "step">;
export type PlacementSettings = Required<Placement>;

/** Options of one product. */
export interface ResultSettings {
  epilog: NonNullable<Result["epilog"]>;
  alg: NonNullable<Result["alg"]>;
  blocks: { i: number; j: number; k: number };
  /** For the scheme custom; what is absent is as under blocks. */
  layout: Partial<PlacementSettings>;
  /** Only what differs from the product around it. */
  look?: Look;
  marks?: OwnMarks;
}

export interface Settings {
  title: string;
  alt: string;
  layout: LayoutSettings;
  look: LookSettings;
  marks: MarkSettings;
  animation: AnimationSettings;
  camera: Camera | null;
  /** By the name of the group, then by that of the matrix. */
  highlights: Highlights;
  /** By the name of the matrix. */
  levels: NonNullable<Figure["levels"]>;
  /** By name; see `resultSettings` for names that are not listed. */
  results: ReadonlyMap<string, ResultSettings>;
}

/** JSON merge patch (RFC 7396) on a figure: null removes, objects merge, anything else replaces. */
export type Patch<T = Figure> = T extends readonly unknown[]
  ? T
  : T extends object
    ? { [K in keyof T]?: Patch<T[K]> | null }
    : T;
