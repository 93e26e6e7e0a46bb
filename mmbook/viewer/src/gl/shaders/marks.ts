/** GLSL: what stands around the elements: a matrix's sheet with its guide lines, and the flow arrow. */

export const SHEET_ATTRIBUTES = ["aRect", "aEye", "aBlock"] as const;

/** One quad a block, in the plane of the matrix, a little larger than the block where its border runs. */
export const SHEET_VERTEX = /* glsl */ `
precision highp float;
in vec4 aRect;              // visible part: first column, first row, one past the last
in vec4 aEye;               // eye in local axes
in vec4 aBlock;             // the whole block, the same way
uniform mat3 uAxes;
uniform vec3 uProjection;
uniform float uPixel;
uniform vec3 uForward;
out vec2 vAt;
flat out vec4 vBlock;

const float BORDER = 0.35;

void main() {
  vec2 side = vec2(gl_VertexID & 1, gl_VertexID >> 1);
  vec2 corner = mix(aRect.xy, aRect.zw, side) - 0.5;
  float depth = max(dot(vec3(corner, 0.0) - aEye.xyz, uForward), uProjection.z);
  vec2 outward = vec2(lessThanEqual(aRect.xy, aBlock.xy)) * (side - 1.0)
    + vec2(greaterThanEqual(aRect.zw, aBlock.zw)) * side;
  corner += outward * (BORDER + 3.0 * depth * uPixel);
  vAt = corner;
  vBlock = vec4(aBlock.xy - 0.5 - BORDER, aBlock.zw - 0.5 + BORDER);
  vec3 p = uAxes * (vec3(corner, 0.0) - aEye.xyz);
  gl_Position = vec4(p.xy * uProjection.xy, -p.z - 2.0 * uProjection.z, -p.z);
}
`;

export const SHEET_FRAGMENT = /* glsl */ `
precision highp float;
in vec2 vAt;
flat in vec4 vBlock;
uniform vec3 uInk;
uniform vec3 uStrength;     // of the sheet, its frame, its row guides
uniform float uOpacity;
uniform float uLine;        // width of a line in pixels
out vec4 outColour;

float line(float away, float unit) {
  return clamp(0.5 * uLine + 0.5 - away / unit, 0.0, 1.0) * min(uLine, 1.0);
}

void main() {
  vec2 unit = max(vec2(length(vec2(dFdx(vAt.x), dFdy(vAt.x))), length(vec2(dFdx(vAt.y), dFdy(vAt.y)))), 1e-6);
  vec2 low = vAt - vBlock.xy;
  vec2 high = vBlock.zw - vAt;
  vec2 edge = min(low, high);
  vec2 within = clamp(edge / unit + 0.5, 0.0, 1.0);
  float inside = within.x * within.y;
  vec2 border = vec2(line(abs(edge.x), unit.x) * within.y, line(abs(edge.y), unit.y) * within.x);
  float frame = max(border.x, border.y);

  // Lines along rows, an eighth of the height apart, through the middles of elements.
  vec2 count = vBlock.zw - vBlock.xy - 0.7;
  vec2 at = low - 0.85;
  float apart = max(1.0, (count.y - 1.0) / 8.0);
  float nearest = clamp(round(at.y / apart), 0.0, round((count.y - 1.0) / apart)) * apart;
  float rows = line(abs(at.y - nearest), unit.y) * clamp(apart / unit.y / 4.0 - 0.5, 0.0, 1.0);
  rows *= clamp(min(at.x, count.x - 1.0 - at.x) / unit.x + 0.5, 0.0, 1.0);

  // A diagonal across the corner of element (0, 0).
  vec2 eighth = max(count / 8.0, vec2(0.7));
  float corner = (at.x + 0.5) / eighth.x + (at.y + 0.5) / eighth.y - 1.0;
  float slope = max(length(vec2(dFdx(corner), dFdy(corner))), 1e-6);
  float diagonal = line(abs(corner), slope) * inside;

  float alpha = inside * uStrength.x;
  alpha += (1.0 - alpha) * frame * uStrength.y;
  alpha += (1.0 - alpha) * max(rows, diagonal) * uStrength.z;
  outColour = vec4(uInk, 1.0) * alpha * uOpacity;
}
`;

export const FLOW_ATTRIBUTES = ["aCorner", "aAcross"] as const;

/** A vane of the arrow: a triangle whose edges melt over a pixel, clearer toward its tip. */
export const FLOW_VERTEX = /* glsl */ `
precision highp float;
in vec3 aCorner;            // from the eye, world axes
in vec3 aAcross;            // weights of the triangle's corners: wing, tail, tip
uniform mat3 uAxes;
uniform vec3 uProjection;
out vec3 vAcross;

void main() {
  vAcross = aAcross;
  vec3 p = uAxes * aCorner;
  gl_Position = vec4(p.xy * uProjection.xy, -p.z - 2.0 * uProjection.z, -p.z);
}
`;

export const FLOW_FRAGMENT = /* glsl */ `
precision highp float;
in vec3 vAcross;
uniform vec4 uVane;         // colour and strength
out vec4 outColour;

void main() {
  vec3 unit = max(vec3(length(vec2(dFdx(vAcross.x), dFdy(vAcross.x))), length(vec2(dFdx(vAcross.y), dFdy(vAcross.y))),
    length(vec2(dFdx(vAcross.z), dFdy(vAcross.z)))), vec3(1e-6));
  vec3 soft = clamp(vAcross / unit, 0.0, 1.0);
  float alpha = uVane.a * soft.x * soft.y * soft.z * mix(0.45, 1.0, vAcross.z);
  outColour = vec4(uVane.rgb, 1.0) * alpha;
}
`;
