/**
 * All benches, one after the other. Run with `npm run bench`; it takes some twenty minutes, on a machine that does nothing
 * else.
 *
 *   --before FOLDER   another checkout that is set up, for those that compare
 *   --write           put their tables into docs/performance.md
 *   --quick           the one that is short and looks at numbers of requests only
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { parseArgs } from "node:util";

const { values } = parseArgs({
  options: {
    before: { type: "string" },
    write: { type: "boolean", default: false },
    quick: { type: "boolean", default: false },
  },
});
const compared = [
  ...(values.before === undefined ? [] : ["--before", values.before]),
  ...(values.write ? ["--write"] : []),
];
const benches: readonly (readonly [file: string, ...options: string[]])[] = values.quick
  ? [["scale.ts", "--quick"]]
  : [["inner-loop.ts", ...compared], ["scale.ts", ...compared], ["emulator.ts"], ["page.ts"], ["routing.ts"]];

for (const [file, ...options] of benches) {
  console.log(`\n${file}`);
  const { status } = spawnSync(process.execPath, [join(import.meta.dirname, file), ...options], {
    stdio: "inherit",
  });
  if (status !== 0) process.exitCode = 1;
}
