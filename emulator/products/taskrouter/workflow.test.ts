import { beforeAll, expect, test } from "@jest/globals";
import { useLocalTwilio } from "../../../tests/support/useLocalTwilio.ts";

const local = useLocalTwilio({ seed: "empty" });
let workspaceSid = "";
let queueSid = "";
const workspace = () => local.client.taskrouter.v1.workspaces(workspaceSid);
const url = () => `https://taskrouter.twilio.com/v1/Workspaces/${workspaceSid}/Workflows`;
const minimal = () => JSON.stringify({ task_routing: { default_filter: { queue: queueSid } } });

beforeAll(async () => {
  workspaceSid = (await local.client.taskrouter.v1.workspaces.create({ friendlyName: "Contact centre" })).sid;
  queueSid = (await workspace().taskQueues.create({ friendlyName: "Everyone" })).sid;
});

test("is created with Twilio's defaults, its configuration as it was written", async () => {
  const configuration = `{ "task_routing": {\n  "default_filter": { "queue": "${queueSid}" } } }`;
  const created = await workspace().workflows.create({ friendlyName: "Plain", configuration });
  expect(created).toMatchObject({
    friendlyName: "Plain",
    configuration,
    taskReservationTimeout: 120,
    assignmentCallbackUrl: null,
    fallbackAssignmentCallbackUrl: null,
    documentContentType: "",
    links: {
      workspace: `https://taskrouter.twilio.com/v1/Workspaces/${workspaceSid}`,
      statistics: `${url()}/${created.sid}/Statistics`,
      real_time_statistics: `${url()}/${created.sid}/RealTimeStatistics`,
      cumulative_statistics: `${url()}/${created.sid}/CumulativeStatistics`,
    },
  });
});

test("keeps and clears every parameter", async () => {
  const given = {
    friendlyName: "Full",
    configuration: minimal(),
    assignmentCallbackUrl: "https://example.com/assign",
    fallbackAssignmentCallbackUrl: "https://example.com/fallback",
    taskReservationTimeout: 86_400,
  };
  const { sid } = await workspace().workflows.create(given);
  expect(await workspace().workflows(sid).fetch()).toMatchObject(given);
  const cleared = await workspace()
    .workflows(sid)
    .update({ assignmentCallbackUrl: "", fallbackAssignmentCallbackUrl: "", reEvaluateTasks: "true" });
  expect(cleared).toMatchObject({
    ...given,
    assignmentCallbackUrl: null,
    fallbackAssignmentCallbackUrl: null,
  });
});

test("a filter may inherit its queue, and expressions, order and timeouts are allowed", async () => {
  const configuration = JSON.stringify({
    task_routing: {
      filters: [
        {
          filter_friendly_name: "Targeted",
          expression: "channelType == 'sms' AND targetWorker != null",
          targets: [
            {
              queue: queueSid,
              expression: "task.targetWorker == worker.contact_uri",
              timeout: 30,
              priority: "5",
            },
            { order_by: "worker.level DESC", skip_if: "workers.available == 0" },
          ],
        },
      ],
    },
  });
  expect((await workspace().workflows.create({ friendlyName: "Rich", configuration })).configuration).toBe(
    configuration,
  );
});

test.each([
  ["{", "Configuration is not JSON"],
  ["[]", "Configuration must be an object"],
  ["{}", "Configuration task_routing is missing"],
  ['{"task_routing":{"default_filter":{}}}', "Configuration task_routing.default_filter.queue is missing"],
  [
    `{"task_routing":{"default_filter":{"queue":"WQ${"0".repeat(32)}"}}}`,
    `Configuration task_routing.default_filter.queue WQ${"0".repeat(32)} is not a TaskQueue of this workspace`,
  ],
  [
    '{"task_routing":{"filters":[{"expression":"1=","targets":[{"queue":"<WQ>"}]}]}}',
    "Configuration task_routing.filters[0].expression unexpected end",
  ],
  [
    '{"task_routing":{"filters":[{"expression":"1==1","targets":[]}]}}',
    "Configuration task_routing.filters[0].targets must be a list of at least one target",
  ],
])("refuses the configuration %s", async (configuration, message) => {
  const form = { FriendlyName: "Refused", Configuration: configuration.replace("<WQ>", queueSid) };
  const answer = await local.send("POST", url(), { form });
  expect(answer).toMatchObject({ status: 400, body: { code: 20001 } });
  expect((answer.body as { message: string }).message).toContain(message);
});

test.each([
  [{ Configuration: "<minimal>" }, "Missing required parameter FriendlyName in the post body"],
  [{ FriendlyName: "x" }, "Missing required parameter Configuration in the post body"],
  [
    { FriendlyName: "x", Configuration: "<minimal>", TaskReservationTimeout: "86401" },
    'TaskReservationTimeout must be a whole number from 1 to 86400, got "86401"',
  ],
  [
    { FriendlyName: "x", Configuration: "<minimal>", AssignmentCallbackUrl: "nowhere" },
    'AssignmentCallbackUrl must be an http or https URL, got "nowhere"',
  ],
])("refuses %j", async (given, message) => {
  const form = Object.fromEntries(
    Object.entries(given).map(([name, value]) => [name, value === "<minimal>" ? minimal() : value]),
  );
  expect(await local.send("POST", url(), { form })).toMatchObject({
    status: 400,
    body: { code: 20001, message },
  });
});

test("lists filter by name; a queue that only a workflow names can be deleted", async () => {
  const queue = await workspace().taskQueues.create({ friendlyName: "Short-lived" });
  const configuration = JSON.stringify({ task_routing: { default_filter: { queue: queue.sid } } });
  const created = await workspace().workflows.create({ friendlyName: "Dangling", configuration });
  expect(await workspace().taskQueues(queue.sid).remove()).toBe(true);
  expect((await workspace().workflows.list({ friendlyName: "Dangling" })).map(({ sid }) => sid)).toEqual([
    created.sid,
  ]);
  expect(await workspace().workflows(created.sid).update({ taskReservationTimeout: 60 })).toMatchObject({
    configuration,
  });
});
