import type { CollectionPage, Operations } from "./definition.ts";
import type { Json, Params, Response } from "./value.ts";

/** The part of the twilio SDK's instances that the engine uses. */
export interface SdkInstance {
  toJSON(): unknown;
}

/** The part of the SDK's contexts, `workspace.taskQueues(sid)`, that the engine uses. */
export interface SdkContext {
  fetch(): Promise<SdkInstance>;
  update?(params: object): Promise<SdkInstance>;
  remove?(): Promise<boolean>;
}

/** The part of the SDK's lists, `workspace.taskQueues`, that the engine uses. */
export interface SdkList {
  (sid: string): SdkContext;
  create?(params: object): Promise<SdkInstance>;
  list?(params: object): Promise<SdkInstance[]>;
  page?(params: object): Promise<SdkPage>;
  getPage?(url: string): Promise<SdkPage>;
}

/** The part of the SDK's pages that the engine uses. */
export interface SdkPage {
  instances: SdkInstance[];
  nextPageUrl?: string | undefined;
}

/** As many as Twilio puts into one page, of most kinds. */
const mostInPage = 1000;

/**
 * The operations of a list of the twilio SDK: create, list, and fetch, update, remove by SID, as far as
 * the SDK has them.
 *
 * @param pageSize How many Twilio puts into one page of it at most
 */
export function operations(list: SdkList, { pageSize = mostInPage }: { pageSize?: number } = {}): Operations {
  const sample = list("sid");
  return {
    ...(list.create && { create: async (params: Params) => plain(await list.create!(params)) }),
    ...(list.list && {
      list: async (filter: Params) => (await list.list!({ pageSize, ...filter })).map(plain),
    }),
    ...(list.page && {
      page: async (from?: string) =>
        plainPage(await (from === undefined ? list.page!({ pageSize }) : list.getPage!(from))),
    }),
    fetch: async (sid) => plain(await list(sid).fetch()),
    ...(sample.update && {
      update: async (sid: string, params: Params) => plain(await list(sid).update!(params)),
    }),
    ...(sample.remove && { remove: async (sid: string) => list(sid).remove!() }),
  };
}

function plainPage({ instances, nextPageUrl }: SdkPage): CollectionPage {
  return { items: instances.map(plain), ...(nextPageUrl !== undefined && { next: nextPageUrl }) };
}

/** An SDK instance as plain data: dates as Twilio writes them, absent values left out. */
export function plain(instance: SdkInstance): Response {
  return toJson(instance.toJSON()) as Response;
}

function toJson(value: unknown): Json {
  if (value instanceof Date) return dateText(value);
  if (Array.isArray(value)) return value.map(toJson);
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).filter(([, item]) => item !== undefined);
    return Object.fromEntries(entries.map(([key, item]) => [key, toJson(item)]));
  }
  return value as Json;
}

/** The SDK parses dates; Twilio's own form has no fraction of seconds. */
function dateText(date: Date): string | null {
  return Number.isNaN(date.getTime()) ? null : date.toISOString().replace(/\.\d{3}Z$/, "Z");
}
