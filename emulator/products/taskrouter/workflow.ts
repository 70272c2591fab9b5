import { invalid } from "../../kernel/errors.ts";
import { boolean, integer, text, url } from "../../kernel/parameter.ts";
import { resource, type Resource } from "../../kernel/resource.ts";
import { checkConfiguration } from "./expression.ts";
import { refuseWhileUsed, reEvaluateTasks } from "./assignment/openTasks.ts";
import { taskQueue } from "./taskQueue.ts";
import { workspace } from "./workspace.ts";

export interface Workflow {
  friendly_name: string;
  configuration: string;
  assignment_callback_url: string | null;
  fallback_assignment_callback_url: string | null;
  task_reservation_timeout: number;
}

export const workflow: Resource<Workflow> = resource<Workflow>({
  kind: "taskrouter.Workflow",
  prefix: "WW",
  path: "/v1/Workspaces/{WorkspaceSid}/Workflows",
  parent: () => workspace,
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
