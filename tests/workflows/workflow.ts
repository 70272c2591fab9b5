import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { load } from "js-yaml";

const folder = join(import.meta.dirname, "..", "..", ".github", "workflows");

/** A step, as far as it is looked at here. */
export interface Step {
  name?: string;
  if?: string;
  run?: string;
  uses?: string;
  with?: Record<string, unknown>;
  env?: Record<string, string>;
}

export interface Job {
  permissions?: Record<string, string>;
  environment?: string;
  concurrency?: { group: string; "cancel-in-progress": boolean };
  "timeout-minutes"?: number;
  uses?: string;
  steps?: Step[];
}

export interface Workflow {
  name: string;
  text: string;
  on: Record<string, unknown>;
  permissions?: unknown;
  jobs: Record<string, Job>;
}

/** The workflows of the project, by file name. */
export function workflows(): Record<string, Workflow> {
  const files = readdirSync(folder).sort();
  return Object.fromEntries(
    files.map((file) => {
      const text = readFileSync(join(folder, file), "utf8");
      return [basename(file, ".yml"), { ...(load(text) as Workflow), text }];
    }),
  );
}

/** The shell line of a step, by its name or the line itself. */
export function command(workflow: string, job: string, name: string): string {
  const step = workflows()[workflow]?.jobs[job]?.steps?.find((each) => each.name === name);
  if (step?.run === undefined)
    throw new Error(`${workflow}.yml has no step ${job}/${name} that runs something.`);
  return step.run;
}
