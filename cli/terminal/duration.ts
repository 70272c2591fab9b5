import { ExitCode } from "../../flex-stack/failure/exit-code.ts";
import { Failure } from "../../flex-stack/failure/failure.ts";

/** Nobody looks further back than ten years, in milliseconds. */
const longest = 3650 * 86_400_000;

const units: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** How long an option says, such as `30m`, in milliseconds. @throws Failure when it says no such time */
export function duration(option: string, value: string): number {
  const [, amount, unit = ""] = /^(\d{1,6})([smhd])$/.exec(value.trim()) ?? [];
  const milliseconds = Number(amount) * (units[unit] ?? 0);
  if (milliseconds > 0 && milliseconds <= longest) return milliseconds;
  throw new Failure({
    what: `${option} must be a time such as 30m, 1h or 2d.`,
    fix: "Write a number and s, m, h or d, up to 3650d.",
    exitCode: ExitCode.usage,
  });
}
