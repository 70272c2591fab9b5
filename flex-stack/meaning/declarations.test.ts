import { describe, expect, test } from "@jest/globals";
import type { Declared } from "../../rehearsal/record-program.ts";
import { meaningOf, phraseText, routingPicture, Surroundings } from "./index.ts";
import type { KnownResource } from "./known-resource.ts";
import type { Properties, Subject } from "../changes/subject.ts";

const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const secret = {
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  value: "hush",
};
const type = (name: string) => `twilio:${name}`;

const known = (
  kind: string,
  name: string,
  id: string | undefined,
  fate?: "remade" | "gone",
): KnownResource => ({
  type: type(kind),
  name,
  id,
  properties: { friendlyName: name.toUpperCase() },
  fate,
});

const resources = [
  known("taskrouter:TaskQueue", "old", "WS1/WQ1"),
  known("taskrouter:TaskQueue", "first", undefined),
  known("taskrouter:TaskQueue", "second", undefined),
  known("taskrouter:TaskQueue", "remade", "WS1/WQ3", "remade"),
  known("taskrouter:TaskQueue", "moved", "WS1/WQ4", "gone"),
  known("taskrouter:TaskQueue", "moved", undefined),
  known("taskrouter:TaskQueue", "twin", "WS1/WQ5"),
  known("taskrouter:Workflow", "twin", undefined),
  known("studio:Flow", "flow", undefined),
];

/** What stands for `after` once what the program declares is known. */
function completed(
  after: Properties,
  declared: Properties,
  more: Partial<Declared> = {},
): Properties | undefined {
  const declarations: Declared[] = [
    ...resources.map(({ name, type }) => ({ type, name, inputs: {} })),
    { type: "twilio:x:Getter", name: "looked up", inputs: {} },
    { type: "twilio:x:Thing", name: "thing", inputs: { ...declared }, ...more },
  ];
  const surroundings = new Surroundings(resources, declarations);
  return surroundings.complete({ type: "twilio:x:Thing", name: "thing", before: undefined, after }).after;
}

describe("what is unknown is filled in", () => {
  test.each<[string, unknown, unknown, unknown]>([
    ["with what is new", unknown, "sid of first", "sid of first"],
    ["with what is made anew", unknown, "sid of remade", "sid of remade"],
    ["with what has been elsewhere before", unknown, "sid of moved", "sid of moved"],
    ["with what shares its name", unknown, "sid of twin", "sid of twin"],
    [
      "where it stands",
      { list: [{ sid: "WQ1" }, { sid: unknown, n: 5 }] },
      { list: [{ sid: "sid of old" }, { sid: "sid of first", n: 5 }] },
      { list: [{ sid: "WQ1" }, { sid: "sid of first", n: 5 }] },
    ],
    [
      "as a whole, known SIDs too",
      unknown,
      { list: ["sid of old", "sid of first"], n: 5 },
      { list: ["WQ1", "sid of first"], n: 5 },
    ],
    ["as JSON text", unknown, '{"a": ["sid of old", "sid of first"]}', '{"a":["WQ1","sid of first"]}'],
    [
      "beside a secret",
      { token: secret, sid: unknown },
      { token: "hush", sid: "sid of first" },
      { token: secret, sid: "sid of first" },
    ],
    [
      "beside what was looked up, and what the rehearsal has no value for",
      { sid: unknown, at: "WQ9", url: "https://AC5/WQ9", token: "known" },
      {
        sid: "sid of first",
        at: "sid of looked up",
        url: "https://sid of the account/WQ9",
        token: "[secret]",
      },
      { sid: "sid of first", at: "WQ9", url: "https://AC5/WQ9", token: "known" },
    ],
  ])("%s", (_, after, declared, expected) => {
    expect(completed({ p: after }, { p: declared })).toEqual({ p: expected });
  });
});

describe("what is unknown stays so", () => {
  const list = [unknown, "x"];
  test.each<[string, unknown, unknown]>([
    ["where nothing is declared", unknown, undefined],
    ["where a value is declared that waits for nothing", unknown, "5 minutes"],
    ["where the SID would be known", unknown, "sid of old"],
    ["where nothing of that name is in the stack", unknown, "sid of nothing"],
    ["where a SID was looked up", unknown, { a: "sid of first", b: "sid of looked up" }],
    ["where a text is made of a SID", unknown, "https://example.com/sid of first"],
    ["where it holds a text made of a SID", unknown, { a: "sid of first", b: "x/sid of old" }],
    ["where it holds the account", unknown, { a: "sid of first", b: "sid of the account" }],
    ["where it holds a secret of the configuration", unknown, { a: "sid of first", b: "Bearer [secret]" }],
    ["where one of two may be meant", unknown, { a: "sid of first", b: "sid of twin" }],
    ["where the rest was declared otherwise", list, ["sid of first", "y"]],
    ["where a known SID is another's", [unknown, "WQ1"], ["sid of first", "sid of second"]],
    ["where there is more", list, ["sid of first", "x", "y"]],
    ["where there is another key", { a: unknown }, { a: "sid of first", b: 1 }],
    ["where it is of another shape", list, { 0: "sid of first", 1: "x" }],
    ["inside a secret that is an object", { ...secret, value: unknown }, { value: "sid of first" }],
    ["inside a secret", { s: secret, n: [secret] }, { s: "sid of first", n: ["sid of first"] }],
  ])("%s", (_, after, declared) => {
    expect(completed({ p: after }, { p: declared })).toEqual({ p: after });
  });

  test("where the program withholds part of it, and in that property alone", () => {
    const after = { p: unknown, q: unknown };
    const declared = { p: "sid of first", q: "sid of first" };
    expect(completed(after, declared, { withheld: ["p"] })).toEqual({ p: unknown, q: "sid of first" });
  });

  test.each<[string, Partial<Declared>]>([
    ["another type", { type: "twilio:x:Other" }],
    ["another name", { name: "other" }],
  ])("where the program declares %s", (_, more) => {
    expect(completed({ p: unknown }, { p: "sid of first" }, more)).toEqual({ p: unknown });
  });

  test("where two are declared under the name", () => {
    const declared = { type: "twilio:x:Thing", name: "thing", inputs: { p: "sid of first" } };
    const subject: Subject = {
      type: "twilio:x:Thing",
      name: "thing",
      before: undefined,
      after: { p: unknown },
    };
    expect(new Surroundings(resources, [declared]).complete(subject).after).toEqual({ p: "sid of first" });
    expect(new Surroundings(resources, [declared, declared]).complete(subject)).toBe(subject);
  });
});

/** Statements about a resource, with what the program declares of it. */
function told(subject: Partial<Subject> & Pick<Subject, "type">, declared: Properties): string[] {
  const whole = { name: "x", before: undefined, after: undefined, ...subject };
  const surroundings = new Surroundings(resources, [
    { type: whole.type, name: "x", inputs: { ...declared } },
  ]);
  return meaningOf(whole, surroundings).map(({ at, text }) => [...at, phraseText(text)].join(": "));
}

describe("statements name what is not there yet", () => {
  test.each<[string, unknown, unknown, string]>([
    ["new", "WQ1", "sid of first", "integration.flowSid: OLD (WQ1) → FIRST (new)"],
    ["made anew", "WQ3", "sid of remade", "integration.flowSid: REMADE (WQ3) → REMADE (made anew)"],
    ["one of two", "WQ1", "sid of twin", "integration.flowSid: OLD (WQ1) → TWIN (new)"],
    ["nobody knows", "WQ1", "sid of nothing", "integration.flowSid: OLD (WQ1) → (known after up)"],
  ])("%s", (_, before, declared, expected) => {
    const path = "integration.flowSid";
    const subject = {
      type: type("flex:FlexFlow"),
      before: { integration: { flowSid: before } },
      after: { integration: { flowSid: unknown } },
      differences: [{ path, kind: "update" as const, before, after: unknown, replaces: false }],
    };
    expect(told(subject, { integration: { flowSid: declared } })).toEqual([expected]);
  });

  test("a Flex Flow and its Studio flow", () => {
    const number = { channelType: "sms", contactIdentity: "+15005550006" };
    const subject = { type: type("flex:FlexFlow"), after: { ...number, integration: { flowSid: unknown } } };
    expect(told(subject, { ...number, integration: { flowSid: "sid of flow" } })).toEqual([
      "new, takes sms messages to +15005550006 to the Studio flow FLOW",
    ]);
    expect(told(subject, {})).toEqual([]);
  });

  test.each<[string, string, string[]]>([
    ["made with the change", unknown, ["target workflow: TWIN (new)"]],
    ["there already", "WW7", []],
  ])("Flex's configuration and its workflow, %s", (_, workflow, expected) => {
    const after = { taskrouterTargetWorkflowSid: workflow };
    const declared = { taskrouterTargetWorkflowSid: "sid of twin" };
    expect(told({ type: type("flex:Configuration"), after }, declared)).toEqual(expected);
  });

  test("a Studio flow and its workflow", () => {
    const states = (workflow: string) => [
      { name: "Start", type: "trigger", transitions: [{ event: "incomingMessage", next: "Agent" }] },
      { name: "Agent", type: "send-to-flex", properties: { workflow, channel: "TC1" } },
    ];
    const subject = { type: type("studio:Flow"), after: { definition: { states: states(unknown) } } };
    expect(told(subject, { definition: { states: states("sid of twin") } })).toEqual([
      "widget Agent: new, hands over to TWIN on the task channel TC1",
    ]);
    expect(told(subject, {})).toEqual([]);
    expect(
      told(
        { ...subject, before: { definition: { states: states("WW7") } } },
        { definition: { states: states("sid of twin") } },
      ),
    ).toEqual(['widget Agent: workflow: "WW7" → TWIN (new)']);
  });
});

describe("a workflow", () => {
  const workflow = (billing: string, sales: string, otherwise: string) => ({
    configuration: {
      task_routing: {
        filters: [
          {
            filter_friendly_name: "Billing",
            expression: 'skill == "billing"',
            targets: [{ queue: billing, timeout: 60 }, { queue: otherwise }],
          },
          { filter_friendly_name: "Sales", expression: 'skill == "sales"', targets: [{ queue: sales }] },
        ],
        default_filter: { queue: otherwise },
      },
    },
  });
  const changed = (before: Properties, after: Properties, declared: Properties) =>
    told({ type: type("taskrouter:Workflow"), before, after }, declared);

  test("goes to each new queue by its name, and tasks with it", () => {
    expect(
      changed(
        workflow("WQ1", "WQ1", "WQ1"),
        workflow(unknown, unknown, "WQ1"),
        workflow("sid of first", "sid of second", "sid of old"),
      ),
    ).toEqual([
      "filter Billing: target 1, FIRST: queue: OLD → FIRST",
      "filter Sales: target 1, SECOND: queue: OLD → SECOND",
      'a task with skill == "billing" now goes to FIRST, then OLD; before, to OLD, then OLD',
      'a task with skill == "sales" now goes to SECOND; before, to OLD',
    ]);
  });

  test("goes to the same place when its queue is made anew", () => {
    const after = workflow("WQ1", unknown, unknown);
    expect(
      changed(workflow("WQ1", "WQ3", "WQ3"), after, workflow("sid of old", "sid of remade", "sid of remade")),
    ).toEqual([]);
  });

  test("without its declaration is told as before", () => {
    expect(changed(workflow("WQ1", "WQ1", "WQ1"), workflow(unknown, "WQ1", "WQ1"), {})).toEqual([
      "filter Billing: target 1, (a new TaskQueue): queue: OLD → (a new TaskQueue)",
      'a task with skill == "billing" now goes to (a new TaskQueue), then OLD; before, to OLD, then OLD',
    ]);
  });

  test("has a picture, also when it is new", () => {
    const subject: Subject = {
      type: type("taskrouter:Workflow"),
      name: "x",
      before: undefined,
      after: { friendlyName: unknown, ...workflow(unknown, unknown, "WQ1") },
    };
    const inputs = workflow("sid of first", "sid of remade", "sid of old");
    const surroundings = new Surroundings(resources, [{ type: subject.type, name: "x", inputs }]);
    const picture = routingPicture(subject, surroundings);
    expect(picture).toMatchObject({ workflow: "x", otherwise: { queue: "OLD", mark: "same" } });
    expect(picture?.filters.map(({ targets }) => targets.map(({ queue }) => queue))).toEqual([
      ["FIRST", "OLD"],
      ["REMADE"],
    ]);
  });
});
