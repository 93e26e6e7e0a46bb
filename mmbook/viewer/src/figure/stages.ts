/** The stages of a figure: published scenes of one place, and the choice between them. */
import type { Scene } from "../scene.ts";
import { make } from "./markup.ts";

interface Stage {
  name: string;
  scene: string;
}

/** What the attribute `stages` says; none where it says nothing sound. */
function readStages(text: string | null): Stage[] {
  try {
    const list: unknown = JSON.parse(text ?? "[]");
    const sound = (one: unknown): one is Stage =>
      typeof one === "object" &&
      one !== null &&
      typeof (one as Stage).name === "string" &&
      typeof (one as Stage).scene === "string";
    return Array.isArray(list) ? list.filter(sound) : [];
  } catch {
    return [];
  }
}

export interface Owner {
  load: (scene: string) => Promise<Scene>;
  /** The scene of the stage that was entered. */
  entered: (scene: Scene) => void;
  /** The reader chose a stage, and it is there. */
  chosen: () => void;
  failed: (error: unknown) => void;
}

export class Stages {
  readonly element = make("div", { class: "stages", role: "radiogroup", "aria-label": "Stage" });
  readonly #stages: Stage[];
  readonly #owner: Owner;
  readonly #scenes = new Map<string, Promise<Scene>>();
  #current: string;

  /** @param attribute JSON: a list of {name, scene} */
  constructor(attribute: string | null, owner: Owner) {
    this.#stages = readStages(attribute);
    this.#owner = owner;
    this.#current = this.first;
    this.element.hidden = this.#stages.length < 2;
    for (const { name } of this.#stages) {
      const input = make("input", {
        type: "radio",
        name: "stage",
        value: name,
        checked: name === this.#current,
      });
      input.addEventListener("change", () => void this.enter(name).then(owner.chosen));
      this.element.append(make("label", {}, input, make("span", {}, name)));
    }
  }

  /** Name of the first; empty where there are none. */
  get first(): string {
    return this.#stages[0]?.name ?? "";
  }

  /** Name of the one that is shown, or on its way. */
  get current(): string {
    return this.#current;
  }

  /** Resolves when that stage is there; at once where it is, or where there is none of that name. */
  async enter(name: string): Promise<void> {
    if (name === this.#current || !this.#stages.some((stage) => stage.name === name)) return;
    this.#current = name;
    for (const input of this.element.querySelectorAll("input"))
      input.checked = input.value === name;
    try {
      const scene = await this.scene();
      if (scene && name === this.#current) this.#owner.entered(scene);
    } catch (error) {
      this.#owner.failed(error);
    }
  }

  /** The current stage's scene, fetched once; null where there are no stages. */
  async scene(): Promise<Scene | null> {
    const name = this.#current;
    const hash = this.#stages.find((stage) => stage.name === name)?.scene;
    if (hash === undefined) return null;
    const loading = this.#scenes.get(hash) ?? this.#owner.load(hash);
    this.#scenes.set(hash, loading);
    try {
      const scene = await loading;
      return name === this.#current ? scene : this.scene();
    } catch (error) {
      this.#scenes.delete(hash);
      throw error;
    }
  }
}
