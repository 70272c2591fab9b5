import type { Context } from "../../kernel/context.ts";
import type { Document } from "../../kernel/document.ts";
import { invalid } from "../../kernel/errors.ts";
import { boolean, oneOf, sid, text, url } from "../../kernel/parameter.ts";
import { resource } from "../../kernel/resource.ts";
import { activity, taskChannel, taskQueue, workflow, type Workspace, workspace } from "./stored/kinds.ts";

export const workspaceResource = resource(workspace, {
  prefix: "WS",
  path: "/v1/Workspaces",
  listKey: "workspaces",
  parameters: {
    FriendlyName: text({ required: true, max: 64 }),
    EventCallbackUrl: url(),
    EventsFilter: text(),
    MultiTaskEnabled: boolean({ default: true }),
    Template: oneOf(["NONE", "FIFO"], { on: "create", field: null }),
    PrioritizeQueueOrder: oneOf(["FIFO", "LIFO"], { default: "FIFO" }),
    DefaultActivitySid: sid("WA", { on: "update" }),
    TimeoutActivitySid: sid("WA", { on: "update" }),
  },
  // Whether Twilio refuses a second workspace of the same name is not documented. Refusing is the safe side: what
  // works here must work there.
  unique: [
    {
      field: "friendly_name",
      taken: (name, _parent, account) =>
        invalid(`Workspace named ${name} already exists for account ${account}`),
    },
  ],
  filters: { FriendlyName: { field: "friendly_name" } },
  links: {
    activities: "/Activities",
    statistics: "/Statistics",
    real_time_statistics: "/RealTimeStatistics",
    cumulative_statistics: "/CumulativeStatistics",
    task_queues: "/TaskQueues",
    tasks: "/Tasks",
    workers: "/Workers",
    workflows: "/Workflows",
    task_channels: "/TaskChannels",
    events: "/Events",
  },
  render: ({ fields }, context) => ({
    default_activity_name: context.of(activity).get(fields.default_activity_sid)?.fields.friendly_name,
    timeout_activity_name: context.of(activity).get(fields.timeout_activity_sid)?.fields.friendly_name,
  }),
  beforeWrite({ fields, previous, input }, context) {
    if (previous === undefined) {
      fields.default_activity_sid = fields.timeout_activity_sid = context.newSid("WA");
      return;
    }
    if (previous.fields.multi_task_enabled && !fields.multi_task_enabled) {
      throw invalid("MultiTaskEnabled can't be turned off again once it is on");
    }
    for (const name of ["DefaultActivitySid", "TimeoutActivitySid"] as const) {
      if (input[name] === null) throw invalid(`${name} can't be cleared; name another activity`);
    }
    for (const activitySid of [fields.default_activity_sid, fields.timeout_activity_sid]) {
      if (context.of(activity).get(activitySid)?.parentSid !== previous.sid) {
        throw invalid(`Activity ${activitySid} does not exist in workspace ${previous.sid}`);
      }
    }
  },
  afterCreate(created, context, input) {
    const activities = context.of(activity);
    activities.insert(
      created.sid,
      { friendly_name: "Offline", available: false },
      created.fields.default_activity_sid,
    );
    activities.insert(created.sid, { friendly_name: "Available", available: true });
    activities.insert(created.sid, { friendly_name: "Unavailable", available: false });
    for (const [name, uniqueName] of newTaskChannels) {
      context.of(taskChannel).create(created.sid, { FriendlyName: name, UniqueName: uniqueName });
    }
    if (input["Template"] === "FIFO") addFifoTemplate(created, context);
  },
});

/** Friendly and unique names of the task channels of a new workspace. */
const newTaskChannels = [
  ["Default", "default"],
  ["Voice", "voice"],
  ["Programmable Chat", "chat"],
  ["SMS", "sms"],
  ["Video", "video"],
] as const;

function addFifoTemplate(created: Document<Workspace>, context: Context): void {
  const queue = context.of(taskQueue).create(created.sid, { FriendlyName: "Sample Queue" });
  context.of(workflow).create(created.sid, {
    FriendlyName: "Default Fifo Workflow",
    Configuration: JSON.stringify({ task_routing: { filters: [], default_filter: { queue: queue.sid } } }),
  });
}
