import { invalid } from "../../kernel/errors.ts";
import { boolean, integer, text, url } from "../../kernel/parameter.ts";
import { resource } from "../../kernel/resource.ts";
import { reEvaluateTasks, refuseWhileUsed } from "./assignment/openTasks.ts";
import { checkConfiguration } from "./expression.ts";
import { taskQueue, workflow } from "./stored/kinds.ts";
import { workspaceResource } from "./workspace.ts";

export const workflowResource = resource(workflow, {
  prefix: "WW",
  path: "/v1/Workspaces/{WorkspaceSid}/Workflows",
  parent: workspaceResource,
  listKey: "workflows",
  parameters: {
    // How long it may be is not documented: what Twilio may take is not refused here.
    FriendlyName: text({ required: true }),
    Configuration: text({ required: true }),
    AssignmentCallbackUrl: url(),
    FallbackAssignmentCallbackUrl: url(),
    // In seconds.
    TaskReservationTimeout: integer({ min: 1, max: 86_400, default: 120 }),
    ReEvaluateTasks: boolean({ on: "update", field: null }),
  },
  // Not documented for workflows; see the same of workspaces.
  unique: [
    {
      field: "friendly_name",
      taken: (name, parent, account) =>
        invalid(`Workflow named ${name} already exists for workspace ${parent} for account ${account}`),
    },
  ],
  filters: { FriendlyName: { field: "friendly_name" } },
  links: {
    workspace: "/v1/Workspaces/{WorkspaceSid}",
    statistics: "/Statistics",
    real_time_statistics: "/RealTimeStatistics",
    cumulative_statistics: "/CumulativeStatistics",
  },
  // Empty on workflows of today.
  render: () => ({ document_content_type: "" }),
  beforeWrite({ fields, parentSid, input }, context) {
    if (input["Configuration"] === undefined) return;
    checkConfiguration(
      fields.configuration,
      context
        .of(taskQueue)
        .all(parentSid)
        .map(({ sid }) => sid),
    );
  },
  afterUpdate({ sid, parentSid }, _previous, context, input) {
    if (input["ReEvaluateTasks"] === true) reEvaluateTasks(context, parentSid, sid);
  },
  beforeDelete({ sid, parentSid, fields }, context) {
    refuseWhileUsed(context, parentSid, {
      field: "workflow_sid",
      sid,
      what: `Workflow ${fields.friendly_name}`,
    });
  },
});
