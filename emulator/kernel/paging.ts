import type { RequestContext } from "./request.ts";
import { invalid } from "./errors.ts";
import { first, type Form } from "./form.ts";
import type { Document } from "./document.ts";
import type { Resource } from "./resource.ts";

/** The part of a list that is asked for. */
export interface PageRequest {
  readonly size: number;
  readonly number: number;
  /** Where it starts: after or before a resource (by creation order), or after so many of them. */
  readonly start: { readonly after: number } | { readonly before: number } | { readonly skip: number };
}

export interface PageOf<F extends object> {
  readonly documents: readonly Document<F>[];
  readonly hasPrevious: boolean;
  readonly hasNext: boolean;
}

/** Reads PageSize, Page and PageToken. @throws TwilioError */
export function readPageRequest(request: RequestContext, resource: Resource<never>): PageRequest {
  const { query, product } = request;
  // Twilio cuts a too large PageSize down: its SDKs always ask for up to 1000.
  const size = Math.min(wholeNumber(query, "PageSize", 1) ?? resource.defaultPageSize, resource.maxPageSize);
  const number = wholeNumber(query, "Page", 0) ?? 0;
  const token = first(query, "PageToken");
  if (token !== undefined && token !== "") return { size, number, start: readToken(token) };
  if (number > 0 && product.missingPageToken !== undefined) throw product.missingPageToken();
  return { size, number, start: { skip: number * size } };
}

/** The query of a page, filters first, as Twilio orders it. */
export function pageQuery(query: Form, size: number, number: number, token?: string): string {
  const result = new URLSearchParams();
  for (const [name, values] of [...query].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (name === "Page" || name === "PageSize" || name === "PageToken") continue;
    for (const value of values) result.append(name, value);
  }
  result.append("PageSize", String(size));
  result.append("Page", String(number));
  if (token !== undefined) result.append("PageToken", token);
  return `?${result.toString()}`;
}

/**
 * `PA` (after) or `PB` (before), then what looks like a SID and holds a creation number: unlike the SID itself it
 * still works when that resource was deleted in the meantime.
 */
export function pageToken(direction: "PA" | "PB", prefix: string, document: Document<object>): string {
  return direction + prefix + document.seq.toString(16).padStart(32, "0");
}

/** Takes the page out of documents in list order; `backwards` gives them in reverse, for pages before a token. */
export function cutPage<F extends object>(
  { size, start }: PageRequest,
  walk: (from: number | undefined, backwards: boolean) => Iterable<Document<F>>,
): PageOf<F> {
  if ("before" in start) {
    const taken = take(walk(start.before, true), 0, size + 1);
    return { documents: taken.slice(0, size).reverse(), hasPrevious: taken.length > size, hasNext: true };
  }
  const taken =
    "after" in start
      ? take(walk(start.after, false), 0, size + 1)
      : take(walk(undefined, false), start.skip, size + 1);
  const hasPrevious = "after" in start || start.skip > 0;
  return { documents: taken.slice(0, size), hasPrevious, hasNext: taken.length > size };
}

function take<T>(items: Iterable<T>, skip: number, count: number): T[] {
  const taken: T[] = [];
  let position = 0;
  for (const item of items) {
    if (position++ < skip) continue;
    taken.push(item);
    if (taken.length === count) break;
  }
  return taken;
}

function readToken(token: string): PageRequest["start"] {
  const [, direction, digits] = /^(PA|PB)[A-Z]{2}([0-9a-f]{32})$/.exec(token) ?? [];
  const seq = digits === undefined ? NaN : parseInt(digits, 16);
  if (!Number.isSafeInteger(seq))
    throw invalid(`Invalid PageToken ${token.slice(0, 64)}; use the one of next_page_url`);
  return direction === "PB" ? { before: seq } : { after: seq };
}

function wholeNumber(query: Form, name: string, min: number): number | undefined {
  const value = first(query, name);
  if (value === undefined || value === "") return undefined;
  const number = Number(value);
  if (!/^\d+$/.test(value) || number < min || !Number.isSafeInteger(number)) {
    throw invalid(
      `${name} must be a whole number of at least ${min}, got ${JSON.stringify(value.slice(0, 64))}`,
    );
  }
  return number;
}
