import { isoDate } from "./date.ts";
import type { TwilioError } from "./errors.ts";
import type { JsonObject } from "./json.ts";

/** One page of a list, with the paths (and queries) of its neighbours; null where there is none. */
export interface Page {
  readonly items: readonly object[];
  readonly key: string;
  readonly number: number;
  readonly size: number;
  readonly here: string;
  readonly first: string;
  readonly previous: string | null;
  readonly next: string | null;
}

/** How an API generation writes dates, addresses and pages. */
export interface Dialect {
  date(milliseconds: number): string;
  /** The property or properties that say where a resource is. */
  address(origin: string, path: string): JsonObject;
  links(origin: string, paths: Readonly<Record<string, string>>): JsonObject;
  page(origin: string, page: Page): object;
}

/** What the answers of a product have in common. */
export interface Conventions {
  readonly dialect: Dialect;
  /** The error for `Page` above 0 without `PageToken`; without one, `Page` alone counts pages. */
  readonly missingPageToken?: () => TwilioError;
}

const absolute = (origin: string, paths: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(paths).map(([name, path]) => [name, origin + path]));

/** Product APIs (`/v1`, `/v2`): ISO 8601 dates, absolute URLs, `meta`. */
export const versioned: Dialect = {
  date: isoDate,
  address: (origin, path) => ({ url: origin + path }),
  links: (origin, paths) => ({ links: absolute(origin, paths) }),
  page: (origin, page) => ({
    [page.key]: page.items,
    meta: {
      page: page.number,
      page_size: page.size,
      first_page_url: origin + page.first,
      previous_page_url: page.previous === null ? null : origin + page.previous,
      url: origin + page.here,
      next_page_url: page.next === null ? null : origin + page.next,
      key: page.key,
    },
  }),
};

/** The API of 2010: RFC 2822 dates, relative URIs, page properties at the top level. */
export const api2010: Dialect = {
  date: (milliseconds) => new Date(milliseconds).toUTCString().replace("GMT", "+0000"),
  address: (_origin, path) => ({ uri: path }),
  links: (_origin, paths) => ({ subresource_uris: { ...paths } }),
  page: (_origin, page) => ({
    [page.key]: page.items,
    first_page_uri: page.first,
    previous_page_uri: page.previous,
    uri: page.here,
    next_page_uri: page.next,
    page: page.number,
    page_size: page.size,
    start: page.number * page.size,
    end: page.number * page.size + Math.max(page.items.length - 1, 0),
  }),
};
