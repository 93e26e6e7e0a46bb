/** One given matrix to edit: how it comes about, its size, its range, or a file of the reader's. */
import { make } from "../figure/markup.ts";
import schema from "../schema/figure.schema.json";
import type { Leaf } from "../schema/figure.ts";

const KINDS = schema.$defs.leaf.properties.init.enum;
const RANGED = new Set(["rows", "cols", "row major", "col major", "uniform", "gaussian"]);
const RANDOM = new Set(["uniform", "gaussian", "pt linear"]);
export const FILES = ".csv,.tsv,.txt,.npy,.npz,.safetensors";

export interface LeafActions {
  change: (leaf: Leaf) => void;
  file: (file: File) => void;
}

export function createLeaf(name: string, leaf: Leaf, act: LeafActions): HTMLElement {
  const [rows, cols] = leaf.shape;
  const set = (change: Partial<Leaf>): void => act.change({ ...leaf, ...change } as Leaf);
  const { data: _, ...plain } = leaf;
  const kind = make("select", {});
  for (const value of KINDS) {
    const text = value === "data" ? "your data" : value;
    const option = make("option", { value, selected: value === leaf.init }, text);
    // Values are given by a file, not by choosing so.
    if (value === "data" && leaf.init !== "data") option.disabled = true;
    kind.append(option);
  }
  kind.addEventListener("change", () => {
    const init = kind.value as Leaf["init"];
    act.change({ ...plain, init, ...(init === "expr" && { expr: leaf.expr ?? "i - j" }) } as Leaf);
  });
  const fields: HTMLElement[] = [labelled("Starts as", kind)];
  const number = (
    label: string,
    value: number | undefined,
    change: (n: number) => void,
    step = "1",
  ) => {
    const field = make("input", {
      type: "number",
      step,
      value: value === undefined ? "" : `${value}`,
    });
    field.addEventListener("change", () => {
      if (field.value !== "" && Number.isFinite(field.valueAsNumber)) change(field.valueAsNumber);
    });
    fields.push(labelled(label, field));
    return field;
  };
  if (leaf.init !== "data") {
    for (const [at, label] of ["Rows", "Columns"].entries()) {
      const field = number(label, leaf.shape[at], (size) =>
        set({ shape: (at === 0 ? [size, cols] : [rows, size]) as [number, number] }),
      );
      field.min = "1";
    }
  }
  if (RANGED.has(leaf.init)) {
    number("From", leaf.min ?? -1, (min) => set({ min }), "any");
    number("To", leaf.max ?? 1, (max) => set({ max }), "any");
  }
  if (RANDOM.has(leaf.init)) {
    const seed = number("Seed", leaf.seed, (value) => set({ seed: value }));
    seed.min = "0";
    seed.placeholder = "by name";
  }
  if (leaf.init === "expr") {
    const text = make("input", { type: "text", value: leaf.expr ?? "", spellcheck: "false" });
    text.addEventListener("change", () => set({ expr: text.value }));
    fields.push(labelled("Of i, j, h, w", text));
  }
  const file = make("input", { type: "file", accept: FILES });
  file.addEventListener("change", () => {
    const [chosen] = file.files ?? [];
    if (chosen) act.file(chosen);
  });
  fields.push(labelled("Your data", file));
  const element = make(
    "fieldset",
    { class: "leaf" },
    make("legend", {}, make("b", {}, name), ` ${rows} × ${cols}`),
    ...fields,
  );
  receive(element, act.file);
  return element;
}

function labelled(text: string, field: HTMLElement): HTMLElement {
  return make("label", {}, make("span", {}, text), field);
}

/** Files and text that are dropped on a matrix or pasted into it. */
function receive(element: HTMLElement, file: (file: File) => void): void {
  element.addEventListener("dragover", (event) => {
    event.preventDefault();
    element.classList.add("over");
  });
  element.addEventListener("dragleave", () => element.classList.remove("over"));
  element.addEventListener("drop", (event) => {
    event.preventDefault();
    element.classList.remove("over");
    const [dropped] = event.dataTransfer?.files ?? [];
    if (dropped) file(dropped);
  });
  element.addEventListener("paste", (event) => {
    const [pasted] = event.clipboardData?.files ?? [];
    const text = event.clipboardData?.getData("text/plain") ?? "";
    const table = /[\n\t,;]/.test(text.trim());
    if (!pasted && !table) return;
    event.preventDefault();
    file(pasted ?? new File([text], "pasted.csv"));
  });
}
