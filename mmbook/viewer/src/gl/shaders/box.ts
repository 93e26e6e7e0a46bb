/**
 * GLSL: the box around a piece of a matrix, its back faces only, so that the camera may be inside.
 * Local axes: x along a row, y along a column, z along the normal; one unit is one element; the
 * origin is element (0, 0), the eye is given in the same axes.
 */
export const BOX_ATTRIBUTES = ["aRect", "aEye"] as const;

export const BOX_VERTEX = /* glsl */ `
precision highp float;
in vec4 aRect;              // first column, first row, one past the last column and row
in vec4 aEye;               // eye, then half the thickness
uniform mat3 uAxes;         // local directions in view axes
uniform vec3 uProjection;   // scales of x and y, near distance
out vec3 vRay;
flat out vec4 vRect;
flat out vec4 vEye;

void main() {
  vec3 side = vec3(gl_VertexID & 1, (gl_VertexID >> 1) & 1, gl_VertexID >> 2);
  vec3 corner = vec3(mix(aRect.xy, aRect.zw, side.xy) - 0.5, (2.0 * side.z - 1.0) * aEye.w);
  vRay = corner - aEye.xyz;
  vRect = aRect;
  vEye = aEye;
  vec3 p = uAxes * vRay;
  gl_Position = vec4(p.xy * uProjection.xy, -p.z - 2.0 * uProjection.z, -p.z);
}
`;

/** What every fragment of a box starts with: where its ray enters and leaves. */
export const BOX_FRAGMENT = /* glsl */ `
in vec3 vRay;
flat in vec4 vRect;
flat in vec4 vEye;
uniform vec3 uForward;      // direction of view in local axes
uniform float uPixel;       // size of a pixel at depth 1
uniform float uOpacity;
uniform ivec4 uHighlight;   // first row, one past the last, the same of columns
uniform vec4 uHighlightInk; // colour and strength
out vec4 outColour;

struct Ray { vec3 direction; float enter; float leave; float depth; };

/* depth: how much depth the ray gains in a unit of length. */
Ray enterBox() {
  vec3 d = normalize(vRay);
  vec3 slope = vec3(abs(d.x) < 1e-7 ? 1e-7 : d.x, abs(d.y) < 1e-7 ? 1e-7 : d.y, abs(d.z) < 1e-7 ? 1e-7 : d.z);
  vec3 low = (vec3(vRect.xy - 0.5, -vEye.w) - vEye.xyz) / slope;
  vec3 high = (vec3(vRect.zw - 0.5, vEye.w) - vEye.xyz) / slope;
  vec3 near = min(low, high);
  vec3 far = max(low, high);
  return Ray(slope, max(max(near.x, near.y), max(near.z, 0.0)), min(min(far.x, far.y), far.z), dot(d, uForward));
}
`;

/**
 * The far picture: averages of colour times coverage, thickened by the way through the slab. The mean
 * of both signs in equal parts is a dull brown; what one sign has more than the other is brought out,
 * so that a matrix seen from far has the colours that it has near by. Where only one sign is, and
 * where they balance exactly, the mean stays as it is.
 */
export const FAR_PART = /* glsl */ `
uniform sampler2D uPyramid;
uniform vec4 uPyramidArea;  // first column and row, 1 / columns and rows
uniform float uStretch;     // longest footprint the sampler may average, over its width
uniform vec3 uNegative;     // colours of middling numbers
uniform vec3 uPositive;

const float PREVALENCE = 3.5; // how much a small excess of one sign is brought out

vec3 prevail(vec3 mean) {
  vec3 way = uPositive - uNegative;
  float excess = clamp(2.0 * dot(mean - uNegative, way) / max(dot(way, way), 1e-6) - 1.0, -1.0, 1.0);
  float shown = excess * PREVALENCE * inversesqrt(1.0 + (PREVALENCE * PREVALENCE - 1.0) * excess * excess);
  return clamp(mean + 0.5 * (shown - excess) * way, 0.0, 1.0);
}

float overlap(float at, float width, float from, float to) {
  return clamp((min(at + 0.5 * width, to) - max(at - 0.5 * width, from)) / width, 0.0, 1.0);
}

vec4 farPicture(Ray ray) {
  float middle = clamp(-vEye.z / ray.direction.z, ray.enter, ray.leave);
  vec2 at = vEye.xy + ray.direction.xy * middle;
  float pixel = max(middle * ray.depth * uPixel, 1e-6);
  float inside = ray.leave - ray.enter;
  float level = length(ray.direction.xy);
  vec2 along = level > 1e-4 ? ray.direction.xy / level : vec2(1.0, 0.0);
  float reach = min(min(pixel / max(abs(ray.direction.z), 1e-3), inside * level + pixel), uStretch * pixel);
  vec2 across = vec2(-along.y, along.x);
  vec4 mean = textureGrad(uPyramid, (at + 0.5 - uPyramidArea.xy) * uPyramidArea.zw,
    along * max(reach, pixel) * uPyramidArea.zw, across * pixel * uPyramidArea.zw);
  if (mean.a <= 0.0) return vec4(0.0);
  float cover = 1.0 - pow(1.0 - min(mean.a, 0.995), inside / (2.0 * vEye.w));
  vec3 colour = prevail(mean.rgb / mean.a);
  float lit = overlap(at.y, max(pixel, 1.0), float(uHighlight.x) - 0.5, float(uHighlight.y) - 0.5)
    * overlap(at.x, max(pixel, 1.0), float(uHighlight.z) - 0.5, float(uHighlight.w) - 0.5);
  colour = mix(colour, uHighlightInk.rgb, lit * uHighlightInk.a);
  return vec4(colour, 1.0) * cover;
}
`;
