import type { Node } from "../scene.ts";
import type { Settings } from "../settings.ts";
import type { Layout } from "./types.ts";

/** Place every matrix of `tree`. */
export declare function layout(tree: Node, settings: Settings): Layout;
