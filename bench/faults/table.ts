import { moments, scenarios, type KillCase } from "./kills.ts";
import { victims } from "./processes.ts";

/** One case in each row and column of the table in turn, so that any number of them is spread evenly. */
export function killCases(count: number): KillCase[] {
  const kinds = scenarios.flatMap((scenario) =>
    victims.flatMap((victim) => moments.map((moment) => ({ scenario, victim, moment }))),
  );
  const rounds = Math.ceil(count / kinds.length);
  return Array.from({ length: count }, (_, index) => {
    const round = Math.floor(index / kinds.length);
    // The kinds of one round are at different places of the run, too.
    const shift = ((index % kinds.length) / kinds.length + round) / rounds;
    return { ...kinds[index % kinds.length]!, at: shift };
  });
}

export interface Told extends KillCase {
  healed: boolean;
}

export const begin = "<!-- kills: written by npm run bench:faults -->";
export const end = "<!-- end of kills -->";

/** The table of docs/reliability.md. */
export function killTable(told: readonly Told[]): string {
  const rows = scenarios.flatMap((scenario) =>
    victims.map((victim) => {
      const cells = moments.map((moment) => {
        const here = told.filter(
          (one) => one.scenario === scenario && one.victim === victim && one.moment === moment,
        );
        return `${here.filter(({ healed }) => healed).length} of ${here.length}`;
      });
      return `| \`${scenario === "update" ? "up" : scenario}\`${scenario === "update" ? " with changes" : ""} | ${victim} | ${cells.join(" | ")} |`;
    }),
  );
  const healed = told.filter((one) => one.healed).length;
  return [
    `${healed} of ${told.length} kills were followed by one command that ended like an undisturbed run.`,
    "",
    `| Command | Killed | ${moments.map((moment) => `Request ${moment}`).join(" | ")} |`,
    `| --- | --- | ${moments.map(() => "---").join(" | ")} |`,
    ...rows,
  ].join("\n");
}

/** A document with the table in its place. */
export function withTable(
  text: string,
  table: string,
  [first, last]: readonly [string, string] = [begin, end],
): string {
  const [before = "", rest = ""] = text.split(first);
  const [, after = ""] = rest.split(last);
  return `${before}${first}\n\n${table}\n\n${last}${after}`;
}
