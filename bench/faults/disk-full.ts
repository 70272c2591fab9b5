import { execFileSync, spawnSync } from "node:child_process";
import { appendFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, statfsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Account, commandOf, edited, problemsAfter, type Reference, type Scenario } from "./kills.ts";
import type { Project } from "./project.ts";

/** What lies on the disk that becomes full. */
export const disks = ["the state", "the local Twilio"] as const;
export type DiskOf = (typeof disks)[number];

export interface FullCase {
  scenario: Scenario;
  disk: DiskOf;
  /** At which request, from 0 up to 1: the first to the last. */
  at: number;
}

export interface FullResult {
  /** Everything that was not as it should be. */
  problems: string[];
  /** Seconds from the moment the disk was full to the end of the command. */
  seconds: number;
  output: string;
}

/** Room on the small disk, in kilobytes. */
const size = 4096;

/** How this process gets the right to mount for itself alone; undefined where the machine does not let it. */
export function mountingPrefix(): string[] | undefined {
  const ways = [
    ["unshare", "--mount"],
    ["unshare", "--user", "--map-root-user", "--mount"],
  ];
  return ways.find(([command = "", ...options]) => {
    const tried = "d=$(mktemp -d) && mount -t tmpfs none $d && umount $d; s=$?; rmdir $d; exit $s";
    return spawnSync(command, [...options, "sh", "-c", tried], { stdio: "ignore" }).status === 0;
  });
}

/** Fills a disk at a request of a scenario, makes room, runs the command once more, and compares what came of it. */
export async function runFull(
  project: Project,
  { scenario, disk, at }: FullCase,
  { start, requests, end }: Reference,
): Promise<FullResult> {
  project.restore(start);
  project.configure(scenario === "up" ? (text) => text : edited);
  const folder = join(project.folder, disk === "the state" ? ".pulumi" : ".local");
  mountSmall(folder);
  const account = new Account(project);
  await account.open();
  try {
    const wanted = 1 + Math.round(at * (requests - 1));
    let filled: number | undefined;
    let filling: NodeJS.Timeout | undefined;
    account.onRequest = (count) => {
      if (count === wanted) {
        fill(folder);
        filled = performance.now();
        // What is given back is taken by others at once.
        filling = setInterval(() => fill(folder), 20);
      }
      return undefined;
    };
    const first = await project.run(...commandOf(scenario)).finally(() => clearInterval(filling));
    const seconds = filled === undefined ? 0 : (performance.now() - filled) / 1000;
    account.onRequest = () => undefined;
    const problems: string[] = [];
    if (filled === undefined) problems.push("the disk was never full");
    if (first.code !== 1) problems.push(`exit code ${first.code} of the run that met the full disk`);
    const errors = first.output.match(/^error:/gm)?.length ?? 0;
    if (errors !== 1) problems.push(`${errors} errors instead of one`);
    if (!/the disk (is|was) full/.test(first.output)) problems.push("it is not said that the disk is full");
    if (/What was done is recorded/.test(first.output)) problems.push("it is said that all is recorded");
    if (/^\s+at /m.test(first.output)) problems.push("a stack trace");
    rmSync(join(folder, "filler"), { force: true });
    const second = await project.run(scenario === "destroy" ? "destroy" : "up", "--yes");
    await account.close();
    problems.push(...problemsAfter(project, second, end));
    return { problems, seconds, output: `${first.output}\n--- then ---\n${second.output}` };
  } finally {
    await account.close();
    execFileSync("umount", ["-l", folder]);
  }
}

/** Puts a small disk in the place of a folder, with what is in it. */
function mountSmall(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const kept = mkdtempSync(join(tmpdir(), "faults-disk-"));
  cpSync(folder, kept, { recursive: true });
  execFileSync("mount", ["-t", "tmpfs", "-o", `size=${size}k`, "none", folder]);
  cpSync(kept, folder, { recursive: true });
  rmSync(kept, { recursive: true });
}

function fill(folder: string): void {
  const filler = join(folder, "filler");
  try {
    while (statfsSync(folder).bavail > 0) appendFileSync(filler, Buffer.alloc(4096));
  } catch {
    if (!existsSync(filler)) throw new Error(`${folder} could not be filled`);
  }
}

export interface FullTold extends FullCase {
  healed: boolean;
  seconds: number;
}

export const fullMarks = [
  "<!-- full disks: written by npm run bench:faults -->",
  "<!-- end of full disks -->",
] as const;

/** The table of docs/reliability.md. */
export function fullTable(told: readonly FullTold[]): string {
  const rows = (["up", "update", "destroy"] as const).map((scenario) => {
    const cells = disks.map((disk) => {
      const here = told.filter((one) => one.scenario === scenario && one.disk === disk);
      const longest = Math.max(0, ...here.map(({ seconds }) => seconds));
      return `${here.filter(({ healed }) => healed).length} of ${here.length}, told within ${Math.ceil(longest)} s`;
    });
    return `| \`${scenario === "update" ? "up" : scenario}\`${scenario === "update" ? " with changes" : ""} | ${cells.join(" | ")} |`;
  });
  const healed = told.filter((one) => one.healed).length;
  return [
    `${healed} of ${told.length} full disks ended in one error, and one command after there was room ended like an undisturbed run.`,
    "",
    `| Command | Disk of ${disks.join(" full | Disk of ")} full |`,
    "| --- | --- | --- |",
    ...rows,
  ].join("\n");
}
