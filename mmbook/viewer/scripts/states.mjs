// Condenses measured states of the original tool (their links and the corners of every matrix) into
// tests/fixtures/states.json, so that the layout can be held against them on any clone.
// Usage: node scripts/states.mjs [folder with the states]
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const viewer = join(dirname(fileURLToPath(import.meta.url)), "..");
const folder = process.argv[2] ?? join(viewer, "..", "..", "..", "shared", "mm-states");
const target = join(viewer, "tests", "fixtures", "states.json");

/** The state as dotted paths → values, from either form of the tool's query. */
function decode(query) {
  const pairs = [...new URLSearchParams(query)];
  const [first] = pairs;
  if (pairs.length === 1 && first[0] === "params") return flatten(JSON.parse(first[1]));
  // Numbers are values, addressed by the ids of their prefix and name; the rest says which id is what.
  const words = new Map(pairs.filter(([key]) => !isAddress(key)).map(([word, id]) => [id, word]));
  return new Map(
    pairs
      .filter(([key]) => isAddress(key))
      .map(([key, value]) => [
        key
          .split(".")
          .map((id) => words.get(id))
          .join("."),
        value,
      ]),
  );
}

function isAddress(key) {
  return /^\d+(\.\d+)?$/.test(key);
}

function flatten(value, prefix = "") {
  return new Map(
    Object.entries(value).flatMap(([key, item]) =>
      typeof item === "object" && item !== null
        ? [...flatten(item, `${prefix}${key}.`)]
        : [[`${prefix}${key}`, String(item)]],
    ),
  );
}

function layoutOf(state, prefix) {
  const option = (name) => state.get(`${prefix}layout.${name}`);
  const number = (name) => (option(name) === undefined ? undefined : Number(option(name)));
  return {
    gap: number("gap"),
    scatter: number("scatter"),
    molecule: number("molecule"),
    blast: number("blast"),
    scheme: option("scheme"),
    polarity: option("polarity"),
    left: option("left placement"),
    right: option("right placement"),
    result: option("result placement"),
  };
}

function blocksOf(state, prefix) {
  const count = (axis) => Number(state.get(`${prefix}block.${axis} blocks`) ?? 1);
  return { i: count("i"), j: count("j"), k: count("k") };
}

const files = (await readdir(folder)).filter((name) => name.endsWith(".json")).sort();
const states = await Promise.all(
  files.map(async (name) => {
    const { query, matrices } = JSON.parse(await readFile(join(folder, name), "utf8"));
    const state = decode(query);
    const products = matrices.filter(({ path }) => matrices.some((m) => m.path === under(path)));
    return {
      state: name.replace(".json", ""),
      layout: layoutOf(state, ""),
      blocks: Object.fromEntries(
        products.map(({ path }) => [path, blocksOf(state, path === "root" ? "" : `${path}.`)]),
      ),
      matrices: matrices.map(({ path, name, shape, first, last_row, last_col }) => ({
        path,
        name,
        shape,
        corners: [first, last_row, last_col],
      })),
    };
  }),
);

function under(path) {
  return path === "root" ? "left" : `${path}.left`;
}

await mkdir(dirname(target), { recursive: true });
await writeFile(target, `[\n${states.map((state) => JSON.stringify(state)).join(",\n")}\n]\n`);
