/** One colour a level, in order: from violet over blue and green to yellow, lighter at every step. */
import type { Rgb, Theme } from "../look.ts";

/** Oklch lightness of the first and the last level. */
const LIGHTNESS: Readonly<Record<Theme, readonly [number, number]>> = {
  light: [0.24, 0.83],
  dark: [0.4, 0.94],
};
/** Hues of the first and the last, in degrees; and how colourful. */
const HUES = [322, 96] as const;
const CHROMA = 0.15;

export function levelColours(count: number, theme: Theme): Rgb[] {
  const [dark, light] = LIGHTNESS[theme];
  return Array.from({ length: count }, (_, n) => {
    const part = count > 1 ? n / (count - 1) : 0;
    return oklch(dark + part * (light - dark), CHROMA, HUES[0] + part * (HUES[1] - HUES[0]));
  });
}

/** Oklch (Ottosson 2020) → sRGB, each channel cut to what a screen has. */
function oklch(lightness: number, chroma: number, hue: number): Rgb {
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    byte(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    byte(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    byte(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

function byte(light: number): number {
  const kept = Math.min(1, Math.max(0, light));
  const encoded = kept <= 0.0031308 ? 12.92 * kept : 1.055 * kept ** (1 / 2.4) - 0.055;
  return Math.round(255 * encoded);
}
