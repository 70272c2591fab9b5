import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { useReceiver } from "../support/receiver.ts";
import { useLocalTwilio } from "../support/useLocalTwilio.ts";
import { number, set, state, StudioFlows } from "./studioFlows.ts";

// Failures of widgets take the widgets' own transitions: the last table of docs/studio.md.

const local = useLocalTwilio({ clock: () => Date.parse("2026-01-02T03:04:05Z") });
const receiver = useReceiver();
const flows = () => new StudioFlows(local);
const page = readFileSync(new URL("../../docs/studio.md", import.meta.url), "utf8");

const message = {
  from: "{{flow.channel.address}}",
  to: "{{contact.channel.address}}",
  body: "Hi",
  timeout: "60",
};
const http = { method: "GET", content_type: "application/json" };
const noTask = { workflow: `WW${"0".repeat(32)}`, channel: `TC${"0".repeat(32)}` };

/** Type, properties, the transition, and what is said when nothing is wired to it. */
const failures: [type: string, properties: object, transition: string, said: string | RegExp][] = [
  ...(["send-message", "send-and-wait-for-reply"] as const).flatMap(
    (type): [string, object, string, RegExp][] => {
      const { timeout, ...rest } = message;
      const properties = type === "send-message" ? rest : message;
      const transition = type === "send-message" ? "failed" : "deliveryFailure";
      void timeout;
      return [
        [type, { ...properties, from: "+12065550100" }, transition, /^81011 .*\(21606: .*\+12065550100/],
        [type, { ...properties, from: "Shop" }, transition, /^81011 .*\(21212: /],
        [type, { ...properties, from: `MG${"0".repeat(32)}` }, transition, /^81011 .*\(21701: /],
        [type, { ...properties, to: "nobody" }, transition, /^81011 .*\(21211: /],
        [type, { ...properties, to: "{{flow.channel.address}}" }, transition, /^81011 .*\(21266: /],
        [type, { ...properties, body: "{{flow.data.nothing}}" }, transition, /^81011 .*\(21602: /],
        [type, { ...properties, media_url: "picture.png" }, transition, /^81011 .*\(21620: /],
      ];
    },
  ),
  ["send-to-flex", noTask, "failedToEnqueue", /^81015 .*workflow WW0+ does not exist/],
  ["split-based-on", { input: "x" }, "noMatch", /^81005 .*no condition matched/],
  ["make-http-request", { ...http, url: "{{flow.data.url}}" }, "failed", /^81014 .*"" is no URL to call/],
  [
    "make-http-request",
    { ...http, url: "https://example.com/", add_twilio_auth: true },
    "failed",
    /^81014 .*is for Twilio's APIs only, and https:\/\/example\.com\/ is none/,
  ],
  [
    "make-http-request",
    { ...http, url: "https://api.twilio.com/2010-04-01", add_twilio_auth: true },
    "failed",
    /^81014 .*sends no credentials to https:\/\/api\.twilio\.com/,
  ],
  ["make-http-request", { ...http, url: "RECEIVER/status" }, "failed", /^81016 .*it answered 500/],
  [
    "make-http-request",
    { ...http, url: "RECEIVER/json" },
    "failed",
    /^81016 .*it answered 200 with JSON that is none/,
  ],
  [
    "make-http-request",
    { ...http, url: "RECEIVER/long" },
    "failed",
    /^81016 .*it answered 200 with more than 64 kB/,
  ],
  ["run-function", { url: "nowhere" }, "fail", /^81010 .*"nowhere" is no URL to call/],
  ["run-function", { url: "RECEIVER/status" }, "fail", /^81017 .*it answered 500/],
  ["run-subflow", { flow_sid: `FW${"0".repeat(32)}`, flow_revision: "LatestPublished" }, "failed", /^81024 /],
];

const answered = (properties: object): object =>
  JSON.parse(JSON.stringify(properties).replace("RECEIVER", receiver.url)) as object;

describe("a failure", () => {
  test.each(failures)("of %s with %j takes %s", async (type, properties, transition, said) => {
    receiver.answer = ({ path }) =>
      path === "/status"
        ? { status: 500 }
        : path === "/json"
          ? { status: 200, type: "application/json", text: "{" }
          : { status: 200, type: "text/plain", text: "x".repeat(65_537) };
    const wired = await flows().run([
      state("First", type, { [transition]: "After" }, answered(properties)),
      set("After", [{ key: "took", value: transition }]),
    ]);
    expect([wired.steps, wired.failures]).toEqual([
      ["After next Ended", `First ${transition} After`, "Trigger incomingRequest First"],
      [],
    ]);
    const why = wired.notes.filter((text) => text.startsWith(`First: ${transition} (`));
    const unwired = await flows().run([state("First", type, {}, answered(properties))]);
    expect(unwired.steps[0]).toBe(`First ${transition} Ended`);
    expect(unwired.failures).toEqual([expect.stringMatching(said)]);
    const [code, ...words] = unwired.failures[0]!.split(" ");
    // Also where the flow goes on, it is said why; that nothing matched is no failure there.
    const reason = words.join(" ").replace(/^Studio execution ended at First: /, "");
    expect(why).toEqual(transition === "noMatch" ? [] : [`First: ${transition} (${code}): ${reason}`]);
    const rows = page.split("\n").filter((line) => line.startsWith("|") && line.includes(`\`${type}\``));
    expect(rows.filter((row) => row.includes(`\`${transition}\``) && row.includes(String(code)))).not.toEqual(
      [],
    );
  });
});

test("a task whose attributes are no JSON: the template that made them so is named", async () => {
  const [workspace] = await local.client.taskrouter.v1.workspaces.list();
  const [workflow] = await local.client.taskrouter.v1.workspaces(workspace?.sid ?? "").workflows.list();
  const run = (attributes: string, more: object = {}) =>
    flows().run(
      [
        state(
          "ToFlex",
          "send-to-flex",
          {},
          {
            workflow: workflow?.sid ?? "",
            channel: "sms",
            attributes,
            ...more,
          },
        ),
      ],
      { user: { name: "Ann" }, said: 'a "b"', list: [{ k: 1 }] },
    );
  expect((await run('{"user": {{flow.data.nobody}}}')).failures).toEqual([
    expect.stringMatching(/^81015 .*no JSON: .*; \{\{flow\.data\.nobody\}\} is absent here$/),
  ]);
  expect((await run('{"user": {{flow.data.user}}}')).failures).toEqual([
    expect.stringMatching(
      /^81015 .*; \{\{flow\.data\.user\}\} is an object or list; \| to_json writes it as JSON$/,
    ),
  ]);
  expect((await run('{"said": "{{flow.data.said}}"}')).failures).toEqual([
    expect.stringMatching(/^81015 .*; \{\{flow\.data\.said\}\} has characters that JSON must escape/),
  ]);
  const loop = '{"all": [{% for i in flow.data.list %}{{ i.k }},{% endfor %}]}';
  expect((await run(loop)).failures).toEqual([
    expect.stringMatching(
      /^81015 .*the task's attributes are no JSON: Unexpected token .* is not valid JSON$/,
    ),
  ]);
  for (const attributes of ["null", "5", '"text"', "[1]"])
    expect((await run(attributes)).failures).toEqual([
      `81015 Studio execution ended at ToFlex: no task was made: the task's attributes are no JSON object: ${attributes}`,
    ]);
  expect((await run(`{"a": "${"x".repeat(4096)}"}`)).failures).toEqual([
    "81015 Studio execution ended at ToFlex: no task was made: the task's attributes have 4104 characters; TaskRouter takes 4096",
  ]);
  expect((await run("{}", { priority: "high" })).failures).toEqual([
    expect.stringMatching(/^81015 .*its priority is no whole number: "high"$/),
  ]);
  for (const [limit, given, range] of [
    ["priority", "9".repeat(30), "0 to 2147483647"],
    ["timeout", "0", "1 to 1209600"],
    ["timeout", "9".repeat(30), "1 to 1209600"],
  ] as const)
    expect((await run("{}", { [limit]: given })).failures).toEqual([
      `81015 Studio execution ended at ToFlex: no task was made: its ${limit} is ${given}; TaskRouter takes ${range}`,
    ]);
  const made = await run('{"user": {{flow.data.user | to_json}}, "x": {{flow.data.nobody | to_json}}}');
  expect(made.steps[0]).toBe("ToFlex callComplete Ended");
  const { TaskSid, ...more } = made.context.widgets["ToFlex"] ?? {};
  expect(TaskSid).toMatch(/^WT/);
  expect(more).toMatchObject({ Age: 0, Attributes: '{"user":{"name":"Ann"},"x":null}', sid: TaskSid });
});

test("a Messaging Service may send for a flow, with media, and templates see what became of it", async () => {
  const service = await local.client.messaging.v1.services.create({ friendlyName: "Pool" });
  const [owned] = await local.client.incomingPhoneNumbers.list({ phoneNumber: number });
  await local.client.messaging.v1
    .services(service.sid)
    .phoneNumbers.create({ phoneNumberSid: owned?.sid ?? "" });
  const { timeout: _timeout, ...properties } = message;
  const { context, to } = await flows().run([
    state(
      "Say",
      "send-message",
      { sent: undefined },
      {
        ...properties,
        from: service.sid,
        media_url: "https://example.com/picture.png",
      },
    ),
  ]);
  expect(context.widgets["Say"]).toEqual({
    outbound: { Sid: expect.stringMatching(/^MM/), Body: "Hi", From: number, To: to, Status: "accepted" },
  });
});

test.each([
  ["1e300", "2026-02-01T03:04:05.000Z"],
  ["60.12345", "2026-01-02T03:05:05.123Z"],
  ["-5", "2026-01-02T04:04:05.000Z"],
  ["soon", "2026-01-02T04:04:05.000Z"],
])("a reply that is waited for %s seconds is waited for until %s", async (timeout, until) => {
  const { notes } = await flows().run([state("Ask", "send-and-wait-for-reply", {}, { ...message, timeout })]);
  expect(notes).toContain(`Ask waits for a reply until ${until}`);
});

test("a broken template or pattern ends the execution with what is wrong with it", async () => {
  const { steps, failures: said } = await flows().run([
    set("Set", [{ key: "a", value: "{{ 'x' | textilize }}" }]),
  ]);
  expect(steps[0]).toBe("Set error Ended");
  expect(said).toEqual([
    expect.stringMatching(/^81000 Studio execution ended at Set: undefined filter: textilize/),
  ]);
});

describe("what can't be run", () => {
  test("is said where it is reached, and not before", async () => {
    const flow = [
      set("Set", [{ key: "a", value: "1" }], "Say"),
      state("Say", "say-play", { audioComplete: undefined }, { say: "Hello" }),
      state("New", "ask-agent", { failed: "Set" }, { anything: 1 }),
    ];
    const { steps, failures: said, flowSid } = await flows().run(flow);
    expect(steps[0]).toBe("Say failed Ended");
    expect(said).toEqual(["0 Studio execution ended at Say: the local Twilio does not run say-play"]);
    expect(await local.client.studio.v2.flows(flowSid).fetch()).toMatchObject({
      valid: true,
      warnings: [{ property_path: "#/states/3/type" }],
    });
  });

  test("is said, too, when the flow goes on", async () => {
    const { steps, failures: said } = await flows().run([
      state("New", "ask-agent", { failed: "Set" }),
      set("Set", [{ key: "a", value: "1" }]),
    ]);
    expect(steps[0]).toBe("Set next Ended");
    expect(said).toEqual([
      "0 New: the local Twilio does not run ask-agent; the execution goes on as if it had failed",
    ]);
  });

  test("a trigger that leads nowhere is said to", async () => {
    const flowSid = await flows().publish([set("Set", [{ key: "a", value: "1" }])]);
    const { definition } = await local.client.studio.v2.flows(flowSid).fetch();
    const unwired = definition as { states: { transitions: object[] }[] };
    unwired.states[0]!.transitions = [{ event: "incomingRequest", name: "REST API" }];
    await local.client.studio.v2.flows(flowSid).update({ status: "published", definition: unwired });
    await local.client.studio.v2.flows(flowSid).executions.create({ to: "+14155557001", from: number });
    expect((await flows().outcome(flowSid)).notes).toContain(
      `Studio flow ${flowSid} does nothing: its trigger leads nowhere for incomingRequest`,
    );
  });
});

test("a state that leads to itself ends after ten times", async () => {
  const { steps, failures: said } = await flows().run([set("Loop", [{ key: "a", value: "1" }], "Loop")]);
  expect(steps.filter((step) => step.startsWith("Loop"))).toHaveLength(10);
  expect(said).toEqual(["81003 Studio execution ended at Loop: it was entered more than 10 times in a row"]);
});
