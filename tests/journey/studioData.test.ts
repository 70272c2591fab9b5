import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import twilio from "twilio";
import { useReceiver } from "../support/receiver.ts";
import { useLocalTwilio } from "../support/useLocalTwilio.ts";
import { Centre } from "./centre.ts";
import { number, set, state, StudioFlows } from "./studioFlows.ts";

// What templates of a flow see, and what its variables and parameters hold: the tables of docs/studio.md.

const local = useLocalTwilio({ clock: () => Date.parse("2026-01-02T03:04:05Z") });
const receiver = useReceiver();
const flows = () => new StudioFlows(local);
const page = readFileSync(new URL("../../docs/studio.md", import.meta.url), "utf8");
const user = { name: "Ann", tags: ["a", 1] };

describe("variables", () => {
  test("hold numbers, text, and with json_object what their JSON says", async () => {
    const { context, notes } = await flows().run(
      [
        set(
          "Set",
          [
            { key: "n", value: "10" },
            { key: "q", value: '"10"' },
            { key: "pin", value: "007" },
            { key: "phone", value: "+14155550170" },
            { key: "word", value: "green", type: "string" },
            {
              key: "obj",
              value: '{"skill": "{{flow.data.skill}}", "n": {{flow.data.n}}}',
              type: "json_object",
            },
            { key: "same", value: "{{flow.data.user}}", type: "json_object" },
            { key: "plain", value: '{"a": 1}' },
            { key: "broken", value: '{"a": {{flow.data.nobody}}}', type: "json_object" },
          ],
          "Read",
        ),
        set("Read", [
          { key: "skill", value: "{{flow.variables.obj.skill}}" },
          { key: "isTen", value: "{% if flow.variables.n == 10 %}yes{% endif %}" },
          { key: "isText", value: "{% if flow.variables.q == 10 %}no{% else %}text{% endif %}" },
          { key: "sum", value: "{% if flow.variables.n %}\n  {{flow.variables.n | plus: 1}}\n{% endif %}" },
          { key: "tag", value: "{{flow.variables.same.tags[0]}}" },
        ]),
      ],
      { skill: "billing", n: 2, user },
    );
    expect(context.flow.variables).toEqual({
      n: 10,
      q: "10",
      pin: "007",
      phone: "+14155550170",
      word: "green",
      obj: { skill: "billing", n: 2 },
      same: user,
      plain: '{"a": 1}',
      broken: '{"a": }',
      skill: "billing",
      isTen: "yes",
      isText: "text",
      sum: 11,
      tag: "a",
    });
    expect(notes).toContainEqual(
      expect.stringMatching(
        /^Set: broken: .*parsed as JSON, it is none; \{\{flow\.data\.nobody\}\} is absent here$/,
      ),
    );
  });

  test("dates are those of the local Twilio's clock, in Pacific time", async () => {
    const { context } = await flows().run([
      set("Set", [{ key: "day", value: '{{ "now" | date: "%F %R" }}' }]),
    ]);
    expect(context.flow.variables).toEqual({ day: "2026-01-01 19:04" });
  });
});

describe("parameters", () => {
  const parameters = [
    { key: "text", value: "{{flow.data.user.name}}" },
    { key: "json", value: "{{flow.data.user}}", type: "json_object" },
  ];
  const call = (type: string, properties: object) =>
    state("Call", type, { success: undefined, failed: undefined, fail: undefined }, properties);

  test("of a subflow are text, or data", async () => {
    const sub = await flows().publish([
      set("Inside", [
        {
          key: "heard",
          value: "{{trigger.parent.parameters.json.tags[1]}} {{trigger.parent.parameters.text}}",
        },
      ]),
    ]);
    const run = { flow_sid: sub, flow_revision: "LatestPublished", parameters };
    const { context } = await flows().run([state("Sub", "run-subflow", { completed: undefined }, run)], {
      user,
    });
    expect(context.widgets["Sub"]).toMatchObject({ heard: "1 Ann" });
    const child = await flows().outcome(sub);
    expect(child.context.trigger["parent"]).toEqual({ parameters: { text: "Ann", json: user } });
    expect(child.context.trigger["request"]?.["parameters"]).toEqual({ user });
  });

  const form = "application/x-www-form-urlencoded;charset=utf-8";
  const json = "application/json";
  test.each<[string, object, string, string]>([
    ["a GET: the query", { method: "GET", content_type: form }, `?a=1&text=Ann&json=${encoded(user)}`, ""],
    ["a form: its fields", { method: "POST", content_type: form }, "?a=1", `text=Ann&json=${encoded(user)}`],
    [
      "a body beside them: the query",
      { method: "POST", content_type: form, body: "x=1" },
      `?a=1&text=Ann&json=${encoded(user)}`,
      "x=1",
    ],
    [
      "JSON: the query, and the body's digest",
      { method: "PUT", content_type: json, body: '{"user": {{flow.data.user | to_json}}}' },
      `?a=1&text=Ann&json=${encoded(user)}&bodySHA256=3c2ba0d8`,
      '{"user": {"name":"Ann","tags":["a",1]}}',
    ],
  ])("of a request are, in %s", async (_what, properties, path, body) => {
    await flows().run(
      [call("make-http-request", { url: `${receiver.url}/hook?a=1`, parameters, ...properties })],
      { user },
    );
    const [request] = receiver.received;
    expect(
      request?.path.replace(/(bodySHA256=.{8}).*/, "$1").replace(/bodySHA256=.*/, "bodySHA256=3c2ba0d8"),
    ).toBe(`/hook${path}`);
    expect(request?.body).toBe(body);
  });

  test("of a function are its form", async () => {
    await flows().run([call("run-function", { url: `${receiver.url}/fn`, parameters })], { user });
    expect(receiver.received.map(({ form: sent }) => sent)).toEqual([
      { text: "Ann", json: '{"name":"Ann","tags":["a",1]}' },
    ]);
  });

  test.each<[string, string, object]>([
    ["a GET", "make-http-request", { method: "GET", content_type: form, parameters }],
    ["a form", "make-http-request", { method: "POST", content_type: form, parameters }],
    [
      "a form as body",
      "make-http-request",
      { method: "POST", content_type: form, body: "b=two words&a=%26" },
    ],
    ["a DELETE", "make-http-request", { method: "DELETE", content_type: form }],
    ["a function", "run-function", { parameters }],
  ])("%s is signed as Twilio's SDK wants it", async (_what, type, properties) => {
    await flows().run([call(type, { url: `${receiver.url}/hook?q=a%20b`, ...properties })], { user });
    const [request] = receiver.received;
    const signature = String(request?.headers["x-twilio-signature"]);
    const check = (token: string) =>
      twilio.validateRequest(token, signature, receiver.url + (request?.path ?? ""), request?.form ?? {});
    expect([check(local.emulator.authToken), check("another")]).toEqual([true, false]);
  });

  test("a JSON body is signed by its digest in the URL", async () => {
    const body = '{"user": {{flow.data.user | to_json}}, "ü": 1}';
    await flows().run(
      [call("make-http-request", { url: `${receiver.url}/hook`, method: "POST", content_type: json, body })],
      { user },
    );
    const [request] = receiver.received;
    const signature = String(request?.headers["x-twilio-signature"]);
    const check = (text: string) =>
      twilio.validateRequestWithBody(
        local.emulator.authToken,
        signature,
        receiver.url + (request?.path ?? ""),
        text,
      );
    expect([check(request?.body ?? ""), check("{}")]).toEqual([true, false]);
  });

  test("a JSON body that is none goes out, and the journal says what made it none", async () => {
    const properties = { url: `${receiver.url}/hook`, method: "POST", content_type: json };
    const { notes } = await flows().run([
      call("make-http-request", { ...properties, body: '{"a": {{flow.data.x}}}' }),
    ]);
    expect(receiver.received.map(({ body }) => body)).toEqual(['{"a": }']);
    expect(notes).toContainEqual(
      expect.stringMatching(
        /^Call: the body of its request is no JSON: .*; \{\{flow\.data\.x\}\} is absent here$/,
      ),
    );
  });

  test("an answer's object is data, members of later ones join it, and a list is none", async () => {
    const answers = [{ foo: "bar" }, "text", { created: true }, [1]];
    receiver.answer = () => {
      const answer = answers[receiver.received.length - 1];
      return typeof answer === "string"
        ? { status: 200, text: answer, type: "text/plain" }
        : { json: answer };
    };
    const url = `${receiver.url}/hook`;
    const again = { key: "n", value: "{{flow.variables.n | plus: 1}}" };
    const { context } = await flows().run([
      state("Call", "make-http-request", { success: "Count" }, { url, method: "GET", content_type: json }),
      set("Count", [again], "More"),
      {
        ...state("More", "split-based-on", { noMatch: "Call" }, { input: "{{flow.variables.n}}" }),
        transitions: [
          { event: "noMatch", next: "Call" },
          {
            event: "match",
            conditions: [
              { friendly_name: "four", arguments: ["{{flow.variables.n}}"], type: "equal_to", value: "4" },
            ],
          },
        ],
      },
    ]);
    expect(context.widgets["Call"]).toEqual({
      status_code: 200,
      content_type: "application/json",
      body: "[1]",
      parsed: { foo: "bar", created: true },
    });
  });
});

describe("what templates see", () => {
  const row = (trigger: string, variable: string): string =>
    page.split("\n").find((line) => line.startsWith(`| ${trigger}`) && line.includes(`| \`${variable}\``)) ??
    "";
  const named = (line: string): string[] =>
    [...(line.split("|")[3] ?? "").matchAll(/`([A-Z]\w+)`/g)].map(([, name = ""]) => name);

  test("of a text to a number", async () => {
    const flowSid = await flows().publish([set("Set", [{ key: "x", value: "1" }])]);
    const { context, sid } = await flows().text(
      new Centre(local.client, local.emulator),
      flowSid,
      "+14155557999",
      "Hi",
    );
    expect(context).toMatchObject({
      flow: { sid, flow_sid: flowSid, channel: { address: number }, data: {} },
      contact: { channel: { address: "+14155557999" } },
    });
    const optional = ["MessagingServiceSid", "MediaUrl0", "MediaContentType0"];
    const expected = named(row("`incomingMessage` of a number", "trigger.message"));
    expect(Object.keys(context.trigger["message"] ?? {}).sort()).toEqual(
      expected.filter((name) => !optional.includes(name)).sort(),
    );
  });

  test("of a web chat, whose pre-engagement data are an object", async () => {
    const flowSid = await flows().publish([
      set("Set", [{ key: "page", value: "{{trigger.message.ChannelAttributes.pre_engagement_data.page}}" }]),
    ]);
    const [chat] = await local.client.chat.v2.services.list();
    const flexFlow = await local.client.flexApi.v1.flexFlow.create({
      friendlyName: "Chat",
      chatServiceSid: chat?.sid ?? "",
      channelType: "web",
      enabled: true,
      integrationType: "studio",
      "integration.flowSid": flowSid,
    });
    const { sid: channelSid } = await local.client.flexApi.v1.webChannel.create({
      flexFlowSid: flexFlow.sid,
      identity: "visitor",
      customerFriendlyName: "Visitor",
      chatFriendlyName: "Chat",
      preEngagementData: '{"page": "cart", "items": 2}',
    });
    await local.own("POST", "/messages", { channelSid, from: "visitor", body: "Hi" });
    const { executions } = local.client.studio.v2.flows(flowSid);
    const { context } = await executions((await executions.list())[0]?.sid ?? "")
      .executionContext()
      .fetch();
    expect(context).toMatchObject({
      flow: { variables: { page: "cart" } },
      trigger: {
        message: {
          Attributes: "{}",
          ChannelAttributes: {
            from: "Visitor",
            channel_type: "web",
            pre_engagement_data: { page: "cart", items: 2 },
          },
        },
      },
    });
    const { message } = (context as { trigger: { message: object } }).trigger;
    expect(Object.keys(message).sort()).toEqual(
      named(row("`incomingMessage` of a chat channel", "trigger.message")).sort(),
    );
  });

  test("of a request, as the JSON that it is", async () => {
    const { context, to } = await flows().run(
      [set("Set", [{ key: "all", value: "{{flow.data | to_json}}" }])],
      {
        user,
      },
    );
    expect(context.trigger).toEqual({ request: { parameters: { user }, to, from: number } });
    expect(context.flow.data).toEqual({ user });
    expect(context.flow.variables).toEqual({ all: '{"user":{"name":"Ann","tags":["a",1]}}' });
  });

  test("every row has a source, or says why not", () => {
    const rows = page.split("\n").filter((line) => /^\| [^-]/.test(line) && !/\| Source +\|$/.test(line));
    expect(rows.length).toBeGreaterThan(140);
    for (const line of rows)
      expect(
        line
          .split(/(?<!\\)\|/)
          .at(-2)
          ?.trim(),
      ).toMatch(/^(Liquid|Ruby|Support|Widget|Start|\[|no source: because)/);
  });
});

function encoded(value: unknown): string {
  return new URLSearchParams([["", JSON.stringify(value)]]).toString().slice(1);
}
