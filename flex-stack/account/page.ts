/** The first items of a list. */
export interface FirstItems<T> {
  readonly items: readonly T[];
  /** There are more than were asked for. */
  readonly more: boolean;
}

/** How the SDK's lists take their limits. */
export interface ListLimits {
  /** Items in all. */
  limit: number;
  /** Items per request. */
  pageSize: number;
}

/** Most items that Twilio gives at once; Chat and Proxy give 100. */
const largestPage = 1000;

/**
 * The first items of a list of the SDK, page by page, and whether there are more.
 *
 * @example await firstItems(200, (limits) => client.chat.v2.services(sid).roles.list(limits))
 * @param largest Most items that Twilio gives at once of this list. @default 1000
 */
export async function firstItems<T>(
  limit: number,
  list: (limits: ListLimits) => Promise<T[]>,
  largest: number = largestPage,
): Promise<FirstItems<T>> {
  const items = await list({ limit: limit + 1, pageSize: Math.min(limit + 1, largest) });
  return { items: items.slice(0, limit), more: items.length > limit };
}
