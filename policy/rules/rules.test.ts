import { describe, expect, test } from "@jest/globals";
import { parseLevels } from "../levels.ts";
import { isLoopback, meantOf, toPolicy, violationText } from "../policy.ts";
import { registry } from "../rule.ts";
import { centre } from "../testing/centre.ts";
import { violationsOf } from "../testing/test-rule.ts";
import { plain, UNKNOWN } from "../unknown.ts";
import { rules } from "./index.ts";

test("a good contact centre passes every rule", () => {
  expect(rules.flatMap((rule) => violationsOf(rule, centre()))).toEqual([]);
});

test.each(rules.map((rule) => [rule.id, rule] as const))("%s says what, why and what to do", (id, rule) => {
  for (const text of [rule.description, rule.why, rule.fix]) expect(text).toMatch(/^[A-Z].*\.$/);
  const { name, enforcementLevel, severity, remediationSteps } = toPolicy(rule);
  expect({ name, enforcementLevel, severity, remediationSteps }).toEqual({
    name: id,
    enforcementLevel: rule.level,
    severity: rule.severity,
    remediationSteps: rule.fix,
  });
});

test("two rules can't share an id", () => {
  const [rule] = rules;
  expect(() => registry([rule!, rule!])).toThrow(
    `Two rules have the id "${rule!.id}"; give one of them another.`,
  );
  expect(() => registry([{ ...rule!, id: "AgentRole" }])).toThrow(
    'The rule id "AgentRole" is not in kebab case.',
  );
});

test.each([
  [undefined, {}, {}],
  ["{}", {}, {}],
  ['{"agent-role-type":"advisory"}', { "agent-role-type": "advisory" }, {}],
  ['{"agent-role-type":{"level":"advisory"}}', { "agent-role-type": "advisory" }, {}],
  ['{"agent-role-type":{"meant":["auditor"]}}', {}, { "agent-role-type": ["auditor"] }],
  [
    '{"agent-role-type":{"level":"mandatory","meant":["a","b"]}}',
    { "agent-role-type": "mandatory" },
    { "agent-role-type": ["a", "b"] },
  ],
])("levels %s", (text, levels, meant) => {
  expect(parseLevels(text, rules, "dev")).toEqual({ levels, meant });
});

test.each([
  [
    "mandatory",
    "flex-messaging:policy is no map; set rule ids to levels, e.g. {workflow-has-default: mandatory}.",
  ],
  ['["agent-role-type"]', "flex-messaging:policy is no map; set rule ids to levels"],
  [
    '{"agent-role":"advisory"}',
    "flex-messaging:policy.agent-role is no rule; use one that is known (known: agent-role-permissions, ",
  ],
  [
    '{"agent-role-type":"warning"}',
    'flex-messaging:policy.agent-role-type is "warning"; set one of mandatory, advisory, disabled.',
  ],
  [
    '{"agent-role-type":{"level":"warning"}}',
    'flex-messaging:policy.agent-role-type.level is "warning"; set one of mandatory, advisory, disabled.',
  ],
  [
    '{"agent-role-type":{"ment":["x"]}}',
    "flex-messaging:policy.agent-role-type.ment is no setting of a rule; did you mean meant? (known: level, meant).",
  ],
  [
    '{"agent-role-type":{"meant":"x"}}',
    "flex-messaging:policy.agent-role-type.meant is no list of names; name the resources that break the rule on purpose, as previews show them.",
  ],
  ['{"agent-role-type":{"meant":[]}}', "flex-messaging:policy.agent-role-type.meant is no list of names"],
])("levels %s are refused", (text, message) => {
  expect(() => parseLevels(text, rules, "dev")).toThrow(message);
});

test("a violation names the resource, the place and the fix", () => {
  expect(violationText("agent", "permissions[7]", 'is "x"', "Remove x.")).toBe(
    'agent.permissions[7] is "x". Fix: Remove x.',
  );
  expect(violationText("chat", "", "has no agent role", "Declare it.")).toBe(
    "chat has no agent role. Fix: Declare it.",
  );
});

test("what is not known yet is told from what is not there", () => {
  const properties = new Proxy(
    { known: 1, unknown: 2 },
    {
      get: (target, key) => {
        if (key === "unknown") throw Object.assign(new Error("not known"), { unknownTypeSentinel: "…" });
        return Reflect.get(target, key) as unknown;
      },
    },
  );
  expect(plain({ list: [properties], none: undefined })).toEqual({
    list: [{ known: 1, unknown: UNKNOWN }],
    none: undefined,
  });
});

test.each([
  [undefined, false],
  ["http://127.0.0.1:4100", true],
  ["http://[::1]:4100", true],
  ["http://localhost", true],
  ["http://127.0.0.1.example.com", false],
  ["https://proxy.example.com", false],
])("endpoint %s is on this machine: %s", (endpoint, local) => {
  expect(isLoopback(endpoint)).toBe(local);
});

describe("what breaks a rule on purpose", () => {
  const [rule] = rules.filter(({ id }) => id === "targeted-routing-alone");
  const resources = () => {
    const spoiled = centre();
    const { configuration } = spoiled["inbound"]!.properties as {
      configuration: { task_routing: { filters: { targets: object[] }[] } };
    };
    const targets = configuration.task_routing.filters[0]!.targets;
    targets.length = 1;
    Object.assign(targets[0]!, { timeout: undefined });
    return Object.values(spoiled);
  };
  const config = { values: {}, secretKeys: [], local: false };
  const told =
    "inbound.configuration.task_routing.filters[0].targets[0] is for the one worker whom the task names, however long that worker is away";

  test("is told by name, as meant", () => {
    expect(meantOf(rule!, ["inbound"], resources(), config).map(({ message }) => message)).toEqual([
      `${told}, and is meant so.`,
    ]);
  });

  test("is told to be taken out where it breaks nothing", () => {
    expect(meantOf(rule!, ["alice", "outbound"], resources(), config).map(({ message }) => message)).toEqual(
      ["alice", "outbound"].map(
        (name) =>
          `"${name}" breaks targeted-routing-alone nowhere. Fix: Take it out of flex-messaging:policy.targeted-routing-alone.meant.`,
      ),
    );
  });
});
