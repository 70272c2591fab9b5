import { ref } from "../case.ts";
import type { Case, Input } from "../case.ts";

const rules = (expression: string): { [key: string]: Input } => ({
  task_routing: {
    filters: [
      {
        filter_friendly_name: "Billing",
        expression,
        targets: [{ queue: ref("queue.sid"), timeout: 60 }],
      },
    ],
  },
});

export const taskrouter: Case[] = [
  {
    name: "workspace",
    token: "twilio:taskrouter:Workspace",
    inputs: {
      friendlyName: "Contact centre",
      eventCallbackUrl: "https://example.com/events",
      eventsFilter: ["task.created", "task.canceled"],
      multiTaskEnabled: true,
      template: "FIFO",
      prioritizeQueueOrder: "LIFO",
    },
    update: { friendlyName: "The contact centre" },
    drift: {
      friendlyName: "Other",
      eventCallbackUrl: "https://example.com/other",
      eventsFilter: "task.created",
      prioritizeQueueOrder: "FIFO",
    },
    cleared: { eventCallbackUrl: null, eventsFilter: null, prioritizeQueueOrder: "FIFO" },
    at: (client, sid) => client.taskrouter.v1.workspaces(sid),
  },
  {
    name: "offline",
    token: "twilio:taskrouter:Activity",
    inputs: { workspaceSid: ref("workspace.sid"), friendlyName: "Away", available: false },
    update: { friendlyName: "Gone home" },
    drift: { friendlyName: "Other" },
    at: (client, workspace, sid) => client.taskrouter.v1.workspaces(workspace).activities(sid),
  },
  {
    name: "busy",
    token: "twilio:taskrouter:Activity",
    inputs: { workspaceSid: ref("workspace.sid"), friendlyName: "Busy" },
    update: { friendlyName: "Very busy" },
    drift: {},
    at: (client, workspace, sid) => client.taskrouter.v1.workspaces(workspace).activities(sid),
  },
  {
    name: "settings",
    token: "twilio:taskrouter:WorkspaceSettings",
    inputs: { workspaceSid: ref("workspace.sid"), timeoutActivitySid: ref("offline.sid") },
    update: { defaultActivitySid: ref("offline.sid") },
    drift: { defaultActivitySid: ref("busy.sid"), timeoutActivitySid: ref("busy.sid") },
    at: (client, sid) => {
      const context = client.taskrouter.v1.workspaces(sid);
      return { fetch: () => context.fetch(), update: (params) => context.update(params) };
    },
  },
  {
    name: "taskChannel",
    token: "twilio:taskrouter:TaskChannel",
    inputs: {
      workspaceSid: ref("workspace.sid"),
      friendlyName: "Letters",
      uniqueName: "letters",
      channelOptimizedRouting: true,
    },
    update: { friendlyName: "Letters and parcels" },
    drift: { friendlyName: "Other", channelOptimizedRouting: false },
    cleared: { channelOptimizedRouting: false },
    at: (client, workspace, sid) => client.taskrouter.v1.workspaces(workspace).taskChannels(sid),
  },
  {
    name: "queue",
    token: "twilio:taskrouter:TaskQueue",
    inputs: {
      workspaceSid: ref("workspace.sid"),
      friendlyName: "Billing",
      targetWorkers: 'skills HAS "billing"',
      maxReservedWorkers: 2,
      taskOrder: "LIFO",
      reservationActivitySid: ref("offline.sid"),
      assignmentActivitySid: ref("offline.sid"),
    },
    update: { friendlyName: "Bills" },
    drift: {
      friendlyName: "Other",
      targetWorkers: "1==1",
      maxReservedWorkers: 3,
      taskOrder: "FIFO",
      reservationActivitySid: "",
      assignmentActivitySid: "",
    },
    cleared: {
      targetWorkers: "1==1",
      maxReservedWorkers: 1,
      taskOrder: "FIFO",
      reservationActivitySid: null,
      assignmentActivitySid: null,
    },
    at: (client, workspace, sid) => client.taskrouter.v1.workspaces(workspace).taskQueues(sid),
  },
  {
    name: "workflow",
    token: "twilio:taskrouter:Workflow",
    inputs: {
      workspaceSid: ref("workspace.sid"),
      friendlyName: "Assign",
      configuration: rules('topic == "billing"'),
      assignmentCallbackUrl: "https://example.com/assign",
      fallbackAssignmentCallbackUrl: "https://example.com/fallback",
      taskReservationTimeout: 60,
      reEvaluateTasks: true,
    },
    update: { configuration: rules('topic == "bills"') },
    drift: {
      friendlyName: "Other",
      configuration: '{"task_routing":{"filters":[]}}',
      assignmentCallbackUrl: "https://example.com/other",
      fallbackAssignmentCallbackUrl: "",
      taskReservationTimeout: 61,
    },
    cleared: {
      assignmentCallbackUrl: null,
      fallbackAssignmentCallbackUrl: null,
      taskReservationTimeout: 120,
    },
    at: (client, workspace, sid) => client.taskrouter.v1.workspaces(workspace).workflows(sid),
  },
  {
    name: "worker",
    token: "twilio:taskrouter:Worker",
    inputs: {
      workspaceSid: ref("workspace.sid"),
      friendlyName: "ada",
      activitySid: ref("offline.sid"),
      attributes: { contact_uri: "client:ada", skills: ["billing"] },
    },
    update: { attributes: { contact_uri: "client:ada", skills: ["billing", "sales"] } },
    drift: { friendlyName: "bob", attributes: "{}", activitySid: ref("busy.sid") },
    cleared: { attributes: "{}" },
    at: (client, workspace, sid) => client.taskrouter.v1.workspaces(workspace).workers(sid),
  },
  {
    name: "workerChannel",
    token: "twilio:taskrouter:WorkerChannel",
    inputs: {
      workspaceSid: ref("workspace.sid"),
      workerSid: ref("worker.sid"),
      taskChannelUniqueName: "chat",
      capacity: 3,
      available: false,
    },
    update: { capacity: 4 },
    drift: { capacity: 5, available: true },
    responses: { capacity: "configuredCapacity" },
    cleared: { available: true },
    at: (client, workspace, worker, sid) => {
      const context = client.taskrouter.v1.workspaces(workspace).workers(worker).workerChannels(sid);
      return { fetch: () => context.fetch(), update: (params) => context.update(params) };
    },
  },
];
