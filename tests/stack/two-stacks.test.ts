import { expect, test } from "@jest/globals";
import { useProject } from "../support/useProject.ts";

// Two stacks of one backend and one account, with the real Pulumi: the second declares what the first one made.

const project = useProject();

/** What the first stack made or took over, and the second one could spoil. */
async function account(): Promise<unknown> {
  const { client } = project;
  const { taskrouterWorkspaceSid, chatServiceInstanceSid, ...configuration } = (
    await client.flexApi.v1.configuration().fetch()
  ).toJSON() as unknown as Record<string, string>;
  const workspace = client.taskrouter.v1.workspaces(taskrouterWorkspaceSid!);
  const [proxy] = await client.proxy.v1.services.list();
  const found = await Promise.all([
    client.flexApi.v1.flexFlow.list(),
    client.chat.v2.services(chatServiceInstanceSid!).roles.list(),
    client.proxy.v1.services(proxy!.sid).phoneNumbers.list(),
    client.incomingPhoneNumbers.list(),
    client.studio.v2.flows.list(),
    workspace.taskQueues.list(),
    workspace.workflows.list(),
    workspace.activities.list(),
  ]);
  const plain = JSON.parse(JSON.stringify([configuration, ...found])) as unknown;
  return JSON.parse(
    JSON.stringify(plain, (key, value: unknown) => (/^date|[cC]ount$/.test(key) ? undefined : value)),
  );
}

test("what the first has is named and asked about, and the second one's destroy leaves it alone", async () => {
  const first = await project.flexStack("up", "--skip-preview");
  expect([first.code, first.stderr]).toEqual([0, ""]);
  await project.write("Pulumi.second.yaml", await project.read("Pulumi.dev.yaml"));
  const before = await account();

  const refused = await project.flexStack("up", "--stack", "second", "--skip-preview");
  expect(refused.stdout).toContain(
    'Stack second: a preview comes first all the same, because stack "dev" of the same backend may record things',
  );
  expect(refused.stderr).toMatch(
    /Stack "second" would take over what stack "dev" of the same backend and account records too: .*\d+ TaskQueue.*FlexFlow/,
  );
  expect(refused.stderr).toContain('error: The update of stack "second" has to be confirmed.');
  expect(refused.code).toBe(2);
  expect(await account()).toEqual(before);

  const taken = await project.flexStack("up", "--stack", "second", "--skip-preview", "--yes");
  expect(taken.stderr).toContain('stack "dev" records what this stack takes over');
  expect(taken.code).toBe(0);
  expect(await account()).toEqual(before);

  const gone = await project.flexStack("destroy", "--stack", "second", "--yes");
  expect(gone.code).toBe(0);
  expect(await account()).toEqual(before);
}, 600_000);
