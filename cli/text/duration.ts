/** Nobody's messages are older than ten years, in milliseconds. */
export const longestDuration = 3650 * 86_400_000;

const units: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Milliseconds of `30m`, `2h` or `3d`; undefined when it is no such time, or longer than ten years. */
export function durationOf(value: string): number | undefined {
  const [, amount, unit = ""] = /^(\d{1,6})([smhd])$/.exec(value.trim()) ?? [];
  const milliseconds = Number(amount) * (units[unit] ?? 0);
  return milliseconds > 0 && milliseconds <= longestDuration ? milliseconds : undefined;
}
