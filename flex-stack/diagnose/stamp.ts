/** A time for a sentence: `2026-11-24 12:00 UTC`. */
export function stamp(time: Date): string {
  return `${time.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
