import type { SessionInstance } from "twilio/lib/rest/proxy/v1/service/session.js";

const day = 24 * 3600 * 1000;

/**
 * What to set so that a closed Proxy session is open again. One whose time ran out would be closed at once: it gets
 * another day, in which a task ends as well.
 */
export function reopening(
  { dateExpiry }: Pick<SessionInstance, "dateExpiry">,
  now: number,
): readonly (readonly [name: string, value: string])[] {
  const hasExpired = dateExpiry instanceof Date && dateExpiry.getTime() <= now;
  return [
    ...(hasExpired ? [["DateExpiry", `${new Date(now + day).toISOString().slice(0, 19)}Z`] as const] : []),
    ["Status", "in-progress"],
  ];
}
