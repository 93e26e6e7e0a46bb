/** Scenes from the site's own files: figures/<hash>.json and the pack beside it. */
import { isAbort, SceneError } from "../errors.ts";
import { readPack } from "../pack.ts";
import { checkedVersion, sceneFromMessage } from "./message.ts";
import type { Scene } from "./types.ts";

const REMEDY = "Load the page again; if that does not help, the site must be built again.";

/**
 * Fetch the scene `hash` from the folder figures/ beside `base` (the address of the script).
 *
 * Throws `SceneError` (cannot be reached, not found, damaged, another version, parts that do not
 * fit), `PackError` (damaged arrays), or the `AbortError` of `signal`.
 */
export async function loadScene(base: URL, hash: string, signal?: AbortSignal): Promise<Scene> {
  const file = fileName(hash, "name of a scene");
  const address = new URL(`figures/${file}.json`, base);
  const text = new TextDecoder().decode(await fetched(address, signal));
  const scene = checkedVersion(parsed(text, address), shortName(address));
  if (scene.pack === undefined) return sceneFromMessage({ scene, arrays: {} });
  const packAddress = new URL(fileName(scene.pack, "name of a pack"), address);
  const pack = await fetched(packAddress, signal);
  const arrays = Object.fromEntries(readPack(pack, shortName(packAddress)));
  return sceneFromMessage({ scene, arrays });
}

async function fetched(address: URL, signal: AbortSignal | undefined): Promise<Uint8Array> {
  let status: number;
  try {
    const response = await fetch(address, signal ? { signal } : {});
    if (response.ok) return new Uint8Array(await response.arrayBuffer());
    status = response.status;
  } catch (cause) {
    if (isAbort(cause)) throw cause;
    throw new SceneError("the figure's data cannot be reached", {
      given: shortName(address),
      remedy: "Check the connection and load the page again.",
      cause,
    });
  }
  throw new SceneError(
    status === 404
      ? "the figure's data are not on this site"
      : `the site answered with status ${status}`,
    { given: shortName(address), remedy: REMEDY },
  );
}

function parsed(text: string, address: URL): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new SceneError("not a whole JSON file", {
      given: `${text.length} characters`,
      where: shortName(address),
      remedy: REMEDY,
      cause,
    });
  }
}

/** Names are digests of the content; anything that could lead elsewhere is refused. */
function fileName(value: unknown, what: string): string {
  if (typeof value === "string" && /^\w[\w.-]*$/.test(value)) return value;
  throw new SceneError(`not the ${what}`, { given: value, possible: "letters, digits, - and ." });
}

function shortName(address: URL): string {
  return address.pathname.split("/").slice(-2).join("/");
}
