import { execFileSync } from "node:child_process";

export interface Running {
  pid: number;
  parent: number;
  command: string;
}

export function runningProcesses(): Running[] {
  const text = execFileSync("ps", ["-A", "-o", "pid=,ppid=,args="], { encoding: "utf8", maxBuffer: 1e8 });
  return text.split("\n").flatMap((line) => {
    const [, pid, parent, command = ""] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return pid === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), command }];
  });
}

/** Who is killed. */
export const victims = ["flex-stack", "Pulumi", "the provider", "all"] as const;
export type Victim = (typeof victims)[number];

/** Kills with -9 at once. @returns how many processes that were */
export function kill(flexStack: number, victim: Victim): number {
  const all = descendants(flexStack);
  const chosen = all.filter(({ pid, command }) => {
    if (victim === "all") return true;
    if (victim === "flex-stack") return pid === flexStack;
    if (victim === "Pulumi") return /(^|\/)pulumi(\.exe)? (up|destroy|preview|refresh)/.test(command);
    // In a preview it shares a process with the program.
    return /run-plugin.*provider|flex-stack\/host\/main\.ts/.test(command);
  });
  for (const { pid } of chosen) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // It ended on its own in the meantime.
    }
  }
  return chosen.length;
}

function descendants(pid: number): Running[] {
  const all = runningProcesses();
  const found = all.filter((one) => one.pid === pid);
  for (let at = 0; at < found.length; at++)
    found.push(...all.filter(({ parent }) => parent === found[at]?.pid));
  return found;
}
