/**
 * PNG written strip by strip: the whole picture is never in memory, so that its size is not bounded
 * by the largest canvas of a browser. The format: W3C, Portable Network Graphics, third edition.
 */
import { strToU8 } from "fflate";

export interface PngOptions {
  width: number;
  height: number;
  /** With transparency: four bytes a pixel instead of three. */
  clear: boolean;
  /** Pixels for a CSS pixel, of which there are 96 in an inch. */
  ratio: number;
  /** By keyword. */
  texts: Record<string, string>;
}

/** @param strips RGBA rows from top to bottom, any number at a time */
export async function encodePng(
  options: PngOptions,
  strips: AsyncIterable<Uint8ClampedArray>,
): Promise<Blob> {
  const { width, height, clear, ratio, texts } = options;
  const perMetre = Math.round((96 * ratio) / 0.0254);
  const parts = [
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk("IHDR", pair(width, height, 8, clear ? 6 : 2, 0, 0, 0)),
    chunk("pHYs", pair(perMetre, perMetre, 1)),
    ...Object.entries(texts).map(([keyword, text]) =>
      chunk("iTXt", strToU8(`${keyword}\0\0\0\0\0${text}`)),
    ),
  ];
  const stream = new CompressionStream("deflate");
  const packed = collect(stream.readable, (bytes) => parts.push(chunk("IDAT", bytes)));
  const writer = stream.writable.getWriter();
  const filter = createFilter(width, clear ? 4 : 3);
  try {
    for await (const strip of strips) await writer.write(filter(strip));
    await writer.close();
    await packed;
  } catch (error) {
    packed.catch(() => undefined);
    await writer.abort().catch(() => undefined);
    throw error;
  }
  parts.push(chunk("IEND", new Uint8Array()));
  return new Blob(parts as BlobPart[], { type: "image/png" });
}

async function collect(
  stream: ReadableStream<Uint8Array>,
  take: (bytes: Uint8Array) => void,
): Promise<void> {
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    take(value);
  }
}

/** Each row as differences from what Paeth's predictor expects, which for smooth pictures are small. */
function createFilter(
  width: number,
  channels: 3 | 4,
): (strip: Uint8ClampedArray) => Uint8Array<ArrayBuffer> {
  let above = new Uint8Array(width * channels);
  let here = new Uint8Array(width * channels);
  return (strip) => {
    const rows = strip.length / (4 * width);
    const result = new Uint8Array(rows * (1 + width * channels));
    let to = 0;
    for (let row = 0; row < rows; row += 1) {
      for (let x = 0; x < width; x += 1)
        for (let c = 0; c < channels; c += 1)
          here[x * channels + c] = strip[4 * (row * width + x) + c] ?? 0;
      result[to++] = 4;
      for (let n = 0; n < here.length; n += 1) {
        const a = n < channels ? 0 : (here[n - channels] ?? 0);
        const b = above[n] ?? 0;
        const c = n < channels ? 0 : (above[n - channels] ?? 0);
        const [da, db, dc] = [Math.abs(b - c), Math.abs(a - c), Math.abs(a + b - 2 * c)];
        result[to++] = (here[n] ?? 0) - (da <= db && da <= dc ? a : db <= dc ? b : c);
      }
      [above, here] = [here, above];
    }
    return result;
  };
}

/** Two numbers of four bytes, and bytes after them. */
function pair(a: number, b: number, ...rest: number[]): Uint8Array {
  const bytes = new Uint8Array(8 + rest.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, a);
  view.setUint32(4, b);
  bytes.set(rest, 8);
  return bytes;
}

function chunk(name: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(12 + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  bytes.set(strToU8(name), 4);
  bytes.set(data, 8);
  view.setUint32(8 + data.length, checksum(bytes.subarray(4, 8 + data.length)));
  return bytes;
}

const TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let bit = 0; bit < 8; bit += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c;
});

/** CRC-32. */
function checksum(bytes: Uint8Array): number {
  let sum = 0xffffffff;
  for (const byte of bytes) sum = (TABLE[(sum ^ byte) & 255] ?? 0) ^ (sum >>> 8);
  return ~sum >>> 0;
}
