import { beforeEach, describe, expect, test } from "@jest/globals";
import type { Exchange } from "./exchange.ts";
import { createConformance } from "./validator.ts";
import type { Conformance } from "./validator.ts";

const sid = (prefix: string, digit = "1"): string => prefix + digit.repeat(32);
const workspace = `https://taskrouter.twilio.com/v1/Workspaces/${sid("WS")}`;

type Values = Record<string, string | string[]>;
const encode = (values: Values): string =>
  new URLSearchParams(
    Object.entries(values).flatMap(([name, value]) =>
      [value].flat().map((one): [string, string] => [name, one]),
    ),
  ).toString();
const form = (values: Values): { requestBody: string } => ({ requestBody: encode(values) });

const queue = {
  account_sid: sid("AC"),
  assignment_activity_sid: null,
  assignment_activity_name: null,
  date_created: "2026-01-02T03:04:05Z",
  date_updated: "2026-01-02T03:04:05Z",
  friendly_name: "Billing",
  max_reserved_workers: 2,
  reservation_activity_sid: sid("WA"),
  reservation_activity_name: "Busy",
  sid: sid("WQ"),
  target_workers: 'skills HAS "billing"',
  task_order: "FIFO",
  url: `${workspace}/TaskQueues/${sid("WQ")}`,
  workspace_sid: sid("WS"),
  links: {
    workspace,
    reservation_activity: `${workspace}/Activities/${sid("WA")}`,
    statistics: `${workspace}/TaskQueues/${sid("WQ")}/Statistics`,
    real_time_statistics: `${workspace}/TaskQueues/${sid("WQ")}/RealTimeStatistics`,
    cumulative_statistics: `${workspace}/TaskQueues/${sid("WQ")}/CumulativeStatistics`,
    list_statistics: `${workspace}/TaskQueues/Statistics`,
    bulk_real_time_statistics: `${workspace}/TaskQueues/RealTimeStatistics`,
  },
};

const creation: Exchange = {
  method: "POST",
  host: "taskrouter.twilio.com",
  path: `/v1/Workspaces/${sid("WS")}/TaskQueues`,
  query: "",
  contentType: "application/x-www-form-urlencoded",
  ...form({
    FriendlyName: "Billing",
    MaxReservedWorkers: "2",
    TaskOrder: "FIFO",
    AssignmentActivitySid: "",
  }),
  status: 201,
  responseBody: queue,
};

const list: Exchange = {
  ...creation,
  method: "GET",
  query: encode({ PageSize: "50", FriendlyName: "Billing" }),
  requestBody: "",
  status: 200,
  responseBody: {
    task_queues: [queue, queue],
    meta: {
      first_page_url: `${workspace}/TaskQueues?PageSize=50&Page=0`,
      key: "task_queues",
      next_page_url: null,
      page: 0,
      page_size: 50,
      previous_page_url: null,
      url: `${workspace}/TaskQueues?PageSize=50&Page=0`,
    },
  },
};

const deletion: Exchange = {
  ...creation,
  method: "DELETE",
  path: `${creation.path}/${sid("WQ")}`,
  requestBody: "",
  status: 204,
  responseBody: undefined,
};

const refusal: Exchange = {
  ...creation,
  ...form({ MaxReservedWorkers: "many", Colour: "red" }),
  status: 400,
  responseBody: {
    code: 20001,
    message: "Missing required parameter FriendlyName in the post body",
    more_info: "https://www.twilio.com/docs/errors/20001",
    status: 400,
  },
};

const number: Exchange = {
  ...creation,
  host: "api.twilio.com",
  path: `/2010-04-01/Accounts/${sid("AC")}/IncomingPhoneNumbers.json`,
  ...form({ PhoneNumber: "+15017122661" }),
  responseBody: {
    account_sid: sid("AC"),
    address_sid: null,
    address_requirements: "none",
    api_version: "2010-04-01",
    beta: false,
    type: "local",
    capabilities: { voice: true, sms: true, mms: true, fax: false },
    date_created: "Fri, 02 Jan 2026 03:04:05 +0000",
    date_updated: "Fri, 02 Jan 2026 03:04:05 +0000",
    friendly_name: "(501) 712-2661",
    identity_sid: null,
    phone_number: "+15017122661",
    origin: "twilio",
    sid: sid("PN"),
    sms_application_sid: "",
    sms_fallback_method: "POST",
    sms_fallback_url: "",
    sms_method: "POST",
    sms_url: "",
    status_callback: "",
    status_callback_method: "POST",
    trunk_sid: null,
    uri: `/2010-04-01/Accounts/${sid("AC")}/IncomingPhoneNumbers/${sid("PN")}.json`,
    voice_receive_mode: "voice",
    voice_application_sid: "",
    voice_caller_id_lookup: false,
    voice_fallback_method: "POST",
    voice_fallback_url: "",
    voice_method: "POST",
    voice_url: "",
    emergency_status: "Inactive",
    emergency_address_sid: null,
    emergency_address_status: "unregistered",
    bundle_sid: null,
    status: "in-use",
  },
};

const good: Record<string, Exchange> = { creation, list, deletion, refusal, number };

let conformance: Conformance;
beforeEach(() => {
  conformance = createConformance();
});

const problems = (exchange: Exchange): string[] => {
  conformance.onExchange(exchange);
  return conformance.violations().map(({ at, problem }) => `${at} ${problem}`);
};

test.each(Object.entries(good))("%s conforms", (_name, exchange) => {
  expect(problems(exchange)).toEqual([]);
  conformance.assertConforms();
});

describe("one thing spoiled is found", () => {
  const body = (change: object): Partial<Exchange> => ({ responseBody: { ...queue, ...change } });
  const without = (name: keyof typeof queue): Partial<Exchange> => {
    const { [name]: _, ...rest } = queue;
    return { responseBody: rest };
  };
  const sent = (values: Record<string, string | string[]>): Partial<Exchange> => ({
    requestBody: encode({ FriendlyName: "Billing", ...values }),
  });

  test.each<[string, string, Partial<Exchange>]>([
    ["creation", "form Colour is not documented", sent({ Colour: "red" })],
    ["creation", "form friendlyName is not documented", sent({ friendlyName: "x" })],
    ["creation", "form MaxReservedWorkers is no integer", sent({ MaxReservedWorkers: "2.5" })],
    ["creation", "form TaskOrder is none of FIFO, LIFO", sent({ TaskOrder: "fifo" })],
    ["creation", "form TaskOrder was sent more than once", sent({ TaskOrder: ["FIFO", "LIFO"] })],
    [
      "creation",
      "form AssignmentActivitySid does not match ^WA[0-9a-fA-F]{32}$",
      sent({ AssignmentActivitySid: "WA1" }),
    ],
    ["creation", "form FriendlyName is required but was not sent", form({ TaskOrder: "LIFO" })],
    [
      "creation",
      "path WorkspaceSid does not match ^WS[0-9a-fA-F]{32}$",
      { path: "/v1/Workspaces/WS1/TaskQueues" },
    ],
    [
      "creation",
      "Content-Type must be application/x-www-form-urlencoded",
      { contentType: "application/json" },
    ],
    ["creation", "Content-Type must be application/x-www-form-urlencoded", { contentType: undefined }],
    ["creation", "query PageSize is not documented", { query: encode({ PageSize: "1" }) }],
    ["creation", "status is 200, documented: 201", { status: 200 }],
    ["creation", "status is 302, documented: 201", { status: 302 }],
    ["creation", "body links is missing", without("links")],
    ["creation", "body colour is not documented", body({ colour: "red" })],
    ["creation", "body max_reserved_workers must be integer", body({ max_reserved_workers: "2" })],
    ["creation", "body max_reserved_workers must be integer", body({ max_reserved_workers: null })],
    ["creation", "body friendly_name must be string,null", body({ friendly_name: 7 })],
    ["creation", "body friendly_name does not echo FriendlyName", body({ friendly_name: "billing" })],
    ["creation", "body task_order is none of FIFO, LIFO", body({ task_order: "RANDOM" })],
    ["creation", 'body sid must match pattern "^WQ[0-9a-fA-F]{32}$"', body({ sid: sid("WW") })],
    ["creation", "body date_created is no date-time", body({ date_created: "2026-13-02T03:04:05Z" })],
    ["creation", "body date_updated is no date-time", body({ date_updated: "2026-01-02T03:04:05+01:00" })],
    ["creation", "body url is no uri", body({ url: "/v1/Workspaces" })],
    ["creation", "body links.workspace is no uri", body({ links: { ...queue.links, workspace: "here" } })],
    [
      "creation",
      "body links.colour is not documented",
      body({ links: { ...queue.links, colour: workspace } }),
    ],
    [
      "creation",
      "body links.workspace is missing",
      body({ links: { ...queue.links, workspace: undefined } }),
    ],
    ["creation", "body must be object", { responseBody: undefined }],
    ["list", "query PageSize is above 1000", { query: encode({ PageSize: "1001" }) }],
    ["list", "query PageSize is below 1", { query: encode({ PageSize: "0" }) }],
    ["list", "query ordering is not documented", { query: encode({ ordering: "x" }) }],
    [
      "list",
      "body task_queues[].sid is missing",
      { responseBody: { ...Object(list.responseBody), task_queues: [{ ...queue, sid: undefined }] } },
    ],
    ["list", "body meta is missing", { responseBody: { task_queues: [] } }],
    [
      "list",
      "body task_queues must be array",
      { responseBody: { ...Object(list.responseBody), task_queues: {} } },
    ],
    ["deletion", "form Force is not documented", form({ Force: "true" })],
    ["deletion", "body must be empty with 204", { responseBody: {} }],
    ["deletion", "status is 200, documented: 204", { status: 200 }],
    [
      "refusal",
      "body code is missing",
      { responseBody: { message: "No", more_info: "https://a.example", status: 400 } },
    ],
    ["refusal", "body must be object", { responseBody: undefined }],
    ["refusal", "body status must be that of the answer, 404", { status: 404 }],
    [
      "refusal",
      "body more_info must be https://www.twilio.com/docs/errors/20404",
      { responseBody: { ...Object(refusal.responseBody), code: 20404 } },
    ],
    [
      "refusal",
      "body detail is not documented",
      { responseBody: { ...Object(refusal.responseBody), detail: "" } },
    ],
    [
      "number",
      "body date_created is no date-time-rfc-2822",
      { responseBody: { ...Object(number.responseBody), date_created: "2026-01-02T03:04:05Z" } },
    ],
    [
      "number",
      "body sms_url is no uri-2010",
      { responseBody: { ...Object(number.responseBody), sms_url: "example.com" } },
    ],
    [
      "number",
      "body capabilities.mms is missing",
      {
        responseBody: { ...Object(number.responseBody), capabilities: { voice: true, sms: true, fax: true } },
      },
    ],
    ["number", "form PhoneNumber is no phone-number", form({ PhoneNumber: "5017" + "1".repeat(9) })],
    ["number", "form has none of PhoneNumber, AreaCode", form({ FriendlyName: "Main" })],
    ["number", "form SmsMethod is none of GET, POST", form({ AreaCode: "501", SmsMethod: "PUT" })],
  ])("%s: %s", (base, expected, change) => {
    const exchange = good[base];
    if (exchange === undefined) throw new Error(`No exchange named ${base}.`);
    expect(problems({ ...exchange, ...change })).toEqual([expected]);
  });
});

describe("what is judged", () => {
  test("a success at a path that Twilio does not document", () => {
    expect(problems({ ...creation, path: "/v1/Workspace" })).toEqual(["operation is not documented"]);
  });

  test("an error there needs the error body only", () => {
    const missing = { ...Object(refusal.responseBody), status: 404 };
    expect(problems({ ...refusal, path: "/v1/Workspace", status: 404, responseBody: missing })).toEqual([]);
  });

  test("nothing on a host without a document", () => {
    expect(problems({ ...creation, host: "127.0.0.1:4100" })).toEqual([]);
    expect(() => conformance.assertConforms()).toThrow(
      "No exchange was judged: is onExchange wired to the local Twilio?",
    );
  });

  test("a host with a port", () => {
    expect(problems({ ...creation, host: "TaskRouter.twilio.com:80", status: 200 })).toEqual([
      "status is 200, documented: 201",
    ]);
  });

  test("successes are counted by operation, with the parameters sent", () => {
    for (const exchange of [creation, list, list, refusal]) conformance.onExchange(exchange);
    expect([...conformance.succeeded()]).toEqual([
      [
        "taskrouter_v1 CreateTaskQueue",
        {
          count: 1,
          parameters: new Set(["FriendlyName", "MaxReservedWorkers", "TaskOrder", "AssignmentActivitySid"]),
        },
      ],
      ["taskrouter_v1 ListTaskQueue", { count: 2, parameters: new Set(["PageSize", "FriendlyName"]) }],
    ]);
  });

  test("documented values are not the only ones that Twilio takes", () => {
    const activity = { ...creation, path: `/v1/Workspaces/${sid("WS")}/Activities` };
    const answered = (available: string): string[] =>
      problems({
        ...activity,
        ...form({ FriendlyName: "Break", Available: available }),
        responseBody: {
          account_sid: sid("AC"),
          available: true,
          date_created: queue.date_created,
          date_updated: queue.date_updated,
          friendly_name: "Break",
          sid: sid("WA"),
          workspace_sid: sid("WS"),
          url: `${workspace}/Activities/${sid("WA")}`,
          links: { workspace },
        },
      });
    expect(answered("yes")).toEqual([]);
    expect(answered("maybe")).toEqual(["form Available is neither true nor false"]);
  });
});

test("the report names operation, place, problem, value, count and the first exchange", () => {
  const spoiled = { ...creation, responseBody: { ...queue, task_order: "RANDOM" } };
  for (const exchange of [creation, spoiled, spoiled, { ...deletion, status: 200 }])
    conformance.onExchange(exchange);
  expect(() => conformance.assertConforms()).toThrow(
    [
      "Twilio's OpenAPI documents disallow 2 of the things seen in 4 exchanges:",
      '  taskrouter_v1 CreateTaskQueue: body task_order is none of FIFO, LIFO ("RANDOM")',
      `    2 times, first in POST taskrouter.twilio.com/v1/Workspaces/${sid("WS")}/TaskQueues → 201`,
      "  taskrouter_v1 DeleteTaskQueue: status is 200, documented: 204 (200)",
      `    1 time, first in DELETE taskrouter.twilio.com/v1/Workspaces/${sid("WS")}/TaskQueues/${sid("WQ")} → 200`,
    ].join("\n"),
  );
});
