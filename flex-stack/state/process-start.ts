import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** How far the clocks of a lock and of the process table may be apart, in milliseconds. */
const tolerance = 2000;

/**
 * Whether the process that had a number at a moment still runs. A process that started later only has the same number;
 * one that has ended and waits for its parent runs no more.
 *
 * @param since Milliseconds since 1970.
 */
export function stillRuns(pid: number, since: number): boolean {
  if (!exists(pid)) return false;
  const started = process.platform === "linux" ? startedOnLinux(pid) : startedByPs(pid);
  if (started === "ended") return false;
  // Where nobody can say since when, it counts as the same.
  return started === undefined || started <= since + tolerance;
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}

/** The kernel counts in hundredths of a second since the machine started. */
function startedOnLinux(pid: number): number | "ended" | undefined {
  try {
    // The name in brackets may itself hold spaces and brackets.
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
    if (fields[0] === "Z" || fields[0] === "X") return "ended";
    const boot = /^btime (\d+)$/m.exec(readFileSync("/proc/stat", "utf8"))?.[1];
    if (boot === undefined) return undefined;
    return Number(boot) * 1000 + Number(fields[19]) * 10;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ENOENT" ? "ended" : undefined;
  }
}

function startedByPs(pid: number): number | "ended" | undefined {
  try {
    const env = { ...process.env, LC_ALL: "C" };
    const [state = "", ...start] = execFileSync("ps", ["-o", "stat=,lstart=", "-p", String(pid)], {
      env,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    })
      .trim()
      .split(/\s+/);
    if (state.startsWith("Z")) return "ended";
    const started = Date.parse(start.join(" "));
    return Number.isNaN(started) ? undefined : started;
  } catch {
    return undefined;
  }
}
