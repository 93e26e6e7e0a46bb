// Bundles the viewer into dist/: mm.js and worker.js keep their names because pages and the worker
// pool refer to them; what they load later lies in chunks/ under names that change with content.
// What is used away from a site is one file each: embed.js in other sites' pages, notebook/ in cells.
import { readFile, rm } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const FIRST_LOAD_LIMIT = 150_000; // bytes, gzipped: all that a reader loads before touching a cell

const viewer = join(dirname(fileURLToPath(import.meta.url)), "..");
const dist = join(viewer, "dist");

await rm(dist, { recursive: true, force: true });
const common = {
  absWorkingDir: viewer,
  outdir: "dist",
  bundle: true,
  target: "es2022",
  minify: true,
  loader: { ".glsl": "text", ".vert": "text", ".frag": "text" },
  logLevel: "warning",
};
const { metafile } = await build({
  ...common,
  entryPoints: { mm: "src/index.ts", worker: "src/cell/worker.ts" },
  format: "esm",
  splitting: true,
  sourcemap: true,
  metafile: true,
  legalComments: "linked",
  entryNames: "[name]",
  chunkNames: "chunks/[name]-[hash]",
  external: ["node:*"],
});
await build({ ...common, entryPoints: { embed: "src/embed/embed.ts" }, format: "iife" });
await build({
  ...common,
  entryPoints: { widget: "src/notebook/widget.ts", page: "src/notebook/page.ts" },
  outdir: "dist/notebook",
  format: "esm",
  legalComments: "inline",
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
