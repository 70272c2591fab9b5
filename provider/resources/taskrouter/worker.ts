import { common, parent, resource } from "../../engine/definition.ts";
import { bool, json, sid, text, time } from "../../engine/field.ts";
import { operations } from "../../engine/operations.ts";

/** Twilio's limit on the length of a worker's attributes. */
const maxAttributes = 4096;

export const worker = resource({
  token: "twilio:taskrouter:Worker",
  description:
    "Someone, or something, that does tasks. Queues and workflow targets select workers by their attributes.",
  example: `const ada = new twilio.taskrouter.Worker("ada", {
  workspaceSid: workspace.sid,
  friendlyName: "ada",
  attributes: { contact_uri: "client:ada", routing: { skills: ["billing"] } },
});`,
  docs: "https://www.twilio.com/docs/taskrouter/api/worker",
  openApi: {
    document: "taskrouter_v1",
    create: "CreateWorker",
    fetch: "FetchWorker",
    update: "UpdateWorker",
    excludedParams: {
      "If-Match": "guards against concurrent writers of the attributes; the engine reads, then shows drift",
    },
  },
  parents: { workspaceSid: parent("WS", "Workspace the worker belongs to.") },
  sid: "WK",
  inputs: {
    friendlyName: text("Name of the worker, unique within its workspace, ignoring case.", {
      required: true,
      minLength: 1,
      maxLength: 64,
    }),
    activitySid: sid(
      "Activity the worker is in. Agents change it all day: set it only for workers that no person drives.",
      "WA",
      { computed: "the workspace's default activity", clear: false, live: true },
    ),
    attributes: json(
      "What expressions select the worker by, for example `contact_uri` and `routing.skills`; as an object or a " +
        `JSON string, at most ${maxAttributes} characters.`,
      {
        default: {},
        check: (document) =>
          JSON.stringify(document).length > maxAttributes
            ? `is ${JSON.stringify(document).length} characters of JSON, Twilio takes at most ${maxAttributes}; ` +
              "keep in it only what routing needs"
            : undefined,
      },
    ),
    rejectPendingReservations: bool(
      "Whether pending reservations are rejected when an update moves the worker to an unavailable activity.",
      { updateOnly: true, default: false, instructionFor: ["activitySid"] },
    ),
  },
  outputs: {
    ...common,
    activityName: text("Name of the activity the worker is in.", { required: true }),
    available: bool("Whether the worker is in an available activity.", { required: true }),
    dateStatusChanged: time("When the worker last changed its activity, UTC.", { required: true }),
  },
  keys: [
    {
      inputs: ["friendlyName"],
      ignoreCase: true,
      filter: ({ friendlyName }) => ({ friendlyName }),
    },
  ],
  at: (twilio, { workspaceSid }) => operations(twilio.taskrouter.v1.workspaces(workspaceSid).workers),
});
