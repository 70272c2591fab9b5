import * as z from "zod";
import type { Context } from "../../kernel/context.ts";
import type { Document } from "../../kernel/document.ts";
import { forbidden, invalid, notFound } from "../../kernel/errors.ts";
import { parseJson } from "../../kernel/parameter.ts";
import type { Reply } from "../../kernel/request.ts";
import { channel as chatChannel } from "../../products/chat/kinds.ts";
import { type InteractionChannel, interactionChannel } from "../../products/flex/interactions/kinds.ts";
import { interaction } from "../../products/flex/interactions/kinds.ts";
import {
  activity,
  reservation,
  task,
  taskQueue,
  worker,
  workerChannel,
} from "../../products/taskrouter/stored/kinds.ts";
import { activeStatuses, reservationsOf } from "../../products/taskrouter/stored/reservationsOf.ts";
import { isoDate } from "../../kernel/date.ts";
import type { Agent, Agents } from "../agents/agent.ts";
import type { Api } from "../agents/api.ts";
import {
  activityShape,
  reservationShape,
  taskQueueShape,
  taskShape,
  workerChannelShape,
  workerShape,
} from "./shapes.ts";

const envelopeShape = z.looseObject({
  url: z.string().min(1),
  method: z.enum(["GET", "POST", "DELETE"]),
  params: z.record(z.string(), z.unknown()).nullish(),
  token: z.string(),
});

/** What a browser asks for, unpacked. */
interface Asked {
  readonly agent: Agent;
  readonly method: "GET" | "POST" | "DELETE";
  readonly path: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/**
 * Answers what TaskRouter's and Interactions' clients of browsers send to the event bridge: requests in envelopes of JSON
 * (`{url, method, params, token}`), whatever content type they say. Agents change what is theirs, and read the rest.
 *
 * @throws TwilioError
 */
export function answerEnvelope(body: string, agents: Agents, api: Api): Reply {
  const { success, data } = envelopeShape.safeParse(parseJson(body, "The envelope"));
  if (!success) throw invalid("Send an envelope: {url, method, params, token}");
  const { url, method, params, token } = data;
  const [path = "", query = ""] = url.split(/\?(.*)/s);
  const asked: Asked = {
    agent: agents.of(token),
    method,
    path: path.replace(/^\/+|\/+$/g, ""),
    params: { ...Object.fromEntries(new URLSearchParams(query)), ...params },
  };
  const payload = asked.path.startsWith("v1/") ? ofInteractions(asked, api) : ofTaskRouter(asked, api);
  return { status: 200, body: { payload } };
}

function ofInteractions(asked: Asked, api: Api): unknown {
  const { agent, method, path, params } = asked;
  // At its own host that path leads to Chat's channels.
  if (path === "v1/Channels" && method === "GET") return api.read(agent, (context) => paused(context, asked));
  return api.send(agent.accountSid, {
    host: "flex-api.twilio.com",
    method,
    path: `/${path}`,
    ...(method === "GET" ? { form: textsOf(params) } : { json: params }),
  });
}

/** The channels that an agent has paused, to take them up again. */
function paused(context: Context, { agent, params }: Asked): object {
  const status = typeof params["status"] === "string" ? params["status"] : "pause";
  const isOwn = ({ fields }: Document<InteractionChannel>): boolean =>
    fields.status === status && fields.last_worker === agent.workerSid;
  const content = context
    .of(interaction)
    .all()
    .flatMap(({ sid }) => context.of(interactionChannel).all(sid))
    .filter(isOwn)
    .map(({ sid, parentSid, updated, fields }) => ({
      sid,
      interaction_sid: parentSid,
      status: fields.status,
      status_timeout: null,
      date_updated: isoDate(updated),
      attributes: JSON.stringify({
        ...fields.last_routing?.attributes,
        conversationSid: fields.conversation_sid,
        channelType: fields.type,
        friendlyName: context.of(chatChannel).get(fields.conversation_sid)?.fields.friendly_name ?? null,
      }),
    }));
  return { content };
}

function ofTaskRouter(asked: Asked, api: Api): unknown {
  const { agent, method, path } = asked;
  const [root, workspaceSid = "", kind = "", sid, below, belowSid, ...rest] = path.split("/");
  if (root !== "Workspaces" || workspaceSid !== agent.workspaceSid || rest.length > 0)
    throw notFound(`/${path}`);
  if (method !== "GET") {
    write(asked, api, kind, sid ?? "", below);
    // Of a task that was answered through a reservation comes back the reservation.
    return api.read(agent, (context) => one(context, below ?? kind, belowSid ?? sid ?? "", `/${path}`));
  }
  return api.read(agent, (context) =>
    below !== undefined && belowSid === undefined
      ? { contents: listBelow(context, asked, sid ?? "", below), after_sid: null, meta: {} }
      : sid === undefined
        ? { contents: list(context, workspaceSid, kind, `/${path}`), after_sid: null, meta: {} }
        : one(context, below ?? kind, belowSid ?? sid, `/${path}`),
  );
}

/** Sends a change on to TaskRouter's API, which checks it. */
function write(asked: Asked, api: Api, kind: string, sid: string, below: string | undefined): void {
  const { agent, method, path, params } = asked;
  if (!api.read(agent, (context) => isOwn(context, agent, kind, sid))) throw forbidden();
  api.send(agent.accountSid, {
    host: "taskrouter.twilio.com",
    method,
    path: `/v1/${below === "WorkerChannels" ? path.replace("WorkerChannels", "Channels") : path}`,
    form: textsOf(params),
  });
}

function isOwn(context: Context, agent: Agent, kind: string, sid: string): boolean {
  if (kind === "Workers") return sid === agent.workerSid;
  return (
    kind === "Tasks" &&
    reservationsOf(context, agent.workspaceSid, sid, activeStatuses).some(
      ({ fields }) => fields.worker_sid === agent.workerSid,
    )
  );
}

function list(context: Context, workspaceSid: string, kind: string, path: string): object[] {
  switch (kind) {
    case "Activities":
      return context.of(activity).all(workspaceSid).map(activityShape);
    case "Workers":
      return context
        .of(worker)
        .all(workspaceSid)
        .map((found) => workerShape(found, context));
    case "TaskQueues":
      return context
        .of(taskQueue)
        .all(workspaceSid)
        .map((found) => taskQueueShape(found, context));
    default:
      throw notFound(path);
  }
}

function listBelow(context: Context, { params, agent, path }: Asked, sid: string, below: string): object[] {
  switch (below) {
    case "WorkerChannels":
    case "Channels":
      return context
        .of(workerChannel)
        .all(sid)
        .map((found) => workerChannelShape(found, context));
    case "Reservations": {
      const isActive = String(params["Active"] ?? "").toLowerCase() === "true";
      return reservationsOf(context, agent.workspaceSid, sid, isActive ? activeStatuses : undefined).flatMap(
        (found) => reservationShape(found, context) ?? [],
      );
    }
    case "Transfers":
      return [];
    default:
      throw notFound(`/${path}`);
  }
}

function one(context: Context, kind: string, sid: string, path: string): object {
  const shape = ((): object | undefined => {
    switch (kind) {
      case "Workers": {
        const found = context.of(worker).get(sid);
        return found && workerShape(found, context);
      }
      case "Tasks": {
        const found = context.of(task).get(sid);
        return found && taskShape(found, context);
      }
      case "Reservations": {
        const found = context.of(reservation).get(sid);
        return found && reservationShape(found, context);
      }
      case "WorkerChannels":
      case "Channels": {
        const found = context.of(workerChannel).get(sid);
        return found && workerChannelShape(found, context);
      }
      case "Activities": {
        const found = context.of(activity).get(sid);
        return found && activityShape(found);
      }
      case "TaskQueues": {
        const found = context.of(taskQueue).get(sid);
        return found && taskQueueShape(found, context);
      }
      default:
        return undefined;
    }
  })();
  if (shape === undefined) throw notFound(path);
  return shape;
}

/** Parameters as forms have them. */
function textsOf(params: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(params)
      .filter(([, value]) => value !== null && value !== undefined)
      .map(([name, value]) => [name, typeof value === "string" ? value : JSON.stringify(value)]),
  );
}
