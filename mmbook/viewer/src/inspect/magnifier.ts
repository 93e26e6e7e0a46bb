export const LENS_KEYS: readonly string[] = ["lens", "leave"];
