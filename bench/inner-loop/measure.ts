import { spawn } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";

/** What a command took, with all that it started. */
export interface Measured {
  readonly code: number | null;
  /** Seconds. */
  readonly wall: number;
  /** Seconds of a processor, of user and system. */
  readonly cpu: number;
  /** The most that all of its processes had at one time, in megabytes; shared pages count for each. */
  readonly memory: number;
}

const interval = 40;

/** Runs a command. The shell's `times` counts the processor time of all that ended below it. */
export async function measure(
  command: readonly string[],
  options: { cwd: string; env: NodeJS.ProcessEnv },
): Promise<Measured> {
  const script = '"$@" >/dev/null 2>&1; code=$?; times >&2; exit $code';
  const before = performance.now();
  const child = spawn("/bin/sh", ["-c", script, "sh", ...command], {
    ...options,
    stdio: ["ignore", "ignore", "pipe"],
  });
  let told = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (told += text));
  let memory = 0;
  const timer = setInterval(() => (memory = Math.max(memory, memoryBelow(child.pid ?? 0))), interval);
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  clearInterval(timer);
  const ofChildren = told.trim().split("\n").at(-1) ?? "";
  return { code, wall: (performance.now() - before) / 1000, cpu: seconds(ofChildren), memory };
}

/** `0m1.20s 0m0.30s`, or `1m2.5s …`. */
export function seconds(times: string): number {
  return [...times.matchAll(/(\d+)m([\d.]+)s/g)]
    .map(([, minutes, rest]) => Number(minutes) * 60 + Number(rest))
    .reduce((sum, one) => sum + one, 0);
}

/** Of a process and all below it, in megabytes; 0 where there is no /proc. */
function memoryBelow(root: number): number {
  const parents = new Map<number, number>();
  const sizes = new Map<number, number>();
  for (const name of listed("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const stat = text(`/proc/${name}/stat`);
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    parents.set(Number(name), Number(fields[1]));
    sizes.set(Number(name), Number(fields[21]) * 4096);
  }
  const isBelow = (process: number): boolean => {
    for (let at: number | undefined = process; at; at = parents.get(at)) if (at === root) return true;
    return false;
  };
  const all = [...sizes].filter(([process]) => isBelow(process)).map(([, size]) => size);
  return all.reduce((sum, one) => sum + one, 0) / 1e6;
}

function listed(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function text(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return ") 0 0";
  }
}

/** Of each number the middle one. */
export function mediansOf(taken: readonly Measured[]): Pick<Measured, "wall" | "cpu" | "memory"> {
  return {
    wall: median(taken.map(({ wall }) => wall)),
    cpu: median(taken.map(({ cpu }) => cpu)),
    memory: median(taken.map(({ memory }) => memory)),
  };
}

/** The middle one of an odd number of values. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
