/** Files that Python and TypeScript are both tested with. */
import { readFile } from "node:fs/promises";

const folder = new URL("../../../../tests/fixtures/", import.meta.url);

export async function fixture(name: string): Promise<unknown> {
  return JSON.parse(await readFile(new URL(name, folder), "utf8"));
}
