/** Which matrices became which, as lines of text, in the form that fences have them: `W1 = W, B, A`. */
import { SettingsError } from "../errors.ts";

/** New name → the old ones. */
export type Merges = Readonly<Record<string, readonly string[] | undefined>>;

export function mergesWritten(merges: Merges): string[] {
  return Object.entries(merges).map(
    ([made, of = []]) => `${quoted(made)} = ${of.map(quoted).join(", ")}`,
  );
}

/** @throws SettingsError for a line that is none */
export function mergesRead(lines: readonly string[]): Merges {
  const said = lines.map((line) => line.trim()).filter((line) => line !== "");
  return Object.fromEntries(
    said.map((line) => {
      const names = [...line.matchAll(/`([^`]+)`|([^`=,\s]+)/g)].map(
        ([, held, plain]) => held ?? plain ?? "",
      );
      const shape = line.replace(/`[^`]+`|[^`=,\s]+/g, "x").replace(/\s/g, "");
      const [made, ...of] = names;
      if (made === undefined || !/^x=x(,x)*$/.test(shape)) {
        const remedy = "Write it as W1 = W, B, A";
        throw new SettingsError("no matrix that others became", { given: line, remedy });
      }
      return [made, of];
    }),
  );
}

function quoted(name: string): string {
  return /^[\p{ID_Start}_]\p{ID_Continue}*$/u.test(name) ? name : `\`${name}\``;
}
