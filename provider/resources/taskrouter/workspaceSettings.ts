import { common, parent, resource } from "../../engine/definition.ts";
import { sid, text } from "../../engine/field.ts";
import { operations } from "../../engine/operations.ts";

const workspace = "the Workspace resource has it";

export const workspaceSettings = resource({
  token: "twilio:taskrouter:WorkspaceSettings",
  description:
    "Which activities a workspace puts workers in by itself. Apart from Workspace because they point at " +
    "activities inside it. One per workspace. Destroying it restores the activities that were set before, " +
    "so that its own can be deleted.",
  example: `new twilio.taskrouter.WorkspaceSettings("settings", {
  workspaceSid: workspace.sid,
  defaultActivitySid: offline.sid,
  timeoutActivitySid: unavailable.sid,
});`,
  docs: "https://www.twilio.com/docs/taskrouter/api/workspace#update-a-workspace-resource",
  openApi: {
    document: "taskrouter_v1",
    fetch: "FetchWorkspace",
    update: "UpdateWorkspace",
    excludedParams: {
      FriendlyName: workspace,
      EventCallbackUrl: workspace,
      EventsFilter: workspace,
      MultiTaskEnabled: workspace,
      PrioritizeQueueOrder: workspace,
    },
    excludedFields: {
      sid: "is the input workspaceSid",
      friendly_name: workspace,
      event_callback_url: workspace,
      events_filter: workspace,
      multi_task_enabled: workspace,
      prioritize_queue_order: workspace,
      date_created: workspace,
      url: workspace,
    },
  },
  parents: { workspaceSid: parent("WS", "Workspace to set.") },
  inputs: {
    defaultActivitySid: sid("Activity a new worker starts in.", "WA", {
      computed: "Offline in a new workspace",
      clear: false,
    }),
    timeoutActivitySid: sid("Activity a worker gets when a reservation times out.", "WA", {
      computed: "Offline in a new workspace",
      clear: false,
    }),
  },
  outputs: {
    accountSid: common.accountSid,
    dateUpdated: common.dateUpdated,
    defaultActivityName: text("Name of the default activity.", { required: true }),
    timeoutActivityName: text("Name of the timeout activity.", { required: true }),
  },
  life: "given",
  onDelete: "restore",
  at(twilio, { workspaceSid }) {
    const { fetch, update } = operations(twilio.taskrouter.v1.workspaces);
    return { fetch: () => fetch(workspaceSid), update: (_sid, params) => update!(workspaceSid, params) };
  },
});
