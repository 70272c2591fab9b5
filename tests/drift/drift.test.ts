import { beforeAll, describe, expect, test } from "@jest/globals";
import { useProject, type Ended } from "../support/useProject.ts";

// The stack dev after one update, changed at a local Twilio with the official SDK, as a console would. The tests
// build on one another.

const project = useProject();

interface Drift {
  verdict: string;
  kind: string;
  name: string;
  title: string;
  type: string;
  property?: string;
  says: string[];
  changes: { path: string; stack?: unknown; account?: unknown }[];
  fingerprint: string;
  agentRole: boolean;
}
interface Report {
  result: string;
  fingerprint: string;
  counts: Record<string, number>;
  drifts: Drift[];
  unmanagedBefore: number;
  compared: number;
}

const reportOf = ({ stdout }: Ended) => JSON.parse(stdout) as Report;
const workspace = async () => {
  const [found] = await project.client.taskrouter.v1.workspaces.list();
  return project.client.taskrouter.v1.workspaces(found?.sid ?? "");
};
const chat = async () => {
  const services = await project.client.chat.v2.services.list();
  const sid = services.find(({ friendlyName }) => friendlyName === "Flex Chat Service")?.sid ?? "";
  return project.client.chat.v2.services(sid);
};
const named = <T extends { friendlyName: string }>(list: readonly T[], name: string): T => {
  const found = list.find(({ friendlyName }) => friendlyName === name);
  if (found === undefined) throw new Error(`There is no ${name}`);
  return found;
};
const agentRole = async () => named(await (await chat()).roles.list(), "agent");

beforeAll(async () => {
  const { code, stdout, stderr } = await project.flexStack("up");
  if (code !== 0) throw new Error(stdout + stderr);
}, 180_000);

test("right after an update there is none, whatever Flex made before; nor is order or white space any", async () => {
  const { client } = project;
  const inbound = named(await (await workspace()).workflows.list(), "Inbound messages");
  const { task_routing: rules } = JSON.parse(inbound.configuration) as {
    task_routing: { filters: unknown; default_filter: unknown };
  };
  await (await workspace()).workflows(inbound.sid).update({
    configuration: JSON.stringify(
      { task_routing: { default_filter: rules.default_filter, filters: rules.filters } },
      null,
      4,
    ),
  });
  const role = await agentRole();
  await (await chat()).roles(role.sid).update({ permission: [...role.permissions].reverse() });
  await (await chat()).update({ webhookFilters: ["onChannelDestroyed", "onMessageSent"] });
  const flow = named(await client.studio.v2.flows.list(), "Messaging Flow");
  const { definition } = await client.studio.v2.flows(flow.sid).fetch();
  const drawn = JSON.stringify(definition, null, 2).replaceAll(/("[xy]": )-?\d+/g, "$17");
  await client.studio.v2.flows(flow.sid).update({ status: "published", definition: drawn });

  const before = await project.state();
  const ended = await project.flexStack("drift", "--format", "json");
  expect(ended.stderr).toMatch(/^Local Twilio: using the one/);
  expect(reportOf(ended)).toMatchObject({ result: "none", drifts: [], compared: 40 });
  expect(ended.code).toBe(0);
  expect(await project.state()).toEqual(before);
});

test("nor are white space and quotes in expressions any, or numbers as text", async () => {
  const inside = await workspace();
  const inbound = named(await inside.workflows.list(), "Inbound messages");
  const sales = named(await inside.taskQueues.list(), "Sales");
  const spaced = inbound.configuration
    .replaceAll(" AND ", "  AND  ")
    .replaceAll(' == \\"', '==  \\"')
    .replaceAll(/"timeout":(\d+)/g, '"timeout":"$1"');
  expect(spaced).not.toBe(inbound.configuration);
  await inside.workflows(inbound.sid).update({ configuration: spaced });
  await inside
    .taskQueues(sales.sid)
    .update({ targetWorkers: ` ${sales.targetWorkers.replaceAll('"', "'")} ` });
  const ended = await project.flexStack("drift", "--format", "json");
  await inside.workflows(inbound.sid).update({ configuration: inbound.configuration });
  await inside.taskQueues(sales.sid).update({ targetWorkers: sales.targetWorkers });
  expect(reportOf(ended)).toMatchObject({ result: "none", drifts: [] });
  expect(ended.code).toBe(0);
});

describe("everything that somebody can do in the console", () => {
  let report: Report;

  beforeAll(async () => {
    const { client } = project;
    const inside = await workspace();
    // Nothing in the program says which queue comes first: it was taken over as it was.
    await inside.update({ prioritizeQueueOrder: "LIFO" });
    const sales = named(await inside.taskQueues.list(), "Sales");
    await inside.taskQueues(sales.sid).update({ maxReservedWorkers: 7 });
    const inbound = named(await inside.workflows.list(), "Inbound messages");
    const document = JSON.parse(inbound.configuration) as {
      task_routing: { filters: { targets: { timeout?: number }[] }[] };
    };
    document.task_routing.filters[2]!.targets[0]!.timeout = 77;
    await inside.workflows(inbound.sid).update({ configuration: JSON.stringify(document) });
    await inside.workflows(named(await inside.workflows.list(), "Partner messages").sid).remove();
    const role = await agentRole();
    await (
      await chat()
    )
      .roles(role.sid)
      .update({ permission: role.permissions.filter((one) => one !== "sendMessage") });
    await (await chat()).update({ postWebhookUrl: "https://elsewhere.example.com/hook" });

    const queue = await inside.taskQueues.create({ friendlyName: "Extra queue", maxReservedWorkers: 3 });
    await inside.workflows.create({
      friendlyName: "Extra workflow",
      configuration: JSON.stringify({ task_routing: { filters: [], default_filter: { queue: queue.sid } } }),
    });
    // What was there sends tasks to what is new.
    const outbound = named(await inside.workflows.list(), "Outbound messages");
    const sent = JSON.parse(outbound.configuration) as { task_routing: { default_filter: object } };
    sent.task_routing.default_filter = { queue: queue.sid };
    await inside.workflows(outbound.sid).update({ configuration: JSON.stringify(sent) });
    await inside.taskChannels.create({ friendlyName: "Fax", uniqueName: "fax" });
    await inside.activities.create({ friendlyName: "Lunch", available: false });
    await (await chat()).roles.create({ friendlyName: "spy", type: "channel", permission: ["leaveChannel"] });
    const { sid: chatServiceSid } = await (await chat()).fetch();
    await client.flexApi.v1.flexFlow.create({
      friendlyName: "Second flow",
      chatServiceSid,
      channelType: "web",
      integrationType: "external",
      "integration.url": "https://elsewhere.example.com/bot",
    });
    const number = await client.incomingPhoneNumbers.create({ phoneNumber: "+14155550199" });
    const [proxy] = await client.proxy.v1.services.list();
    await client.proxy.v1.services(proxy?.sid ?? "").phoneNumbers.create({ sid: number.sid });
    await client.conversations.v1.addressConfigurations.create({
      type: "whatsapp",
      address: "whatsapp:+14155550177",
      "autoCreation.enabled": false,
      "autoCreation.type": "default",
      "autoCreation.conversationServiceSid": chatServiceSid,
    });
    // Made by use, and no drift: somebody logs in, somebody writes.
    await inside.workers.create({ friendlyName: "carol" });
    await (await chat()).channels.create({ friendlyName: "a conversation" });

    const before = await project.state();
    const ended = await project.flexStack("drift", "--format", "json");
    expect(ended.code).toBe(7);
    expect(await project.state()).toEqual(before);
    report = reportOf(ended);
  }, 180_000);

  test("is found and named, by meaning, the agent role first", () => {
    const lines = report.drifts.map(({ kind, title, says }) =>
      [kind, title, ...says]
        .join(" | ")
        .replace(/\d{4}-\S+Z/, "TIME")
        .replace(/WQ\w{32}/, "NEW QUEUE"),
    );
    expect(lines).toEqual([
      "changed | agent | permission sendMessage removed, one of the seven that Flex's agents need",
      "deleted | Partner messages | stack has it, account has not",
      'changed | Flex Chat Service | postWebhookUrl: stack says "http://127.0.0.1:4200/chat-archive", ' +
        'account says "https://elsewhere.example.com/hook" | ' +
        "https://elsewhere.example.com/hook is now told what happened in conversations; before, http://127.0.0.1:4200/chat-archive was",
      "changed | Sales | maxReservedWorkers: stack says 2, account says 7",
      "changed | Inbound messages | filter Billing, target 1, Billing: timeout: stack says 60 s, account says 77 s",
      "changed | Outbound messages | default filter: queue: stack says Overflow, account says NEW QUEUE",
      'changed | Flex Task Assignment | prioritizeQueueOrder: stack says "FIFO", account says "LIFO"',
      ...[
        "spy",
        "whatsapp:+14155550177",
        "Second flow",
        "(415) 555-0199",
        "Lunch",
        "Fax",
        "Extra queue",
        "Extra workflow",
      ].map((title) => `unmanaged | ${title} | account has it since TIME, stack has not`),
    ]);
  });

  test("is counted, and told property by property", () => {
    expect(report).toMatchObject({
      result: "drift",
      counts: { changed: 6, deleted: 1, unmanaged: 8, accepted: 0 },
    });
    expect(report.drifts.find(({ name }) => name === "flex-routing-queue-sales")).toMatchObject({
      verdict: "new",
      property: "maxReservedWorkers",
      changes: [{ path: "maxReservedWorkers", stack: 2, account: 7 }],
    });
    expect(report.drifts.find(({ name }) => name === "flex-routing-workflow-inbound")?.changes).toEqual([
      { path: "configuration.task_routing.filters[2].targets[0].timeout", stack: 60, account: 77 },
    ]);
    expect(new Set(report.drifts.map(({ fingerprint }) => fingerprint)).size).toBe(report.drifts.length);
  });

  test("is accepted, has expired, or is needed no more, as a baseline says", async () => {
    const sales = report.drifts.find(({ name }) => name === "flex-routing-queue-sales");
    await project.write(
      "drift.yaml",
      [
        "accepted:",
        "  - {resource: flex-chat-service, property: postWebhookUrl, comment: moving house, expires: 2999-12-31}",
        `  - {resource: flex-routing-queue-sales, property: maxReservedWorkers, comment: sale, expires: 2999-12-31, fingerprint: ${sales?.fingerprint ?? ""}}`,
        "  - {resource: spy, kind: unmanaged, comment: an audit, expires: 2020-01-31}",
        "  - {resource: flex-proxy-service, property: callbackUrl, comment: long gone, expires: 2999-12-31}",
        "",
      ].join("\n"),
    );
    const { code, stdout } = await project.flexStack("drift", "--baseline", "drift.yaml");
    expect(code).toBe(7);
    expect(stdout).toContain("Stack dev: 13 things were changed outside Pulumi");
    expect(stdout).toContain("was accepted until 2020-01-31, which is over: an audit");
    expect(stdout).toMatch(
      /Accepted by the baseline: 2\n.*Flex Chat Service.*until 2999-12-31: moving house\n.*Sales/,
    );
    expect(stdout).toContain("flex-proxy-service, callbackUrl, until 2999-12-31: long gone");
  });

  test("goes into the configuration where that has a word for it, and else into words for the program", async () => {
    const configuration = await project.read("Pulumi.dev.yaml");
    const nobody = await project.flexStack("drift", "--fix", "adopt");
    expect(nobody.code).toBe(2);
    expect(nobody.stderr).toBe(
      "error: To write Pulumi.dev.yaml has to be confirmed.\n  why: There is no terminal to ask on.\n  fix: Add --yes.\n",
    );
    expect(await project.read("Pulumi.dev.yaml")).toBe(configuration);
    const { code, stdout, stderr } = await project.flexStack("drift", "--fix", "adopt", "--yes");
    expect(stderr).toBe("");
    expect(stdout).toContain("flex-messaging:routing.queues.sales.maxReservedWorkers: 2 → 7");
    expect(stdout).toContain("agent: the agent role can't be otherwise. Revert it: --fix revert.");
    expect(stdout).toContain('proxy.PhoneNumber "(415) 555-0199": declare it in the program:');
    expect(code).toBe(7);
    const settings = await project.read("Pulumi.dev.yaml");
    expect(settings).toContain("sales: {friendlyName: Sales, skill: sales, maxReservedWorkers: 7}");
    expect(settings).toContain("extraWorkflow:");
    expect(settings).toMatch(/friendlyName: Outbound messages\n.*\n +defaultQueue: extraQueue\n/);
    expect(stdout).toContain("and reverts what neither the configuration nor the program says by then.");
    expect(settings).toContain("extraQueue: {friendlyName: Extra queue, maxReservedWorkers: 3}");
    expect(settings).toContain("- {queue: billing, timeout: 77}");
    expect(settings).not.toContain("Partner messages");
    // Its comments are somebody's.
    expect(settings).toContain("# What customers write: back to the agent they know");
  });

  test("is what the stack says again, once both are done", async () => {
    const { code, stdout, stderr } = await project.flexStack("drift", "--fix", "revert", "--yes");
    expect(stderr).not.toContain("error:");
    expect(stdout).toMatch(/updated +chat\.Role +flex-chat-role-agent/);
    expect(stdout).toMatch(/adopted +taskrouter\.TaskQueue +flex-routing-queue-extraQueue/);
    expect(stdout).not.toMatch(/updated +(taskrouter|chat\.Service)/);
    // It looked again afterwards, and tells what is left.
    expect(stdout).toContain("Stack dev: 3 things were changed outside Pulumi");
    expect(code).toBe(7);
    expect((await agentRole()).permissions).toHaveLength(7);

    const after = await project.flexStack(
      "drift",
      "--baseline",
      "accepted/left.yaml",
      "--write-baseline",
      "--comment",
      "the bot's",
      "--format",
      "json",
    );
    expect(reportOf(after).drifts.map(({ title }) => title)).toEqual([
      "whatsapp:+14155550177",
      "Second flow",
      "(415) 555-0199",
    ]);
    expect(after.code).toBe(0);
    expect(await project.read("accepted/left.yaml")).toMatch(
      /resource: FO\w{32}\n +kind: unmanaged\n +comment: the bot's\n/,
    );
  });
});
