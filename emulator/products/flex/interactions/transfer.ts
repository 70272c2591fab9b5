import * as z from "zod";
import { findDocument, findParentSid, render } from "../../../kernel/crud.ts";
import { invalid } from "../../../kernel/errors.ts";
import type { Json, JsonObject } from "../../../kernel/json.ts";
import type { Reply, RequestContext } from "../../../kernel/request.ts";
import { resource } from "../../../kernel/resource.ts";
import { task } from "../../taskrouter/stored/kinds.ts";
import { configuration } from "../kinds.ts";
import { channelResource } from "./channel.ts";
import { agentsIn, endParticipant } from "./ending.ts";
import { inviteTo } from "./inviting.ts";
import { interactionChannel, type Routing, transfer } from "./kinds.ts";

export const transferResource = resource(transfer, {
  prefix: "UX",
  path: "/v1/Interactions/{InteractionSid}/Channels/{ChannelSid}/Transfers",
  parent: channelResource,
  listKey: "transfers",
  operations: ["fetch"],
  hidden: ["invite_sid"],
});

/** The path by which Flex UI asks for one. */
export const transferPathOfFlexUi = transferResource.path.replace("/v1", "/v1/Instances/{InstanceSid}");

const text = z.string().min(1);
const shape = z.object({
  type: z.literal("cold", { error: "must be cold: conversations have no other transfers" }),
  from: text,
  to: z.string().regex(/^W[KQW][0-9a-f]{32}$/i, "must be the SID of a worker, queue or workflow"),
  note_sid: text.nullish(),
  summary_sid: text.nullish(),
});
const change = z.object({ status: z.enum(["active", "failed", "completed"]).optional() });

/** Answers a create: the agent leaves, and somebody else is invited with the same task. */
export function createTransfer(given: RequestContext): Reply {
  const { InstanceSid: instanceSid, ...parameters } = given.parameters;
  const request = { ...given, parameters };
  const context = request.context.announced();
  const channelSid = findParentSid(request, transferResource);
  const asked = readJson(shape, request.json);
  const channel = context.of(interactionChannel).get(channelSid);
  const agent = agentsIn(context, channelSid).find(({ sid }) => sid === asked.from);
  if (channel === undefined || agent === undefined)
    throw invalid(`from: ${asked.from.slice(0, 64)} is no agent in this channel`);
  const own = context.of(task).get(agent.fields.routing_properties?.task_sid ?? "");
  const routing = channel.fields.last_routing;
  if (own === undefined || routing === null) throw invalid(`from: ${agent.sid} has no task to hand on`);
  const invited = inviteTo(context, channel, handOn(routing, asked.to, own.fields.attributes));
  endParticipant(context, agent, "closed");
  const made = context.of(transfer).insert(channelSid, {
    instance_sid: instanceSid ?? instanceOf(request),
    execution_sid: null,
    type: asked.type,
    status: "active",
    from: asked.from,
    to: asked.to,
    note_sid: asked.note_sid ?? null,
    summary_sid: asked.summary_sid ?? null,
    invite_sid: invited.sid,
  });
  return { status: 201, body: render(made, transferResource, request) };
}

function handOn({ workspace_sid, task_channel }: Routing, to: string, attributes: string): Routing {
  return {
    workspace_sid,
    task_channel,
    routing_target: to,
    attributes: JSON.parse(attributes) as JsonObject,
  };
}

/** Answers a change of a transfer's status. */
export function updateTransfer(request: RequestContext): Reply {
  const found = findDocument(request, transferResource);
  const { status = found.fields.status } = readJson(change, request.json);
  const changed = request.context.of(transfer).update(found, { ...found.fields, status });
  return { status: 200, body: render(changed, transferResource, request) };
}

function instanceOf({ context }: RequestContext): string {
  const known = context.of(configuration).get(context.accountSid)?.fields.flex_instance_sid;
  return known ?? context.accountSid.replace("AC", "GO");
}

/** Flex UI writes names otherwise than the API: `noteSid`. */
function readJson<T>(wanted: z.ZodType<T>, json: unknown): T {
  const entries =
    typeof json === "object" && json !== null ? Object.entries(json as { [name: string]: Json }) : [];
  const names = entries.map(([name, value]) => [
    name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    value,
  ]);
  const { success, data, error } = wanted.safeParse(Object.fromEntries(names));
  if (success) return data;
  throw invalid(`The body is not as it must be: ${z.prettifyError(error).replace(/\s+/g, " ")}`);
}
