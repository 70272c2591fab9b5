import { areaCodeOf, isSameArea } from "./areaCode.ts";

/**
 * Whether a number of the pool is near enough to a participant of the same country. Levels finer than `country` are of
 * North America only, as Proxy says; elsewhere the country is all that counts.
 *
 * `extended-area-code` and `overlay` are the area codes that serve the participant's area. How far `radius` reaches is
 * not documented, and where a number is can't be told from its digits: it counts as `extended-area-code` here, the
 * nearest thing that does not match more than Proxy would.
 */
export function isNear(level: string, identifier: string, proxyNumber: string): boolean {
  const [theirs, ours] = [areaCodeOf(identifier), areaCodeOf(proxyNumber)];
  if (level === "country" || theirs === undefined || ours === undefined) return true;
  return level === "area-code" ? theirs === ours : isSameArea(theirs, ours);
}
