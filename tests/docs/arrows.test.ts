import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "@jest/globals";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Which folders each may import, as docs/architecture.md draws it. */
const allowed: Record<string, readonly string[]> = {
  "index.ts": ["config", "components"],
  ci: ["cli"],
  cli: ["config", "emulator", "provider/access.ts", "provider/resources", "rehearsal", "routing"],
  components: [],
  config: ["routing"],
  emulator: ["routing"],
  plugin: [],
  policy: ["config", "routing"],
  provider: [],
  rehearsal: ["routing"],
  routing: [],
  setup: ["provider/sdk"],
  testing: ["rehearsal", "routing"],
};

/** Source files that are no tests and no helpers of tests. */
const sources = execFileSync("git", ["ls-files", ...Object.keys(allowed)], { cwd: root })
  .toString()
  .split("\n")
  .filter((file) => /\.(ts|js|mjs)$/.test(file))
  .filter((file) => !/\.test\.ts$|\.d\.ts$|fixture|\/testing\/|arbitrary\.ts$|temp-project\.ts$/.test(file));

/** Relative imports of a file, from the root of the repository. */
function imports(file: string): string[] {
  const text = readFileSync(join(root, file), "utf8");
  const found = text.matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]+)"/g);
  return [...found].map(([, path = ""]) => normalize(join(dirname(file), path)));
}

test.each(Object.entries(allowed))("%s imports nothing but %j", (folder, others) => {
  const files = sources.filter((file) => file === folder || file.startsWith(`${folder}/`));
  expect(files.length).toBeGreaterThan(0);
  const strangers = files.flatMap((file) =>
    imports(file)
      .filter((path) => ![folder, ...others].some((known) => path === known || path.startsWith(`${known}/`)))
      .map((path) => `${file} → ${path}`),
  );
  expect(strangers).toEqual([]);
});
