// Bundles the viewer into dist/: mm.js and worker.js keep their names because pages and the worker
// pool refer to them; what they load later lies in chunks/ under names that change with content.
import { readFile, rm } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const FIRST_LOAD_LIMIT = 150_000; // bytes, gzipped: all that a reader loads before touching a cell

const viewer = join(dirname(fileURLToPath(import.meta.url)), "..");
const dist = join(viewer, "dist");

await rm(dist, { recursive: true, force: true });
const { metafile } = await build({
  absWorkingDir: viewer,
  entryPoints: { mm: "src/index.ts", worker: "src/cell/worker.ts" },
  outdir: "dist",
  bundle: true,
  format: "esm",
  target: "es2022",
  splitting: true,
  minify: true,
  sourcemap: true,
  metafile: true,
  legalComments: "linked",
  entryNames: "[name]",
  chunkNames: "chunks/[name]-[hash]",
  loader: { ".glsl": "text", ".vert": "text", ".frag": "text" },
  external: ["node:*"],
  logLevel: "warning",
});

const scripts = Object.keys(metafile.outputs).filter((path) => path.endsWith(".js"));
const sizes = new Map();
for (const path of scripts) {
  sizes.set(path, gzipSync(await readFile(join(viewer, path)), { level: 9 }).length);
}

function staticallyLoaded(entry) {
  const seen = new Set([entry]);
  for (const path of seen) {
    for (const { path: next, kind } of metafile.outputs[path]?.imports ?? []) {
      if (kind === "import-statement" && next in metafile.outputs) seen.add(next);
    }
  }
  return seen;
}

const first = staticallyLoaded("dist/mm.js");
const total = [...first].reduce((sum, path) => sum + sizes.get(path), 0);
const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`.padStart(10);

for (const path of scripts.sort()) {
  const when = first.has(path) ? "first load" : "later";
  process.stdout.write(`${kilobytes(sizes.get(path))}  ${relative("dist", path)} (${when})\n`);
}
process.stdout.write(`${kilobytes(total)}  gzipped before the first cell is focused\n`);

if (total > FIRST_LOAD_LIMIT) {
  process.stderr.write(
    `the first load is too large: ${total} bytes gzipped, at most ${FIRST_LOAD_LIMIT}. ` +
      "Load what is not needed for the first picture by import().\n",
  );
  process.exitCode = 1;
}
