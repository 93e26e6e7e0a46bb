// Writes the TypeScript types of the Figure and Scene schemas, so that both languages are checked
// against the one place where they are written: mmbook/schema/*.schema.json. The table of keys lies
// there too, because pages and the viewer read it.
import { copyFile, mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { compileFromFile } from "json-schema-to-typescript";

const viewer = join(dirname(fileURLToPath(import.meta.url)), "..");
const source = join(viewer, "..", "schema");
const target = join(viewer, "src", "schema");

await mkdir(target, { recursive: true });
for (const name of ["figure", "scene"]) {
  const types = await compileFromFile(join(source, `${name}.schema.json`), {
    cwd: source,
    bannerComment: `// Made by scripts/schema.mjs from mmbook/schema/${name}.schema.json.`,
    strictIndexSignatures: true,
  });
  await writeFile(join(target, `${name}.ts`), types);
  await copyFile(join(source, `${name}.schema.json`), join(target, `${name}.schema.json`));
}
await copyFile(join(source, "keymap.json"), join(target, "keymap.json"));
