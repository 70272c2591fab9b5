import { describe, expect, test } from "@jest/globals";
import { standard } from "../../policy/rules/chat/agent-role.ts";
import { excerpts } from "./property-meaning.ts";
import { agentRole } from "./role-meaning.ts";
import { meaningOf, phraseText, Surroundings } from "./index.ts";
import type { KnownResource } from "./known-resource.ts";
import type { Properties, Subject } from "../changes/subject.ts";

const worker = (name: string, attributes: unknown) => ({
  type: "twilio:taskrouter:Worker",
  name,
  id: undefined,
  properties: { friendlyName: name, attributes },
});
const surroundings = new Surroundings([
  worker("alice", { routing: { skills: ["billing"] } }),
  worker("bob", '{"routing": {"skills": ["sales"]}}'),
]);

function told(subject: Partial<Subject> & Pick<Subject, "type">): string[] {
  const whole = { name: "x", before: undefined, after: undefined, ...subject };
  return meaningOf(whole, surroundings).map(
    ({ text, danger, replaces }) =>
      `${danger ? "! " : ""}${phraseText(text)}${replaces ? " (replaces)" : ""}`,
  );
}

const queue = "twilio:taskrouter:TaskQueue";
const role = "twilio:chat:Role";

describe("a worker", () => {
  const attributes = (skill: string) => ({ attributes: { routing: { skills: [skill] } } });
  const queues = ["billing", "sales"].map((skill) => ({
    ...{ type: queue, name: skill, id: undefined },
    properties: { friendlyName: skill, targetWorkers: `routing.skills HAS "${skill}"` },
  }));
  /** What is told of alice, of whom the stack has these after the change. */
  const toldOf = (before: Properties, after: Properties | undefined, others: readonly string[]) =>
    meaningOf(
      { type: "twilio:taskrouter:Worker", name: "alice", before, after },
      new Surroundings([
        ...queues,
        { ...worker("alice", (after ?? before)["attributes"]), fate: after ? undefined : "gone" },
        ...others.map((skill) => worker("other", attributes(skill).attributes)),
      ]),
    ).flatMap(({ danger, text }) => (danger ? phraseText(text) : []));
  const lost = ["nobody of the stack's workers serves billing any more"];

  test.each<[string, Properties | undefined, string[], string[]]>([
    ["goes, and was the last of a queue", undefined, ["sales"], lost],
    ["goes, and was the last of all", undefined, [], lost],
    ["goes, and another is there", undefined, ["billing"], []],
    ["loses a skill that nobody else has", attributes("sales"), ["sales"], lost],
    ["loses a skill that another has", attributes("sales"), ["billing"], []],
    ["keeps it", { ...attributes("billing"), friendlyName: "Alice" }, [], []],
  ])("%s", (_, after, others, expected) => {
    expect(toldOf(attributes("billing"), after, others)).toEqual(expected);
  });

  test.each<[string, readonly KnownResource[]]>([
    ["no workers", []],
    [
      "a worker of whom nobody knows the attributes yet",
      [worker("eve", "04da6b54-80e4-46f7-96ec-b56ff0331ba9")],
    ],
  ])("of a stack with %s nobody knows who serves its queues", (_, workers) => {
    const after = { targetWorkers: 'skill == "x"' };
    const statements = meaningOf(
      { type: queue, name: "x", before: undefined, after },
      new Surroundings(workers),
    );
    expect(statements.map(({ danger }) => danger)).toEqual([false]);
  });
});

describe("a queue", () => {
  test.each<[string, Properties, Properties, string[]]>([
    [
      "serves others",
      { targetWorkers: 'routing.skills HAS "billing"' },
      { targetWorkers: "routing.skills HAS 'sales'" },
      [
        'workers who serve it: routing.skills HAS "billing" → routing.skills HAS "sales"',
        "of the stack's workers, bob now serves it, and alice no longer does",
      ],
    ],
    [
      "serves nobody",
      {},
      { targetWorkers: 'skill == "x"' },
      [
        'workers who serve it: 1 == 1 → skill == "x"',
        "! of the stack's workers, alice, bob no longer do: nobody is left",
      ],
    ],
    ["is written with other spaces", { targetWorkers: "1==1" }, { targetWorkers: "1 == 1" }, []],
    [
      "is no expression",
      { targetWorkers: "1==1" },
      { targetWorkers: "1===1" },
      ["workers who serve it: 1 == 1 → 1===1"],
    ],
    [
      "serves nobody, and did not before",
      { targetWorkers: 'skill == "x"' },
      { targetWorkers: 'skill == "y"' },
      ['workers who serve it: skill == "x" → skill == "y"', "! nobody of the stack's workers serves it"],
    ],
    ["has another name", { friendlyName: "A" }, { friendlyName: "B" }, ['friendlyName: "A" → "B"']],
  ])("%s", (_, before, after, expected) => {
    expect(told({ type: queue, before, after })).toEqual(expected);
  });

  test("that is new", () => {
    expect(told({ type: queue, after: { targetWorkers: 'skill=="x"' } })).toEqual([
      'new, served by workers where skill == "x"',
      "! nobody of the stack's workers serves it",
    ]);
  });

  test("that is new and for nobody on purpose", () => {
    expect(told({ type: queue, after: { targetWorkers: "1==0" } })).toEqual([
      "new, served by nobody, as 1 == 0 says",
    ]);
  });

  test("whose workers are taken away is dangerous, also on purpose", () => {
    expect(
      told({ type: queue, before: { targetWorkers: "1==1" }, after: { targetWorkers: "1==0" } }),
    ).toEqual([
      "workers who serve it: 1 == 1 → 1 == 0",
      "! of the stack's workers, alice, bob no longer do: nobody is left",
    ]);
  });
});

describe("a role", () => {
  const { permissions, conversationPermissions } = agentRole;
  const agent = (...list: string[]) => ({ friendlyName: "agent", permissions: list });

  test("has the seven permissions that the policy and Twilio ask for", () => {
    expect(permissions).toEqual(standard.chat.permissions);
    expect(conversationPermissions).toEqual(standard.conversations.permissions);
  });

  test.each<[string, Properties, Properties, string[]]>([
    ["in another order", agent(...permissions), agent(...permissions.toReversed()), []],
    [
      "of agents loses one",
      agent(...permissions),
      agent(...permissions.slice(1)),
      ["! permission sendMessage removed, one of the seven that Flex's agents need"],
    ],
    [
      "of agents gets one more",
      agent(...permissions),
      agent(...permissions, "addMember"),
      ["! permission addMember added, which is none of the seven that Flex's agents have"],
    ],
    [
      "of agents gets one back",
      agent(...permissions.slice(1)),
      agent(...permissions),
      ["permission sendMessage added, one of the seven that Flex's agents need"],
    ],
    [
      "of others changes",
      { friendlyName: "auditor", permissions: ["leaveChannel"] },
      { friendlyName: "auditor", permissions: ["sendMessage"] },
      ["permission leaveChannel removed", "permission sendMessage added"],
    ],
  ])("%s", (_, before, after, expected) => {
    expect(told({ type: role, before, after })).toEqual(expected);
  });
});

describe("any resource", () => {
  const type = "twilio:proxy:Service";

  test("counts what the provider counts, and no more", () => {
    const differences = [
      { path: "limits.channelMembers", kind: "update" as const, before: 100, after: 50, replaces: false },
    ];
    const before = { limits: { channelMembers: 100, userChannels: 250 } };
    expect(told({ type, before, after: { limits: { channelMembers: 50 } }, differences })).toEqual([
      "limits.channelMembers: 100 → 50",
    ]);
  });

  test("says when it is replaced, and when nothing but that is to be said", () => {
    const differences = [
      { path: "uniqueName", kind: "update" as const, before: "a", after: "b", replaces: true },
    ];
    expect(told({ type, before: { uniqueName: "a" }, after: { uniqueName: "b" }, differences })).toEqual([
      '! uniqueName: "a" → "b" (replaces)',
    ]);
    const workflow = "twilio:taskrouter:Workflow";
    const same = { configuration: { task_routing: {} } };
    const rewritten = [
      { path: "configuration", kind: "update" as const, before: same, after: same, replaces: true },
    ];
    expect(told({ type: workflow, before: same, after: same, differences: rewritten })).toEqual([
      "! configuration (replaces)",
    ]);
  });

  test("that goes means nothing more", () => {
    expect(told({ type: "twilio:taskrouter:Activity", before: { a: 1 } })).toEqual([]);
  });

  test.each<[unknown, unknown, string[]]>([
    ['{"a": 1, "b": [1, 2]}', '{"b": [1, 2], "a": 1}', []],
    ['{"a": {"b": 1}}', '{"a": {"b": 2}}', ["p.a.b: 1 → 2"]],
    ['{"a": {"apiKey": "abc"}}', '{"a": {"apiKey": "def"}}', ['p.a.apiKey: "[secret]" → "[secret]"']],
    [
      ["a", "b"],
      ["b", "c"],
      ['p: "a" removed', 'p: "c" added'],
    ],
    [undefined, 5, ["p: 5 added"]],
    [5, undefined, ["p: 5 removed"]],
  ])("%j → %j", (before, after, expected) => {
    expect(told({ type, before: { p: before }, after: { p: after } })).toEqual(expected);
  });
});

describe("long values", () => {
  const long = "x".repeat(300);

  test.each([
    ["short", "shorter", "short", "shorter"],
    [`${long}old`, `${long}new`, `…${"x".repeat(30)}old`, `…${"x".repeat(30)}new`],
    [`old${long}`, `new${long}`, `old${"x".repeat(156)}…`, `new${"x".repeat(156)}…`],
  ])("are cut to where they differ", (before, after, from, to) => {
    expect(excerpts(before, after)).toEqual([from, to]);
  });

  test("are not cut in the middle of a sign", () => {
    const [from] = excerpts("😀".repeat(200), "x");
    expect([...from]).toHaveLength(160);
    expect(from.isWellFormed()).toBe(true);
  });
});
