import { fileURLToPath } from "node:url";
import { expect, test } from "@jest/globals";
import { typeErrors } from "../support/typeErrors.ts";
import { useProject } from "../support/useProject.ts";

// A program that has no settings: all that was changed behind it goes into the program, as the advice is printed.

const project = useProject();

/** What ends texts, lines, templates and scripts, or looks like code of another kind. */
const hostile = "\"'`${x}\\ \\n\n\t</script> --> {{a}} 日本 \u202e\u2028 \ud83d\ude00";

const program = () => `import * as twilio from "@pulumi/twilio";
import { ChatService } from ${JSON.stringify(fileURLToPath(new URL("../../components/index.ts", import.meta.url)))};

const workspace = new twilio.taskrouter.Workspace("workspace", {
  friendlyName: "Flex Task Assignment",
  adopt: true,
  prioritizeQueueOrder: "FIFO",
});
const workspaceSid = workspace.sid;
const sales = new twilio.taskrouter.TaskQueue("sales", {
  workspaceSid,
  friendlyName: "Sales",
  targetWorkers: "1==1",
});
new twilio.taskrouter.Activity("lunch", {
  workspaceSid,
  friendlyName: "Lunch",
  available: false,
});
new twilio.taskrouter.Workflow("inbound", {
  workspaceSid,
  friendlyName: "Inbound",
  configuration: { task_routing: { default_filter: { queue: sales.sid } } },
  assignmentCallbackUrl: "https://example.com/assign",
});
new twilio.taskrouter.Worker("alice", {
  workspaceSid,
  friendlyName: "alice",
  attributes: { contact_uri: "client:alice" },
});
new ChatService("flex-chat", {
  friendlyName: "Flex Chat Service",
  transform: {
    service: {
      typingIndicatorTimeout: 5,
    },
  },
});
new twilio.proxy.Service("proxy", {
  uniqueName: "Flex",
  adopt: true,
});
`;

async function changeEverything(): Promise<void> {
  const { client } = project;
  const find = <T extends { friendlyName: string }>(list: readonly T[], name: string) => {
    const found = list.find(({ friendlyName }) => friendlyName === name);
    if (found === undefined) throw new Error(`There is no ${name}`);
    return found;
  };
  const [space] = await client.taskrouter.v1.workspaces.list();
  const inside = client.taskrouter.v1.workspaces(space?.sid ?? "");
  await inside.update({ prioritizeQueueOrder: "LIFO" });
  const sales = find(await inside.taskQueues.list(), "Sales");
  await inside.taskQueues(sales.sid).update({ targetWorkers: `name == "O'Neil, 日本 \${x} </script>"` });
  await inside.activities(find(await inside.activities.list(), "Lunch").sid).remove();
  const inbound = find(await inside.workflows.list(), "Inbound");
  const filter = {
    filter_friendly_name: hostile.replaceAll(/[\n\t\u202e\u2028]/g, " "),
    expression: `type == "it's"`,
    targets: [{ queue: sales.sid, expression: "1==1", timeout: 60, priority: 3 }, { queue: sales.sid }],
  };
  const configuration = JSON.stringify({
    task_routing: { filters: [filter], default_filter: { queue: sales.sid } },
  });
  await inside.workflows(inbound.sid).update({ configuration, assignmentCallbackUrl: "" });
  const alice = find(await inside.workers.list(), "alice");
  const attributes = {
    contact_uri: "client:alice",
    [hostile]: [hostile, null, 1.5, true, {}],
    long: "x".repeat(1500),
  };
  await inside.workers(alice.sid).update({ attributes: JSON.stringify(attributes) });
  const service = find(await client.chat.v2.services.list(), "Flex Chat Service");
  await client.chat.v2.services(service.sid).update({ typingIndicatorTimeout: 7 });

  const extra = await inside.taskQueues.create({ friendlyName: 'Extra "queue" ${x}', maxReservedWorkers: 3 });
  await inside.workflows.create({
    friendlyName: "日本",
    configuration: configuration.replaceAll(sales.sid, extra.sid),
  });
  await inside.activities.create({ friendlyName: "Sales", available: true });
  await inside.taskChannels.create({ friendlyName: "Fax", uniqueName: "fax" });
  const chat = client.chat.v2.services(service.sid);
  for (const type of ["channel", "deployment"] as const) {
    const permission = type === "channel" ? ["leaveChannel"] : ["joinChannel"];
    await chat.roles.create({ friendlyName: "spy", type, permission });
  }
  for (const url of ["https://example.com/bot", "https://example.com/other"])
    await client.flexApi.v1.flexFlow.create({
      friendlyName: "Second flow",
      chatServiceSid: service.sid,
      channelType: "web",
      integrationType: "external",
      "integration.url": url,
    });
  const number = await client.incomingPhoneNumbers.create({ phoneNumber: "+14155550199" });
  const [proxy] = await client.proxy.v1.services.list();
  await client.proxy.v1.services(proxy?.sid ?? "").phoneNumbers.create({ sid: number.sid });
}

/** What of each kind was changed, or appeared. */
const kinds = [
  ...["chat.Role", "chat.Service", "flex.FlexFlow", "proxy.PhoneNumber", "taskrouter.Activity"],
  ...["taskrouter.TaskChannel", "taskrouter.TaskQueue", "taskrouter.Worker", "taskrouter.Workflow"],
  "taskrouter.Workspace",
];

/** Does what each piece of advice says. */
function follow(source: string, advice: string): string {
  for (const piece of advice.split(/^(?=\w+\.\w+ )/m)) {
    const [, name = "", what = ""] = /^\S+ ("(?:[^"\\]|\\.)*"|\S+): ([^]*)/.exec(piece) ?? [];
    const block = new RegExp(
      `^(?:const \\w+ = )?new [\\w.]+\\("${name.replace(/-service$/, "")}", {\\n[^]*?^}\\);\\n`,
      "m",
    );
    const inBlock = (change: (text: string) => string) => {
      expect(source).toMatch(block);
      source = source.replace(block, change);
    };
    const removed = /, remove (\w+)/.exec(what)?.[1];
    const [, given = "", value = ""] = /^in the program[^\n]*?, give (\w+): ([^]*)$/.exec(what) ?? [];
    const declared = /^declare it in the program.*:\n([^]*)$/.exec(what)?.[1];
    const line = (property: string) => new RegExp(`^( +)${property}: .*,\\n`, "m");
    if (what.startsWith("remove it from the program.")) inBlock(() => "");
    else if (removed) inBlock((text) => text.replace(line(removed), ""));
    else if (given)
      inBlock((text) => text.replace(line(given), (_, indent) => `${indent}${given}: ${value.trim()},\n`));
    else if (declared) source += declared;
    else throw new Error(`Nobody knows how to follow this advice: ${piece}`);
  }
  return source;
}

test("what drift advises for a program, put into it as it is printed, is what the account has", async () => {
  await project.write(
    "Pulumi.yaml",
    "name: own\nruntime: { name: nodejs, options: { typescript: false } }\npackages:\n  twilio: ./provider\n",
  );
  const settings = await project.read("Pulumi.dev.yaml");
  await project.write("Pulumi.dev.yaml", `config:\n${settings.match(/^  twilio:.*\n/gm)?.join("") ?? ""}`);
  await project.write("index.ts", program());
  const up = ["up", "--skip-preview", "--no-policy"];
  const first = await project.flexStack(...up);
  expect({ ...first, stdout: "" }).toEqual({ code: 0, stdout: "", stderr: "" });
  await changeEverything();

  const { stdout, stderr } = await project.flexStack("drift", "--fix", "adopt", "--yes");
  expect(stderr).toBe("");
  const advice = (stdout.split("\nThe configuration has no word for:\n")[1] ?? "").replaceAll(/^  /gm, "");
  expect([...new Set(advice.match(/^\w+\.\w+(?= .*: (?:declare|in the|remove))/gm))].sort()).toEqual(kinds);
  const followed = follow(program(), advice);
  expect(typeErrors(followed, import.meta.url)).toEqual([]);
  await project.write("index.ts", followed);
  const start = project.exchanges.length;
  const second = await project.flexStack(...up, "--refresh");
  expect({ ...second, stdout: "" }).toEqual({ code: 0, stdout: "", stderr: "" });
  const written = project.exchanges
    .slice(start)
    .filter(({ method, path }) => method !== "GET" && !path.endsWith("/Validate"));
  expect(written.map(({ method, path }) => `${method} ${path}`)).toEqual([]);
  const left = await project.flexStack("drift", "--format", "json");
  expect(JSON.parse(left.stdout)).toMatchObject({ result: "none", drifts: [] });
});
