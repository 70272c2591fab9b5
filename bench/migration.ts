/**
 * Moves numbers from Chat and Proxy to Flex Conversations and back while customers write and agents answer, with requests
 * that fail and `up` killed at each stage, and counts what became of every text. Run with `npm run bench:migration`; it takes
 * half an hour.
 *
 *   --seeds N       journeys, each another one  (default 20)
 *   --first N       the seed of the first one  (default 1)
 *   --customers N   (default 1000)
 *   --numbers N     (default 5)
 *   --texts N       texts between two stages  (default 100)
 *   --results FILE  keep what came of each journey there, and go on from it
 *   --write         put the table into docs/migration.md
 */
import { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { withTable } from "./faults/table.ts";
import { migrate, type Plan } from "./migration/journey.ts";
import { cuts } from "./migration/project.ts";
import { brokenPromises } from "./migration/promises.ts";
import { marks, migrationTable, type Row } from "./migration/table.ts";

const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "20" },
    first: { type: "string", default: "1" },
    customers: { type: "string", default: "1000" },
    numbers: { type: "string", default: "5" },
    texts: { type: "string", default: "100" },
    results: { type: "string" },
    write: { type: "boolean", default: false },
  },
});
const { results } = values;
const rows: Row[] = [];
if (results !== undefined && existsSync(results))
  for (const line of readFileSync(results, "utf8").split("\n"))
    if (line !== "") rows.push(JSON.parse(line) as Row);

for (let index = 0; index < Number(values.seeds); index++) {
  const plan = planOf(index);
  if (rows.some(({ seed }) => seed === plan.seed)) continue;
  const begun = Date.now();
  const row = await journey(plan);
  rows.push(row);
  if (results !== undefined) appendFileSync(results, `${JSON.stringify(row)}\n`);
  const { seed, cut, sent, lost, replayed, doubled, split, kills, failures, broken } = row;
  const seconds = Math.round((Date.now() - begun) / 1000);
  console.log(
    `${seed} ${cut}${plan.andBack ? ", back once" : ""}: ${sent} texts, ${lost} lost, ${replayed} replayed, ${doubled} doubled, ` +
      `${split} split; ${kills} kills, ${failures} failures; ${seconds} s` +
      broken.map((text) => `\n  NOT AS ANNOUNCED: ${text}`).join(""),
  );
}
const table = migrationTable(rows);
console.log(table);
if (values.write) {
  const file = join(fileURLToPath(new URL("..", import.meta.url)), "docs", "migration.md");
  writeFileSync(file, withTable(readFileSync(file, "utf8"), table, marks));
}
if (rows.some(({ broken }) => broken.length > 0)) process.exitCode = 1;

/** Each cut in turn; with and without the number's URL, there and back, the first ones undisturbed. */
function planOf(index: number): Plan {
  const round = Math.floor(index / cuts.length);
  return {
    seed: Number(values.first) + index,
    cut: cuts[index % cuts.length]!,
    customers: Number(values.customers),
    numbers: Number(values.numbers),
    texts: Number(values.texts),
    numberUrlToo: round % 2 === 0,
    andBack: round !== 1,
    disturbed: round > 0,
  };
}

async function journey(plan: Plan): Promise<Row> {
  const migrated = await migrate(plan);
  const { outcome, told, kills, failures } = migrated;
  return {
    seed: plan.seed,
    cut: plan.cut,
    andBack: plan.andBack,
    numberUrlToo: plan.numberUrlToo,
    sent: outcome.sent.length,
    lost: outcome.lost.length,
    doubled: outcome.doubled.length,
    split: outcome.split.length,
    replayed: told[1].replayed,
    kills,
    failures,
    broken: brokenPromises(migrated),
  };
}
