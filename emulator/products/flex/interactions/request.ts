import * as z from "zod";
import { invalid, missingParameter } from "../../../kernel/errors.ts";
import { first, type Form } from "../../../kernel/form.ts";
import { isJsonObject, type Json, type JsonObject } from "../../../kernel/json.ts";
import { parseJson } from "../../../kernel/parameter.ts";
import type { RequestContext } from "../../../kernel/request.ts";
import { maxPriority, maxTaskTimeout } from "../../taskrouter/stored/limits.ts";
import { channelTypes, type ChannelType, type Initiator, type Outsider, type Routing } from "./kinds.ts";

/** A form, whichever way it came: programs send forms, Flex UI the same in JSON (`{"status", "routing": {…}}`). */
export function withForm(request: RequestContext): RequestContext {
  const { json } = request;
  if (json === undefined) return request;
  if (!isJsonObject(json)) throw invalid("The body must be a JSON object");
  const form = new Map<string, string[]>();
  for (const [name, value] of Object.entries(json)) {
    if (value === null) continue;
    const text = typeof value === "string" ? value : JSON.stringify(value);
    form.set(pascalCase(name), [text]);
  }
  return { ...request, form };
}

function pascalCase(name: string): string {
  return name.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** What an interaction is to be about. */
export interface ChannelRequest {
  readonly type: ChannelType;
  readonly initiatedBy: Initiator;
  /** The conversation, where there is one. */
  readonly conversationSid: string | undefined;
  readonly outsiders: readonly Outsider[];
}

const text = z.string().min(1);
const outsider = z.looseObject({ address: text, proxy_address: text.nullish() });
const channelShape = z.looseObject({
  type: z.enum(channelTypes),
  initiated_by: z.enum(["customer", "agent", "api"]),
  properties: z.looseObject({ media_channel_sid: text.nullish() }).nullish(),
  participants: z.array(outsider).nullish(),
});

/** Reads `Channel` of a new interaction. @throws TwilioError */
export function readChannel(form: Form): ChannelRequest {
  const given = read(form, "Channel", channelShape);
  if (given === undefined) throw missingParameter("Channel");
  const conversationSid = given.properties?.media_channel_sid ?? undefined;
  const outsiders = (given.participants ?? []).map(({ address, proxy_address }) => ({
    address,
    proxy_address: proxy_address ?? null,
  }));
  if (given.initiated_by === "customer" && conversationSid === undefined)
    throw invalid("Channel that a customer initiated needs the conversation, properties.media_channel_sid");
  if (conversationSid === undefined && outsiders.length === 0)
    throw invalid("Channel needs participants, or a conversation as properties.media_channel_sid");
  return { type: given.type, initiatedBy: given.initiated_by, conversationSid, outsiders };
}

const number = (least: number, most: number) => z.coerce.number().int().min(least).max(most).nullish();
const routingShape = z.looseObject({
  properties: z.looseObject({
    workspace_sid: text,
    workflow_sid: text.nullish(),
    queue_sid: text.nullish(),
    worker_sid: text.nullish(),
    routing_target: text.nullish(),
    task_channel_sid: text.nullish(),
    task_channel_unique_name: text.nullish(),
    // As an object, or as the text that tasks have.
    attributes: z.union([z.record(z.string(), z.json()), z.string()]).nullish(),
    priority: number(0, maxPriority),
    timeout: number(1, maxTaskTimeout),
  }),
});

/** Reads `Routing` of an interaction or invite; undefined when there is none. @throws TwilioError */
export function readRouting(form: Form): Routing | undefined {
  const given = read(form, "Routing", routingShape)?.properties;
  if (given === undefined) return undefined;
  return {
    workspace_sid: given.workspace_sid,
    workflow_sid: given.workflow_sid ?? undefined,
    queue_sid: given.queue_sid ?? undefined,
    worker_sid: given.worker_sid ?? undefined,
    routing_target: given.routing_target ?? undefined,
    task_channel: given.task_channel_sid ?? given.task_channel_unique_name ?? undefined,
    attributes: attributesOf(given.attributes ?? {}),
    priority: given.priority ?? undefined,
    timeout: given.timeout ?? undefined,
  };
}

function attributesOf(given: Json): JsonObject {
  const parsed = typeof given === "string" ? parseJson(given, "Routing.properties.attributes") : given;
  if (!isJsonObject(parsed)) throw invalid("Routing.properties.attributes must be a JSON object");
  return parsed;
}

const endShape = z.looseObject({ status: z.enum(["wrapup", "closed"]) });

/** Reads `Routing` of a change of a channel: what is to become of its tasks. @throws TwilioError */
export function readEnd(form: Form): "wrapup" | "closed" | undefined {
  return read(form, "Routing", endShape)?.status;
}

const answerShape = z.looseObject({
  type: z.literal("taskrouter").nullish(),
  reservation: z.looseObject({ sid: text }),
});

/** Reads `Routing` of an answer to an invite: the SID of the reservation. @throws TwilioError */
export function readReservation(form: Form): string {
  const given = read(form, "Routing", answerShape);
  if (given === undefined) throw missingParameter("Routing");
  return given.reservation.sid;
}

/** Reads a parameter that is JSON; undefined when it is not given. @throws TwilioError saying what is wrong with it */
export function read<T>(form: Form, name: string, shape: z.ZodType<T>): T | undefined {
  const given = first(form, name);
  if (given === undefined || given === "") return undefined;
  const { success, data, error } = shape.safeParse(parseJson(given, name));
  if (success) return data;
  throw invalid(`${name} is not as it must be: ${z.prettifyError(error).replace(/\s+/g, " ")}`);
}
