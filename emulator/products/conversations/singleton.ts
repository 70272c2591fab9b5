import type { Context } from "../../kernel/context.ts";
import { readInput } from "../../kernel/crud.ts";
import type { Document } from "../../kernel/document.ts";
import type { Route } from "../../kernel/product.ts";
import type { RequestContext } from "../../kernel/request.ts";
import type { Resource } from "../../kernel/resource.ts";
import { updateFrom } from "../../kernel/write.ts";

/** Settings of which their owner has one, whether anybody ever wrote them or not. */
export interface Singleton<F extends object> {
  /** Its path, parameters and hooks. */
  readonly resource: Resource<F>;
  /** SID of the account or service whose settings they are. @throws TwilioError when it is not there */
  owner(request: RequestContext): string;
  /** What they are before the first update; not asked where the owner itself holds them. */
  readonly unset?: F;
  body(fields: F, owner: string, context: Context): object;
}

/** The routes of a singleton, fetch and update. It is stored under its owner's SID. */
export function singletonRoutes<F extends object>(singleton: Singleton<F>): Route[] {
  const { resource, owner, unset, body } = singleton;
  const { path } = resource;
  const find = ({ context }: RequestContext, sid: string): Document<F> | undefined =>
    context.of(resource).get(sid);
  const fetch: Route["handle"] = (request) => {
    const sid = owner(request);
    const fields = find(request, sid)?.fields ?? unset;
    if (fields === undefined) throw new Error(`${resource.kind} of ${sid} is nowhere`);
    return { status: 200, body: body(fields, sid, request.context) };
  };
  const update: Route["handle"] = (request) => {
    const { context } = request;
    const sid = owner(request);
    const input = readInput(request, resource, "update");
    let previous = find(request, sid);
    if (previous === undefined) {
      if (unset === undefined) throw new Error(`${resource.kind} of ${sid} is nowhere`);
      previous = context.of(resource).insert(sid, unset, sid);
    }
    return { status: 200, body: body(updateFrom(context, resource, previous, input).fields, sid, context) };
  };
  return [
    { method: "GET", path, handle: fetch },
    { method: "POST", path, handle: update },
  ];
}
