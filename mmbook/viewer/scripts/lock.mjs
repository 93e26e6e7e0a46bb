// Completes package-lock.json after npm has changed it. npm leaves out packages for other platforms
// that its registry did not hold at that moment, and then refuses its own lock file (npm ci). Here
// they are named with the version their parent asks for; npm checks and fetches them where they fit.
import { readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const file = join(dirname(fileURLToPath(import.meta.url)), "..", "package-lock.json");
const lock = JSON.parse(await readFile(file, "utf8"));

// What names of native packages end in: system, processor, and on Linux the C library.
const ENDING =
  /-(?<os>android|darwin|freebsd|linux|openbsd|openharmony|win32)-(?<cpu>arm64|arm|x64|ia32|loong64|ppc64|riscv64|s390x)(?:-(?<kind>gnu|musl|gnueabihf|musleabihf|eabi|msvc))?$/;

for (const [path, parent] of Object.entries({ ...lock.packages })) {
  for (const [name, version] of Object.entries(parent.optionalDependencies ?? {})) {
    const own = `${path}/node_modules/${name}`;
    const shared = `node_modules/${name}`;
    if (own in lock.packages || shared in lock.packages) continue;
    const ending = ENDING.exec(name)?.groups;
    if (!ending) throw new Error(`${name}: no platform can be read from this name`);
    const { os, cpu, kind } = ending;
    lock.packages[shared] = {
      version,
      cpu: [cpu],
      ...(parent.dev && { dev: true }),
      ...(os === "linux" && kind && { libc: [kind.startsWith("musl") ? "musl" : "glibc"] }),
      license: parent.license,
      optional: true,
      os: [os],
    };
  }
}
lock.packages = Object.fromEntries(
  Object.entries(lock.packages).sort(([one], [other]) => (one < other ? -1 : 1)),
);
await writeFile(file, `${JSON.stringify(lock, null, 2)}\n`);
