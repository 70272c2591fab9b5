import { list } from "../../kernel/crud.ts";
import { isoDate } from "../../kernel/date.ts";
import { invalid } from "../../kernel/errors.ts";
import { first } from "../../kernel/form.ts";
import { dateTime, integer } from "../../kernel/parameter.ts";
import type { Route } from "../../kernel/product.ts";
import type { Reply, RequestContext } from "../../kernel/request.ts";
import { resource } from "../../kernel/resource.ts";
import { workspaceUrl } from "./events/log.ts";
import { event } from "./stored/kinds.ts";
import { workspaceResource } from "./workspace.ts";

/** How long events are kept. */
const keptFor = 30 * 24 * 60 * 60 * 1000;

export const eventResource = resource(event, {
  prefix: "EV",
  path: "/v1/Workspaces/{WorkspaceSid}/Events",
  parent: workspaceResource,
  listKey: "events",
  operations: ["fetch"],
  newestFirst: true,
  // Not what half of all events share: each task makes several, and each index makes each of them slower to write.
  indexed: ["task_sid", "worker_sid", "reservation_sid"],
  filters: {
    TaskSid: { field: "task_sid" },
    ReservationSid: { field: "reservation_sid" },
    WorkerSid: { field: "worker_sid" },
    WorkflowSid: { field: "workflow_sid" },
    TaskQueueSid: { field: "task_queue_sid" },
    EventType: { field: "event_type" },
    TaskChannel: { field: "task_channel" },
    Sid: {
      test:
        ([sid]) =>
        (document) =>
          document.sid === sid,
    },
  },
  hidden: [
    "task_sid",
    "worker_sid",
    "reservation_sid",
    "workflow_sid",
    "task_queue_sid",
    "task_channel",
    "date_created",
    "date_updated",
  ],
  render: ({ parentSid, created }) => ({
    actor_type: "workspace",
    actor_sid: parentSid,
    actor_url: workspaceUrl(parentSid),
    event_date: isoDate(created),
    event_date_ms: created,
    source: "twilio",
    source_ip_address: null,
  }),
  due: ({ created }) => created + keptFor,
  onDue: (document, context) => context.of(event).remove(document),
});

/** The list of events: of the last 15 minutes unless `Minutes`, `StartDate` or `EndDate` say otherwise. */
export const listEvents: Route = {
  method: "GET",
  path: eventResource.path,
  handle: (request): Reply => {
    const { from, until } = periodOf(request);
    return list(
      request,
      eventResource,
      ({ created }) => created >= from && created <= until,
      ({ created }) => created < from - slack,
    );
  },
};

/** Events come with later and later dates, but for what a clock that is set back does. */
const slack = 60_000;

/** In milliseconds since 1970, both included. */
function periodOf({ query, context }: RequestContext): { from: number; until: number } {
  const minutes = integer({ min: 1 }).read([first(query, "Minutes") ?? ""], "Minutes");
  const start = readDate("StartDate", first(query, "StartDate"));
  const end = readDate("EndDate", first(query, "EndDate"));
  if (start !== undefined && end !== undefined && start > end) {
    throw invalid("StartDate must not be after EndDate");
  }
  const usual = start === undefined && end === undefined ? 15 : undefined;
  const since = typeof minutes === "number" ? minutes : usual;
  const from = Math.max(start ?? 0, since === undefined ? 0 : context.now - since * 60_000);
  // Dates are in whole seconds: all of the last one counts.
  const until = end === undefined ? Infinity : end + 999;
  return { from, until };
}

function readDate(name: string, value: string | undefined): number | undefined {
  const read = dateTime().read([value ?? ""], name);
  return typeof read === "string" ? Date.parse(read) : undefined;
}
