/** SVG as text: elements, attributes, numbers. */

export type Attributes = Readonly<Record<string, string | number | null | undefined>>;

/** Two digits after the point: a fiftieth of a pixel is nobody's loss. */
export const decimal = (value: number): string => String(Number(value.toFixed(2)));

/** What XML 1.0 cannot hold, escaped or not. */
const FORBIDDEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are meant
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

export const escaped = (text: string): string =>
  text.replace(FORBIDDEN, "\ufffd").replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign);

/** Attributes without a value are left out; numbers are rounded. */
export function element(name: string, attributes: Attributes, ...content: string[]): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([key, value]) => {
      const text = typeof value === "number" ? decimal(value) : escaped(String(value));
      return ` ${key}="${text}"`;
    })
    .join("");
  const inside = content.join("");
  return inside === "" ? `<${name}${written}/>` : `<${name}${written}>${inside}</${name}>`;
}

export const rgb = (channels: readonly number[]): string =>
  `#${channels.map((c) => Math.round(c).toString(16).padStart(2, "0")).join("")}`;

/** From channels that run from 0 to 1. */
export const ink = (channels: readonly number[]): string => rgb(channels.map((c) => 255 * c));
