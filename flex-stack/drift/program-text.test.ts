import { describe, expect, test } from "@jest/globals";
import { finding, stranger } from "./finding.fixture.ts";
import { programText } from "./program-text.ts";

test("what the configuration has no word for is a property in the program", () => {
  expect(programText(finding())).toBe(
    "taskrouter.TaskQueue flex-routing-queue-sales: in the program, give maxReservedWorkers: 7",
  );
});

test("what a component makes is given it by the component's transform", () => {
  const urn =
    "urn:pulumi:dev::flex-messaging::flex-messaging:index:FlexMessaging$flex-messaging:index:TaskRouting$twilio:taskrouter:TaskQueue::flex-routing-queue-sales";
  expect(programText(finding({ urn }))).toBe(
    "taskrouter.TaskQueue flex-routing-queue-sales: in the program, by the transform of TaskRouting, give maxReservedWorkers: 7",
  );
  const account = undefined;
  expect(programText(finding({ urn, account }))).toBe(
    "taskrouter.TaskQueue flex-routing-queue-sales: in the program, remove maxReservedWorkers, by the transform of TaskRouting.",
  );
});

test("the flow of the configuration is taken over by a file, and one of the program as it is", () => {
  const own = finding({
    type: "twilio:studio:Flow",
    name: "flow",
    property: "definition",
    account: { states: [] },
  });
  expect(programText(own)).toBe("studio.Flow flow: in the program, give definition: { states: [] }");
  const urn = "urn:pulumi:dev::p::flex-messaging:index:MessagingFlow$twilio:studio:Flow::flow";
  expect(programText({ ...own, urn, id: "FW1" })).toBe(
    'studio.Flow flow: save what Studio\'s "Show Flow JSON" shows of FW1 to a file, and name that in ' +
      "flex-messaging:messagingFlow.definitionFile, in place of workflow, greeting and menu, with a substitution for " +
      "each SID in it (components/README.md).",
  );
});

const configuration = (account: object) =>
  finding({ type: "twilio:flex:Configuration", name: "flex-configuration", property: "attributes", account });

test("what the Flex UI plugin reads is made of settings, which no program has to say", () => {
  expect(programText(configuration({ flexMessaging: { autoAccept: { taskChannels: [] } } }))).toBe(
    "flex.Configuration flex-configuration: attributes.flexMessaging is made of flex-messaging:plugin and the kinds of " +
      "the numbers; set these so that attributes become: { flexMessaging: { autoAccept: { taskChannels: [] } } }",
  );
  expect(programText(configuration({ region: "emea" }))).toBe(
    'flex.Configuration flex-configuration: in the program, give attributes: { region: "emea" }',
  );
});

describe("a value in the program is the account's", () => {
  /** What ends texts, lines, templates, comments and scripts, or is no text that can be printed. */
  const pieces = [
    ..."\"'`\\$\n\r\t\0\u007f\u009b\u2028\u202e\ud800😀é日",
    ...[
      "${x}",
      "</script>",
      "-->",
      "*/",
      "//",
      "{{a}}",
      "__proto__",
      "constructor",
      "{",
      "[1",
      "x".repeat(1500),
    ],
  ];

  /** Numbers that are the same in every run. */
  function* numbers(seed: number): Generator<number, never> {
    for (let state = seed + 1; ;) {
      state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9;
      yield (state >>> 0) / 2 ** 32;
    }
  }

  function value(next: () => number, depth = 0): unknown {
    const below = (count: number) => Math.floor(next() * count);
    const text = () => Array.from({ length: below(5) }, () => pieces[below(pieces.length)]).join("");
    const kind = below(depth > 3 ? 4 : 6);
    if (kind === 0) return [0, -1, 1.5, 1e21, true, false][below(6)];
    if (kind < 4) return text();
    const items = Array.from({ length: below(4) }, () => value(next, depth + 1));
    if (kind === 4) return items;
    return Object.fromEntries(items.map((item) => [text(), below(9) === 0 ? null : item]));
  }

  test("whatever it holds", () => {
    const random = numbers(1);
    for (let count = 0; count < 500; count++) expectItsCode(value(() => random.next().value));
  });

  function expectItsCode(account: unknown): void {
    const text = programText(finding({ property: "attributes", account }));
    const [, code = ""] = /^[^]*?, give attributes: ([^]*)$/.exec(text) ?? [];
    const run = new Function(`return (${code});`) as () => unknown;
    expect(run()).toStrictEqual(account);
    // A prototype is no key.
    expect(JSON.stringify(run())).toBe(JSON.stringify(account));
    // Nothing in it moves the cursor, ends a line or turns the direction of reading.
    expect(code).not.toMatch(/(?!\n)[\p{Cc}\u2028\u2029\u202a-\u202e]/u);
  }

  test.each([
    { apiToken: { value: "hunter2" } },
    { hook: "https://ann:hunter2@example.com" },
    { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext: "hunter2" },
  ])("but no secret is printed, nor anything in its place that would be taken for it: %j", (account) => {
    expect(programText(finding({ property: "attributes", account }))).toBe(
      "taskrouter.TaskQueue flex-routing-queue-sales: in the program, give attributes: the secret that it is now",
    );
  });
});

describe("what appeared", () => {
  const sid = (prefix: string) => prefix + "1".repeat(32);
  const queue = stranger({ id: `${sid("WS")}/${sid("WQ")}` });

  test("is declared as it is, under a name that the program does not have yet", () => {
    const taken = new Set(["extra-queue"]);
    const declared = (name: string) =>
      'taskrouter.TaskQueue "Extra": declare it in the program:\n' +
      `new twilio.taskrouter.TaskQueue(${JSON.stringify(name)}, {\n  adopt: true,\n  workspaceSid: "${sid("WS")}",\n` +
      '  friendlyName: "Extra",\n});';
    expect(programText(queue, taken)).toBe(declared("extra-queue2"));
    expect(programText(queue, taken)).toBe(declared("extra-queue3"));
    expect(programText(queue)).toBe(declared("extra-queue"));
  });

  const role = (account: object) =>
    programText(
      stranger({ type: "twilio:chat:Role", title: "spy", id: `${sid("IS")}/${sid("RL")}`, account }),
    );

  test("is named by its SID where its name may be another's as well", () => {
    const account = { sid: sid("RL"), friendlyName: "spy", type: "channel", permissions: ["leaveChannel"] };
    expect(role(account)).toContain(`{ import: "${sid("IS")}/${sid("RL")}", retainOnDelete: true },\n);`);
  });

  test("is left alone where the provider would refuse it", () => {
    expect(role({ sid: sid("RL"), friendlyName: "spy", type: "channel", permissions: [] })).toBe(
      'chat.Role "spy": no program can declare it: permissions is empty; a role needs at least one permission. ' +
        "Change that in the console, or leave it as it is.",
    );
  });
});
