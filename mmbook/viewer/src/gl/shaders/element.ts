import { LOOKUP_SIZE } from "../../look.ts";

/** GLSL: what a value is that is no ordinary number. */
export const BITS = /* glsl */ `
bool missing(float x) { return (floatBitsToUint(x) & 0x7fffffffu) > 0x7f800000u; }
bool endless(float x) { return (floatBitsToUint(x) & 0x7fffffffu) == 0x7f800000u; }
`;

/**
 * GLSL: the value of an element and what it looks like. Shared by every program that draws elements.
 *
 * Element (r, c) is L[i, k], times R[k, j] in a product; (i, j, k) = base + r * row + c * col.
 * A value that is not a number keeps its bits on the way; isnan() may be optimised away, bits not.
 */
export const ELEMENT = /* glsl */ `
precision highp float;
precision highp int;
precision highp sampler2D;

uniform sampler2D uLeft;
uniform sampler2D uRight;
uniform ivec4 uTile;        // first row and column in the left texture, then in the right one
uniform ivec3 uBase, uRow, uCol;
uniform bool uProduct;
uniform sampler2D uLook;    // colour over sign and root of the magnitude
uniform vec2 uRange;        // smallest magnitude, 1 / (largest - smallest)
uniform vec3 uRadius;       // of full size, of the least size, of the mark for no value
uniform vec3 uMissing;      // colour of no value
uniform vec3 uEndless;      // colour of infinity
uniform int uLevels;        // how many levels the values are codes of, from 1; 0 for ordinary numbers
uniform vec3 uLevelColours[16];

const int PLAIN = 0;
const int HOLLOW = 1;
const int HALF = ${LOOKUP_SIZE / 2};

${BITS}

/* Colour and radius; radius 0 is nothing. */
vec4 element(ivec2 rc, out int kind) {
  ivec3 at = uBase + rc.x * uRow + rc.y * uCol;
  float x = texelFetch(uLeft, ivec2(at.z, at.x) - uTile.yx, 0).r;
  kind = PLAIN;
  bool hollow = missing(x);
  bool full = endless(x);
  if (uProduct) {
    float y = texelFetch(uRight, ivec2(at.y, at.z) - uTile.wz, 0).r;
    hollow = hollow || missing(y) || (full && y == 0.0) || (endless(y) && x == 0.0);
    full = full || endless(y);
    x *= y;
  }
  if (hollow) {
    kind = HOLLOW;
    return vec4(uMissing, uRadius.z);
  }
  if (uLevels > 0) return vec4(uLevelColours[clamp(int(x + 0.5), 1, uLevels) - 1], min(uRadius.x, 0.5));
  if (full) return vec4(uEndless, min(uRadius.x, 0.5));
  if (x == 0.0) return vec4(0.0);
  float t = sqrt(clamp((abs(x) - uRange.x) * uRange.y, 0.0, 1.0));
  int magnitude = min(HALF - 1, int(t * float(HALF)));
  int index = x < 0.0 ? HALF - 1 - magnitude : HALF + magnitude;
  // Beyond touching, balls would cut into each other.
  return vec4(texelFetch(uLook, ivec2(index, 0), 0).rgb, min(mix(uRadius.y, uRadius.x, t), 0.5));
}
`;

/** Part of a hollow mark's disc that is drawn, as inner radius over outer. */
export const RING = 0.62;
