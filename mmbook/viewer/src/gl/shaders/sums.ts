/**
 * GLSL: sums of products as textures of floats. Values that are no ordinary numbers go by their bits:
 * a driver may compute with infinities and NaN as it likes.
 */
import { LAYERNORM_EPSILON } from "../../animation/epilog.ts";
import { BITS } from "./element.ts";

/** Rectangles, and ranges of k, that one pass can take. */
export const MOST = 16;

const HEAD = /* glsl */ `
precision highp float;
precision highp int;
precision highp sampler2D;
${BITS}
const uint NO_VALUE = 0x7fc00000u;
uniform sampler2D uSum;     // the sums so far
uniform ivec2 uCorner;      // first row and column of the texture
`;

const REGIONS = /* glsl */ `
uniform ivec4 uRegions[${MOST}];  // rows from, to, columns from, to
uniform int uRegionCount;

bool within(ivec2 at) {
  for (int n = 0; n < uRegionCount; n++) {
    ivec4 r = uRegions[n];
    if (at.x >= r.x && at.x < r.y && at.y >= r.z && at.y < r.w) return true;
  }
  return false;
}
`;

/** sum + L[i, k] R[k, j] over some ranges of k, in some rectangles; elsewhere the sum as it was. */
export const SUM_FRAGMENT = /* glsl */ `${HEAD}${REGIONS}
uniform sampler2D uLeft, uRight;
uniform ivec4 uTile;        // first row and column in the left texture, then in the right one
uniform ivec2 uDepths[${MOST}];
uniform int uDepthCount;
out vec4 outSum;

float times(float x, float y) {
  if (missing(x) || missing(y) || (endless(x) && y == 0.0) || (endless(y) && x == 0.0))
    return uintBitsToFloat(NO_VALUE);
  if (endless(x) || endless(y))
    return uintBitsToFloat(0x7f800000u | ((floatBitsToUint(x) ^ floatBitsToUint(y)) & 0x80000000u));
  return x * y;
}

float plus(float x, float y) {
  if (missing(x) || missing(y)) return uintBitsToFloat(NO_VALUE);
  if (endless(x)) return endless(y) && (x < 0.0) != (y < 0.0) ? uintBitsToFloat(NO_VALUE) : x;
  return endless(y) ? y : x + y;
}

void main() {
  ivec2 texel = ivec2(gl_FragCoord.xy);
  ivec2 at = texel.yx + uCorner;
  float sum = texelFetch(uSum, texel, 0).r;
  if (within(at))
    for (int n = 0; n < uDepthCount; n++)
      for (int k = uDepths[n].x; k < uDepths[n].y; k++)
        sum = plus(sum, times(
          texelFetch(uLeft, ivec2(k, at.x) - uTile.yx, 0).r,
          texelFetch(uRight, ivec2(at.y, k) - uTile.wz, 0).r));
  outSum = vec4(sum, 0.0, 0.0, 1.0);
}
`;

const KINDS = /* glsl */ `
uniform float uScale;
uniform int uRow;           // row function: none, softmax, causal softmax, layernorm
`;

/**
 * What a row function must know of a row: greatest element and sum of exponentials above it, or mean
 * and sum of squares about it; then how many elements it has seen, -1 if one had no value. A matrix
 * wider than a texture is gone through piece by piece.
 */
export const ROWS_FRAGMENT = /* glsl */ `${HEAD}${REGIONS}${KINDS}
uniform sampler2D uRows;    // of the pieces before this one
uniform bool uFirst;
uniform int uWidth;
out vec4 outRow;

void main() {
  int y = int(gl_FragCoord.y);
  vec4 seen = uFirst ? vec4(0.0) : texelFetch(uRows, ivec2(0, y), 0);
  ivec2 at = uCorner + ivec2(y, 0);
  for (int x = 0; x < uWidth; x++) {
    at.y = uCorner.y + x;
    if (!within(at) || (uRow == 2 && at.y > at.x)) continue;
    float value = texelFetch(uSum, ivec2(x, y), 0).r;
    if (seen.z < 0.0 || missing(value)) { seen.z = -1.0; continue; }
    if (endless(value)) {
      if (uRow == 3 || value > 0.0) seen.z = -1.0;
      continue;
    }
    value *= uScale;
    if (uRow == 3) {
      seen.z += 1.0;
      float aside = value - seen.x;
      seen.x += aside / seen.z;
      seen.y += aside * (value - seen.x);
    } else {
      float most = seen.z == 0.0 ? value : max(seen.x, value);
      seen.y = seen.y * exp(seen.x - most) * (seen.z == 0.0 ? 0.0 : 1.0) + exp(value - most);
      seen.x = most;
      seen.z += 1.0;
    }
  }
  outRow = seen;
}
`;

/** The epilog of the sums. */
export const EPILOG_FRAGMENT = /* glsl */ `${HEAD}${KINDS}
uniform sampler2D uRows;
uniform int uPoint;         // none, relu, gelu, sigmoid, silu, tanh, square
out vec4 outValue;

float sigmoid(float x) {
  float small = exp(-abs(x));
  return (x >= 0.0 ? 1.0 : small) / (1.0 + small);
}

/* Normal distribution: series near 0, continued fraction in the tails. */
float below(float z) {
  float x = abs(z) * 0.70710678;
  float density = exp(-x * x) * 0.56418958;
  float tail;
  if (x < 2.5) {
    float term = 2.0 * x;
    float sum = 0.0;
    for (int n = 1; n < 40; n++) {
      sum += term;
      term *= 2.0 * x * x / float(2 * n + 1);
    }
    tail = 1.0 - density * sum;
  } else {
    float fraction = x;
    for (int n = 30; n > 0; n--) fraction = x + 0.5 * float(n) / fraction;
    tail = density / fraction;
  }
  return z < 0.0 ? 0.5 * tail : 1.0 - 0.5 * tail;
}

float point(float x) {
  switch (uPoint) {
    case 1: return max(x, 0.0);
    case 2: return x * below(x);
    case 3: return sigmoid(x);
    case 4: return x * sigmoid(x);
    case 5: return x > 15.0 ? 1.0 : x < -15.0 ? -1.0 : tanh(x);
    case 6: return x * x;
    default: return x;
  }
}

float rowValue(float sum, ivec2 at, vec4 seen) {
  if (uRow == 2 && at.y > at.x) return 0.0;
  if (seen.z <= 0.0 || missing(sum)) return uintBitsToFloat(NO_VALUE);
  if (endless(sum)) return 0.0;
  float x = sum * uScale;
  return uRow == 3
    ? (x - seen.x) * inversesqrt(seen.y / seen.z + ${LAYERNORM_EPSILON})
    : exp(x - seen.x) / seen.y;
}

float pointValue(float sum) {
  if (missing(sum)) return sum;
  if (!endless(sum)) return point(sum * uScale);
  // What has a limit takes it.
  bool negative = sum < 0.0;
  if (uPoint == 3 || uPoint == 5) return negative ? (uPoint == 3 ? 0.0 : -1.0) : 1.0;
  if (negative && uPoint == 1) return 0.0;
  if (negative && (uPoint == 2 || uPoint == 4)) return uintBitsToFloat(NO_VALUE);
  return uPoint == 6 ? uintBitsToFloat(0x7f800000u) : sum;
}

void main() {
  ivec2 texel = ivec2(gl_FragCoord.xy);
  float sum = texelFetch(uSum, texel, 0).r;
  float value = uRow == 0
    ? pointValue(sum)
    : rowValue(sum, texel.yx + uCorner, texelFetch(uRows, ivec2(0, texel.y), 0));
  outValue = vec4(value, 0.0, 0.0, 1.0);
}
`;
