/** First wait between two attempts, before jitter, in milliseconds. */
const base = 500;
/** Longest wait that is chosen here, in milliseconds. */
const longest = 30_000;
/** Longest wait a server may ask for, in milliseconds; beyond it the answer is taken as final. */
export const longestRetryAfter = 300_000;

/**
 * How long to wait before attempt `attempt + 1`, in milliseconds: exponential, with full jitter so that
 * requests that were refused together do not come back together.
 */
export function backoff(attempt: number, random: () => number): number {
  const ceiling = Math.min(longest, base * 2 ** attempt);
  return Math.round(ceiling * (0.5 + random() / 2));
}

/** What a Retry-After header asks for, in milliseconds: seconds, or a date. */
export function retryAfter(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  if (/^\d+(\.\d+)?$/.test(header.trim())) return Math.ceil(Number(header) * 1000);
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
