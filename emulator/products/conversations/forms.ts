import { routesOf } from "../../kernel/crud.ts";
import type { Kind } from "../../kernel/document.ts";
import { notFound } from "../../kernel/errors.ts";
import type { Route } from "../../kernel/product.ts";
import type { RequestContext } from "../../kernel/request.ts";
import { type Resource, resource, type ResourceDeclaration } from "../../kernel/resource.ts";
import { channel } from "../chat/kinds.ts";
import { inDefaultService } from "./defaultService.ts";

const serviceBase = "/v1/Services/{ChatServiceSid}";

/** A resource that has two paths: one below its service, and one without, which means the default service. */
export interface InBothForms<F extends object> {
  readonly inService: Resource<F>;
  readonly byDefault: Resource<F>;
  readonly routes: readonly Route[];
}

/**
 * Declares a resource that has two paths.
 *
 * @param declare gets what paths begin with, in each form
 * @param more further routes, or ones in place of the usual operations that the declaration leaves out
 */
export function inBothForms<F extends object>(
  kind: Kind<F>,
  declare: (base: string) => ResourceDeclaration<NoInfer<F>>,
  more: (resource: Resource<F>) => readonly Route[] = () => [],
): InBothForms<F> {
  const inService = resource(kind, declare(serviceBase));
  const byDefault = resource(kind, declare("/v1"));
  const all = (form: Resource<F>): Route[] => [...routesOf(form), ...more(form)].map(withoutPublic);
  return { inService, byDefault, routes: [...all(inService), ...all(byDefault).map(inDefaultService)] };
}

/** Public channels are Chat's alone: what a path says of one is not found. */
function withoutPublic(route: Route): Route {
  if (!route.path.includes("/Conversations/{")) return route;
  return {
    ...route,
    handle(request) {
      if (isPublic(request)) throw notFound(request.path);
      return route.handle(request);
    },
  };
}

function isPublic({ context, parameters }: RequestContext): boolean {
  const { ChatServiceSid: serviceSid = "", Sid: sid = "", ConversationSid: reference = sid } = parameters;
  const channels = context.of(channel);
  const found = channels.get(reference) ?? channels.find("unique_name", reference, serviceSid);
  return found?.fields.type === "public";
}
