import { own } from "../../data/api.ts";

/** How many there are of a kind. */
export interface KindCount {
  readonly kind: string;
  /** Where the console has it. */
  readonly place: string;
  readonly name: string;
  readonly count: number;
}

/** A resource in a list. */
export interface Listed {
  readonly kind: string;
  readonly console: string;
  readonly sid: string;
  readonly name: string | null;
  readonly date_created: string;
  readonly date_updated: string;
}

export interface ListPage {
  readonly resources: readonly Listed[];
  readonly next: number | null;
}

/** A resource as its API shows it. */
export interface Shown {
  readonly kind: string;
  readonly sid: string;
  readonly place: string;
  readonly name: string;
  readonly parent: string;
  /** Null where no API has it. */
  readonly api: string | null;
  readonly resource: unknown;
  readonly requests: readonly Logged[];
}

/** A request of the log. */
export interface Logged {
  readonly id: number;
  readonly time: string;
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly query: string;
  readonly operation: string | null;
  readonly status: number;
  readonly by?: "page";
}

export interface Body {
  readonly text: string;
  readonly length: number;
  readonly is_cut: boolean;
}

export interface LoggedInFull extends Logged {
  readonly content_type: string | null;
  readonly request: Body | null;
  readonly answer: Body | null;
  readonly curl: string | null;
  readonly curl_note: string | null;
}

/** Which requests are listed; empty: any. */
export interface RequestFilters {
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly status: string;
  readonly operation: string;
  readonly by: string;
}

export const anyRequest: RequestFilters = {
  method: "",
  host: "",
  path: "",
  status: "",
  operation: "",
  by: "programs",
};

/** How many resources a list begins with, and gets more of. */
const pageSize = 50;

/** How often a search goes on by itself that has found nothing yet: each time it looks at some thousands. */
const mostTurns = 60;

export async function kindCounts(): Promise<readonly KindCount[]> {
  return (await own<{ kinds: KindCount[] }>("GET", "/resources")).kinds;
}

/** A page of resources; a search goes on until it has found some, or is at the end. */
export async function listResources(kind: string, search: string, before: number | null): Promise<ListPage> {
  const found: Listed[] = [];
  let next = before;
  for (let turn = 0; turn < mostTurns; turn++) {
    const query = new URLSearchParams({ kind, search, limit: String(pageSize) });
    if (next !== null) query.set("before", String(next));
    const page: ListPage = await own<ListPage>("GET", `/resources/list?${query}`);
    found.push(...page.resources);
    next = page.next;
    if (next === null || found.length >= pageSize || search === "") break;
  }
  return { resources: found, next };
}

/** @param kind of several that have one SID; empty: the oldest */
export function showResource(sid: string, kind: string): Promise<Shown> {
  return own<Shown>("GET", `/resources/${encodeURIComponent(sid)}?kind=${encodeURIComponent(kind)}`);
}

/** The last requests that are wanted, newest first. */
export async function listRequests(filters: RequestFilters): Promise<readonly Logged[]> {
  const query = new URLSearchParams({ ...filters, limit: "100" });
  return (await own<{ requests: Logged[] }>("GET", `/requests?${query}`)).requests.reverse();
}

export function showRequest(id: string): Promise<LoggedInFull> {
  return own<LoggedInFull>("GET", `/requests/${encodeURIComponent(id)}`);
}
