/** GLSL: the programs that draw elements: near (real spheres), far (averages), and the averages themselves. */
import { BOX_FRAGMENT, FAR_PART } from "./box.ts";
import { ELEMENT, RING } from "./element.ts";

/** Pixels an element spans where the far picture begins to give way, and where it is gone. */
export const FADE = [1.0, 2.2] as const;

const STEPS = 48;

/**
 * Walks the ray through the cells of the slab, front to back, and meets a sphere in each. Edges are
 * smooth by the part of the pixel that the sphere covers; a sphere smaller than a pixel becomes
 * fainter instead of flickering.
 */
export const NEAR_FRAGMENT = /* glsl */ `${ELEMENT}${BOX_FRAGMENT}${FAR_PART}
uniform vec3 uLight;        // toward the light, local axes; its part toward the eye in uFacing
uniform float uFacing;
uniform bool uFade;         // whether any pixel is small enough for the far picture

/* Matte: linear in the normal, so that the mean over a ball's disc is exactly its colour. */
vec3 shade(vec3 colour, vec3 normal, vec3 toEye, float pixels) {
  // On balls of a few pixels light and shade would only beat with the pixel grid.
  float s = smoothstep(0.8, 3.0, pixels) * (0.30 * (dot(normal, uLight) - 0.6667 * uFacing) + 0.26 * (dot(normal, toEye) - 0.6667));
  return s < 0.0 ? colour * (1.0 + 1.15 * s) : mix(colour, vec3(1.0), 0.9 * s);
}

vec4 nearPicture(Ray ray) {
  vec3 d = ray.direction;
  vec3 start = vEye.xyz + d * ray.enter;
  float last = ray.leave - ray.enter;
  ivec2 cell = clamp(ivec2(floor(start.xy + 0.5)), ivec2(vRect.xy), ivec2(vRect.zw) - 1);
  ivec2 stride = ivec2(d.x > 0.0 ? 1 : -1, d.y > 0.0 ? 1 : -1);
  vec2 each = abs(1.0 / d.xy);
  vec2 next = (vec2(cell) + 0.5 * vec2(stride) - start.xy) / d.xy;
  vec4 sum = vec4(0.0);
  for (int step = 0; step < ${STEPS}; step++) {
    int kind;
    vec4 ball = element(cell.yx, kind);
    if (ball.w > 0.0) {
      vec3 to = vec3(vec2(cell), 0.0) - start;
      float closest = dot(to, d);
      vec3 aside = to - d * closest;
      float distance = length(aside);
      float pixel = (ray.enter + closest) * ray.depth * uPixel;
      float radius = max(ball.w, 0.5 * pixel);
      float cover = clamp((radius - distance) / pixel + 0.5, 0.0, 1.0);
      float thin = ball.w / radius;
      cover *= thin * thin;
      if (kind == HOLLOW) {
        float inner = ${RING.toFixed(2)} * radius;
        cover *= clamp((distance - inner) / pixel + 0.5, 0.0, 1.0);
      }
      if (ray.enter + closest < 0.0) cover = 0.0;
      if (cover > 0.0) {
        vec3 colour = ball.rgb;
        if (kind == PLAIN) {
          float depth = sqrt(max(ball.w * ball.w - distance * distance, 0.0));
          vec3 normal = (-aside - d * depth) / max(length(vec2(distance, depth)), 1e-6);
          colour = shade(colour, normal, -d, ball.w / pixel);
        }
        if (cell.y >= uHighlight.x && cell.y < uHighlight.y && cell.x >= uHighlight.z && cell.x < uHighlight.w)
          colour = mix(colour, uHighlightInk.rgb, uHighlightInk.a);
        sum += (1.0 - sum.a) * cover * vec4(colour, 1.0);
        if (sum.a > 0.995) break;
      }
    }
    float at;
    if (next.x < next.y) { at = next.x; next.x += each.x; cell.x += stride.x; }
    else { at = next.y; next.y += each.y; cell.y += stride.y; }
    if (at >= last || cell.x < int(vRect.x) || cell.y < int(vRect.y)
      || cell.x >= int(vRect.z) || cell.y >= int(vRect.w)) break;
  }
  return sum;
}

void main() {
  Ray ray = enterBox();
  if (ray.leave <= ray.enter) discard;
  float far = 0.0;
  if (uFade) {
    float middle = clamp(-vEye.z / ray.direction.z, ray.enter, ray.leave);
    float span = 1.0 / max(middle * ray.depth * uPixel, 1e-6);
    far = 1.0 - smoothstep(${FADE[0].toFixed(2)}, ${FADE[1].toFixed(2)}, span);
  }
  vec4 colour = vec4(0.0);
  if (far < 1.0) colour += (1.0 - far) * nearPicture(ray);
  if (far > 0.0) colour += far * farPicture(ray);
  outColour = colour * uOpacity;
}
`;

export const FAR_FRAGMENT = /* glsl */ `
precision highp float;
precision highp int;
precision highp sampler2D;
${BOX_FRAGMENT}${FAR_PART}
void main() {
  Ray ray = enterBox();
  if (ray.leave <= ray.enter) discard;
  outColour = farPicture(ray) * uOpacity;
}
`;

/** A triangle that covers the target. */
export const COVER_VERTEX = /* glsl */ `
void main() {
  vec2 corner = vec2((gl_VertexID << 1) & 2, gl_VertexID & 2);
  gl_Position = vec4(2.0 * corner - 1.0, 0.0, 1.0);
}
`;

/** Base of the pyramid: colour times covered part of each element, or the mean of uMerge x uMerge. */
export const PYRAMID_FRAGMENT = /* glsl */ `${ELEMENT}
uniform ivec4 uArea;        // first row and column, rows and columns
uniform int uMerge;
out vec4 outColour;

void main() {
  ivec2 corner = ivec2(gl_FragCoord.yx) * uMerge;
  vec4 sum = vec4(0.0);
  for (int r = 0; r < uMerge; r++)
    for (int c = 0; c < uMerge; c++) {
      ivec2 at = min(corner + ivec2(r, c), uArea.zw - 1) + uArea.xy;
      int kind;
      vec4 ball = element(at, kind);
      float cover = 3.14159265 * ball.w * ball.w;
      if (kind == HOLLOW) cover *= ${(1 - RING * RING).toFixed(4)};
      sum += vec4(ball.rgb, 1.0) * min(cover, 1.0);
    }
  outColour = sum / float(uMerge * uMerge);
}
`;
