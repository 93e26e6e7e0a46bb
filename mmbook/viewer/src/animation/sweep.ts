/** The order in which each algorithm visits the elements of one block. */
import type { Alg } from "../layout/types.ts";
import { axpy } from "./axpy.ts";
import { dotprodColumnMajor, dotprodRowMajor } from "./dotprod.ts";
import { mvprod } from "./mvprod.ts";
import type { Sweep } from "./types.ts";
import { vmprod } from "./vmprod.ts";
import { vvprod } from "./vvprod.ts";

const SWEEPS: Readonly<Record<Alg, Sweep>> = {
  "dotprod (row major)": dotprodRowMajor,
  "dotprod (col major)": dotprodColumnMajor,
  axpy,
  vmprod,
  mvprod,
  vvprod,
};

export function sweepOf(alg: Alg): Sweep {
  return SWEEPS[alg];
}
