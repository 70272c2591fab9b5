import { common, parent, resource } from "../../engine/definition.ts";
import { bool, int, json, text, url } from "../../engine/field.ts";
import { operations } from "../../engine/operations.ts";
import { waitingTasks } from "./waitingTasks.ts";
import { inspectWorkflow } from "./workflowConfiguration.ts";

export const workflow = resource({
  token: "twilio:taskrouter:Workflow",
  description:
    "Rules that send each new task to a queue: filters over the task's attributes, each with targets that are " +
    "tried one after the other.",
  example: `const assign = new twilio.taskrouter.Workflow("assign", {
  workspaceSid: workspace.sid,
  friendlyName: "Assign to anyone",
  configuration: {
    task_routing: {
      filters: [
        {
          filter_friendly_name: "Billing",
          expression: 'topic == "billing"',
          targets: [{ queue: billing.sid, timeout: 60 }, { queue: everyone.sid }],
        },
      ],
      default_filter: { queue: everyone.sid },
    },
  },
});`,
  docs: "https://www.twilio.com/docs/taskrouter/api/workflow",
  openApi: {
    document: "taskrouter_v1",
    create: "CreateWorkflow",
    fetch: "FetchWorkflow",
    update: "UpdateWorkflow",
  },
  parents: { workspaceSid: parent("WS", "Workspace the workflow belongs to.") },
  sid: "WW",
  inputs: {
    friendlyName: text("Name of the workflow.", { required: true, minLength: 1 }),
    configuration: json(
      "The routing rules: `task_routing` with `filters` and `default_filter`, as an object or a JSON string. " +
        "Compared by meaning: neither layout nor the order of keys is a change.",
      { required: true, inspect: inspectWorkflow },
    ),
    assignmentCallbackUrl: url("Where Twilio asks what to do with a reservation."),
    fallbackAssignmentCallbackUrl: url("Where Twilio asks when `assignmentCallbackUrl` fails."),
    taskReservationTimeout: int("How long a worker has to answer a reservation, in seconds.", {
      min: 1,
      max: 86_400,
      default: 120,
    }),
    reEvaluateTasks: bool(
      "Whether waiting tasks run through the rules again when an update changes `configuration`.",
      { updateOnly: true, default: false, instructionFor: ["configuration"] },
    ),
  },
  outputs: {
    ...common,
    documentContentType: text("Media type of the configuration, as Twilio tells it."),
  },
  keys: [{ inputs: ["friendlyName"], filter: ({ friendlyName }) => ({ friendlyName }) }],
  fixes: [waitingTasks("in the workflow")],
  at: (twilio, { workspaceSid }) => operations(twilio.taskrouter.v1.workspaces(workspaceSid).workflows),
});
