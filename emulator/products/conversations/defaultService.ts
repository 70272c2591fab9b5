import type { Context } from "../../kernel/context.ts";
import type { Document } from "../../kernel/document.ts";
import { TwilioError } from "../../kernel/errors.ts";
import type { Route } from "../../kernel/product.ts";
import { type Service, service } from "../chat/kinds.ts";
import { type Configuration, configuration } from "./kinds.ts";

export const noConfiguration: Configuration = {
  default_chat_service_sid: null,
  default_messaging_service_sid: null,
  default_inactive_timer: null,
  default_closed_timer: null,
};

/** What the account's conversations have unless they say otherwise. */
export function configurationOf(context: Context): Configuration {
  return context.of(configuration).get(context.accountSid)?.fields ?? noConfiguration;
}

/**
 * The service of conversations that name none. Until one is chosen it is the account's oldest: Flex makes its own
 * first, and wants it to be the default.
 */
export function defaultService(context: Context): Document<Service> | undefined {
  const chosen = configurationOf(context).default_chat_service_sid;
  const found = chosen === null ? undefined : context.of(service).get(chosen);
  if (found !== undefined) return found;
  const [oldest] = context.of(service).scan({ parent: context.accountSid, descending: false });
  return oldest;
}

/** The same, made when there is none. */
export function needDefaultService(context: Context): Document<Service> {
  return (
    defaultService(context) ??
    context.of(service).create(context.accountSid, { FriendlyName: "Default Conversations Service" })
  );
}

/** A route below a service for a path without one, which means the default service. */
export function inDefaultService(route: Route): Route {
  return {
    ...route,
    handle(request) {
      const { context } = request;
      const found = route.method === "GET" ? defaultService(context) : needDefaultService(context);
      if (found === undefined) throw serviceMissing("default");
      return route.handle({ ...request, parameters: { ChatServiceSid: found.sid, ...request.parameters } });
    },
  };
}

export function serviceMissing(reference: string): TwilioError {
  return new TwilioError(404, 20404, `The requested resource /Services/${reference} was not found`);
}
