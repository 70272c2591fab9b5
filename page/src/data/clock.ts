/** The emulated time is this machine's, and so many milliseconds more, as the local Twilio last said. */
let ahead = 0;
const watchers = new Set<() => void>();

/** The emulated time, in milliseconds since 1970. */
export function now(): number {
  return Date.now() + ahead;
}

/** How far the emulated time is ahead, in seconds. */
export function secondsAhead(): number {
  return Math.round(ahead / 1000);
}

/** Takes over what the local Twilio says. @param time ISO 8601 */
export function setNow(time: string): void {
  const moved = Date.parse(time) - Date.now();
  // What a message takes on its way is no step of the clock.
  if (Math.abs(moved - ahead) < 50) return;
  ahead = moved;
  for (const watcher of watchers) watcher();
}

/** Has something called every second, and when the clock is moved. @returns how that ends */
export function eachSecond(watcher: () => void): () => void {
  watchers.add(watcher);
  const timer = setInterval(watcher, 1000);
  return () => {
    clearInterval(timer);
    watchers.delete(watcher);
  };
}
