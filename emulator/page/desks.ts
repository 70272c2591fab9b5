import type { Context } from "../kernel/context.ts";
import type { Document } from "../kernel/document.ts";
import { notFound } from "../kernel/errors.ts";
import type { Kernel } from "../kernel/kernel.ts";
import type { OwnEndpoint } from "../kernel/ownEndpoints.ts";
import { configuration } from "../products/flex/kinds.ts";
import { identityOf } from "../products/flex/interactions/inviting.ts";
import {
  activity,
  type Reservation,
  task,
  taskQueue,
  type Worker,
  worker,
  workerChannel,
} from "../products/taskrouter/stored/kinds.ts";
import { channelLoad } from "../products/taskrouter/stored/channelLoad.ts";
import { activeStatuses, reservationsOf } from "../products/taskrouter/stored/reservationsOf.ts";

/** How many workers are told of at once. */
const most = 200;

/**
 * `GET /_emulator/desks?search=`: the workers of Flex's workspace, the first 200, with their activity and what is offered to
 * them. `GET /_emulator/desks/{SID of a worker}`: what lies on that one's desk, each offer with when it runs out, which no
 * API of Twilio tells.
 */
export function deskEndpoints(kernel: Kernel, accountSid: string): OwnEndpoint[] {
  return [
    {
      method: "GET",
      path: "/desks",
      handle({ query }) {
        kernel.catchUp();
        return kernel.transaction(accountSid, (context) => list(context, query["search"] ?? ""));
      },
    },
    {
      method: "GET",
      path: "/desks/:sid",
      handle({ parameters: { sid = "" } }) {
        kernel.catchUp();
        return kernel.transaction(accountSid, (context) => {
          const found = context.of(worker).get(sid);
          if (found === undefined) throw notFound(`/_emulator/desks/${sid}`);
          return deskOf(context, found);
        });
      },
    },
  ];
}

function list(context: Context, search: string): object {
  const workspaceSid = workspaceOf(context);
  const wanted = search.toLowerCase();
  const desks: object[] = [];
  let total = 0;
  if (workspaceSid !== undefined) {
    for (const found of context.of(worker).scan({ parent: workspaceSid, descending: false })) {
      if (!found.fields.friendly_name.toLowerCase().includes(wanted) && found.sid !== search) continue;
      total++;
      if (desks.length < most) desks.push(summaryOf(context, found));
    }
  }
  const activities =
    workspaceSid === undefined
      ? []
      : context
          .of(activity)
          .all(workspaceSid)
          .map(({ sid, fields }) => ({ sid, name: fields.friendly_name, available: fields.available }));
  return { workspace: workspaceSid ?? null, activities, total, desks };
}

function workspaceOf(context: Context): string | undefined {
  const sid = context.of(configuration).get(context.accountSid)?.fields.settings["taskrouter_workspace_sid"];
  return typeof sid === "string" ? sid : undefined;
}

function summaryOf(context: Context, { sid, parentSid, fields }: Document<Worker>): object {
  const now = context.of(activity).get(fields.activity_sid);
  const active = reservationsOf(context, parentSid, sid, activeStatuses);
  const count = (status: string): number =>
    active.filter(({ fields: { reservation_status } }) => reservation_status === status).length;
  return {
    sid,
    name: fields.friendly_name,
    activity: {
      sid: fields.activity_sid,
      name: now?.fields.friendly_name ?? "",
      available: now?.fields.available,
    },
    offered: count("pending"),
    accepted: count("accepted"),
    wrapping: count("wrapping"),
  };
}

function deskOf(context: Context, found: Document<Worker>): object {
  const { sid, parentSid: workspaceSid, fields } = found;
  const channels = context.of(workerChannel).all(sid);
  return {
    ...summaryOf(context, found),
    workspace: workspaceSid,
    identity: identityOf(context, sid),
    attributes: fields.attributes,
    channels: channels.map(({ sid: channelSid, fields: channel }) => ({
      sid: channelSid,
      name: channel.task_channel_unique_name,
      capacity: channel.configured_capacity,
      available: channel.available,
      taken: channelLoad(context, workspaceSid, sid, channel.task_channel_sid).active,
    })),
    reservations: reservationsOf(context, workspaceSid, sid, activeStatuses).map((one) =>
      describe(context, one),
    ),
  };
}

function describe(context: Context, { sid, created, fields }: Document<Reservation>): object {
  const about = context.of(task).get(fields.task_sid);
  const queue =
    about?.fields.task_queue_sid == null ? undefined : context.of(taskQueue).get(about.fields.task_queue_sid);
  return {
    sid,
    status: fields.reservation_status,
    created: new Date(created).toISOString(),
    // Only an offer runs out.
    due:
      fields.reservation_status === "pending"
        ? new Date(created + fields.timeout * 1000).toISOString()
        : null,
    timeout: fields.timeout,
    task: about && {
      sid: about.sid,
      status: about.fields.assignment_status,
      created: new Date(about.created).toISOString(),
      channel: about.fields.task_channel_unique_name,
      queue: queue?.fields.friendly_name ?? null,
      priority: about.fields.priority,
      attributes: about.fields.attributes,
    },
  };
}
