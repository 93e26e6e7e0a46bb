/** Epilogs on the page: what mmbook's own do, for sums that only exist while they grow. */

export type Pointwise = "none" | "relu" | "gelu" | "sigmoid" | "silu" | "tanh" | "square";
export type RowFunction = "none" | "softmax" | "causal softmax" | "layernorm";

/** First each element is scaled, then the function of one element, then that of a row. */
export interface Epilog {
  scale: number;
  point: Pointwise;
  row: RowFunction;
}

export const LAYERNORM_EPSILON = 1e-5;

const PLAIN: Epilog = { scale: 1, point: "none", row: "none" };

/**
 * @param depth length of the whole sum, however much of it is there
 * @throws Error for a name the schema does not have
 */
export function epilogOf(name: string, depth: number): Epilog {
  const root = 1 / Math.sqrt(depth);
  switch (name) {
    case "":
    case "none":
      return PLAIN;
    case "relu":
    case "gelu":
    case "sigmoid":
    case "silu":
    case "tanh":
      return { ...PLAIN, point: name };
    case "x**2":
      return { ...PLAIN, point: "square" };
    case "x/k":
      return { ...PLAIN, scale: 1 / depth };
    case "x/sqrt(k)":
      return { ...PLAIN, scale: root };
    case "layernorm":
    case "softmax":
      return { ...PLAIN, row: name };
    case "softmax(x/sqrt(k))":
      return { ...PLAIN, scale: root, row: "softmax" };
    case "softmax(tril(x/sqrt(k)))":
      return { ...PLAIN, scale: root, row: "causal softmax" };
    case "softmax(tril(x/8))":
      return { ...PLAIN, scale: 1 / 8, row: "causal softmax" };
    default:
      throw new Error(`The page cannot compute the epilog “${name}”`);
  }
}

export function applyPointwise({ scale, point }: Epilog, sum: number): number {
  const x = scale * sum;
  switch (point) {
    case "none":
      return x;
    case "relu":
      return Math.max(x, 0);
    case "gelu":
      return 0.5 * x * erfc(-x / Math.SQRT2);
    case "sigmoid":
      return sigmoid(x);
    case "silu":
      return x * sigmoid(x);
    case "tanh":
      return Math.tanh(x);
    case "square":
      return x * x;
  }
}

/** Elements of one row, NaN where one takes no part; `row` is its index. */
export function applyRow(
  { row: kind }: Epilog,
  values: Float64Array,
  present: (col: number) => boolean,
  row: number,
): Float64Array {
  if (kind === "none") return values;
  const counts = (col: number) => present(col) && (kind !== "causal softmax" || col <= row);
  const seen = values.filter((_, col) => counts(col));
  if (kind === "layernorm") {
    const mean = seen.reduce((sum, x) => sum + x, 0) / seen.length;
    const variance = seen.reduce((sum, x) => sum + (x - mean) ** 2, 0) / seen.length;
    return values.map((x) => (x - mean) / Math.sqrt(variance + LAYERNORM_EPSILON));
  }
  const most = seen.reduce((max, x) => Math.max(max, x), Number.NEGATIVE_INFINITY);
  const total = seen.reduce((sum, x) => sum + Math.exp(x - most), 0);
  return values.map((x, col) => {
    if (counts(col)) return Math.exp(x - most) / total;
    return present(col) ? 0 : Number.NaN;
  });
}

/** Without overflow on either side. */
function sigmoid(x: number): number {
  const small = Math.exp(-Math.abs(x));
  return (x >= 0 ? 1 : small) / (1 + small);
}

/** Complementary error function: its series near 0, Laplace's continued fraction in the tails. */
function erfc(x: number): number {
  const size = Math.abs(x);
  const density = Math.exp(-x * x) / Math.sqrt(Math.PI);
  if (size < 3) {
    let term = 2 * x;
    let sum = 0;
    for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n += 1) {
      sum += term;
      term *= (2 * x * x) / (2 * n + 1);
    }
    return 1 - density * sum;
  }
  let fraction = size;
  for (let n = 60; n > 0; n -= 1) fraction = size + n / 2 / fraction;
  const tail = density / fraction;
  return x > 0 ? tail : 2 - tail;
}
