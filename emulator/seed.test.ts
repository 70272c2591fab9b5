import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { localTwilio } from "../tests/support/localTwilio.ts";
import { type EmulatorOptions, parseSeed, readSeed, startEmulator } from "./index.ts";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "seed-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function withSeed<T>(
  options: EmulatorOptions,
  look: (client: ReturnType<typeof localTwilio>) => Promise<T>,
): Promise<T> {
  const emulator = await startEmulator({ file: ":memory:", port: 0, ...options });
  try {
    return await look(localTwilio(emulator));
  } finally {
    await emulator.close();
  }
}

describe("flex", () => {
  test("has the TaskRouter setup and the numbers of a new Flex account", async () => {
    await withSeed({}, async (client) => {
      const [workspace, ...others] = await client.taskrouter.v1.workspaces.list();
      expect(others).toEqual([]);
      expect(workspace?.friendlyName).toBe("Flex Task Assignment");
      const inside = client.taskrouter.v1.workspaces(workspace?.sid ?? "");
      const names = (items: { friendlyName: string }[]) => items.map(({ friendlyName }) => friendlyName);
      expect(names(await inside.activities.list())).toEqual(["Offline", "Available", "Unavailable", "Break"]);
      expect((await inside.taskChannels.list()).map(({ uniqueName }) => uniqueName)).toEqual([
        "default",
        "voice",
        "chat",
        "sms",
        "video",
      ]);
      const [queue] = await inside.taskQueues.list();
      expect(queue).toMatchObject({ friendlyName: "Everyone", targetWorkers: "1==1" });
      const [workflow] = await inside.workflows.list();
      expect(workflow?.friendlyName).toBe("Assign to Anyone");
      expect(workflow?.configuration).toContain(queue?.sid);
      expect((await client.incomingPhoneNumbers.list()).map(({ phoneNumber }) => phoneNumber)).toEqual([
        "+14155550142",
        "+12065550187",
        "+13125550163",
      ]);
    });
  });

  test("has the same SIDs each time", async () => {
    const sids = (): Promise<string[]> =>
      withSeed({}, async (client) => {
        const [workspace] = await client.taskrouter.v1.workspaces.list();
        const queues = await client.taskrouter.v1.workspaces(workspace?.sid ?? "").taskQueues.list();
        return [workspace?.sid ?? "", ...queues.map(({ sid }) => sid)];
      });
    expect(await sids()).toEqual(await sids());
  });
});

test("empty has an account and nothing else", async () => {
  await withSeed({ seed: "empty" }, async (client) => {
    expect(await client.taskrouter.v1.workspaces.list()).toEqual([]);
    expect(await client.incomingPhoneNumbers.list()).toEqual([]);
    expect((await client.api.v2010.accounts.list()).map(({ friendlyName }) => friendlyName)).toEqual([
      "Local account",
    ]);
  });
});

test("a file says what the account is and holds; a second start keeps what is there", async () => {
  const file = join(folder, "seed.json");
  const account = { sid: `AC${"7".repeat(32)}`, authToken: "secret", friendlyName: "Ours" };
  const calls = [
    { name: "centre", url: "https://taskrouter.twilio.com/v1/Workspaces", form: { FriendlyName: "Centre" } },
    {
      name: "offline",
      method: "GET",
      url: "https://taskrouter.twilio.com/v1/Workspaces/${centre.sid}/Activities?FriendlyName=Offline",
    },
    {
      url: "https://taskrouter.twilio.com/v1/Workspaces/${centre.sid}/Workers",
      form: {
        FriendlyName: "ann",
        ActivitySid: "${offline.activities.0.sid}",
        Attributes: { team: "${centre.friendly_name}", level: 2 },
      },
    },
  ];
  writeFileSync(file, JSON.stringify({ account, calls }));
  const database = join(folder, "seeded.db");
  const look = async (client: ReturnType<typeof localTwilio>) => {
    const [centre] = await client.taskrouter.v1.workspaces.list();
    const [worker] = await client.taskrouter.v1.workspaces(centre?.sid ?? "").workers.list();
    expect(worker).toMatchObject({ accountSid: account.sid, attributes: '{"team":"Centre","level":2}' });
  };
  await withSeed({ file: database, seed: readSeed(file) }, look);
  await withSeed({ file: database, seed: "flex" }, look);
});

describe("a bad seed", () => {
  const call = (url: string, form: Record<string, string> = {}) =>
    parseSeed({ calls: [{ url, form }] }, "test");

  test.each([
    [{ resources: [] }, 'The seed test is not valid:\n✖ Unrecognized key: "resources"'],
    [{ account: { sid: "AC1" } }, "✖ must be AC and 32 hex digits\n  → at account.sid"],
    [{ calls: [{ form: {} }] }, "→ at calls[0].url"],
  ])("%j is refused", (content, message) => {
    expect(() => parseSeed(content, "test")).toThrow(message);
  });

  test("that can't be read says why", () => {
    const file = join(folder, "nothing.json");
    expect(() => readSeed(file)).toThrow(`The seed ${file} can't be read: ENOENT`);
    writeFileSync(join(folder, "broken.json"), "{");
    expect(() => readSeed(join(folder, "broken.json"))).toThrow("can't be read: Expected property name");
  });

  test.each([
    [
      "https://taskrouter.twilio.com/v1/Workspaces",
      "failed with 20001: Missing required parameter FriendlyName",
    ],
    [
      "https://taskrouter.twilio.com/v1/Workspaces/${nobody.sid}",
      "${nobody.sid} is nothing that an earlier call answered",
    ],
    ["https://example.com/", 'failed with 20404: The local Twilio has no product at host "example.com"'],
    ["Workspaces", "Workspaces is not a URL"],
  ])("call %s names itself and the fault, and leaves nothing behind", async (url, message) => {
    const file = join(folder, `failed ${Buffer.from(url).toString("hex")}.db`);
    const start = startEmulator({ file, port: 0, seed: call(url) });
    await expect(start).rejects.toThrow(message);
    await expect(start).rejects.toThrow("Call 1 of the seed (POST ");
    await withSeed({ file, seed: "empty" }, async (client) => {
      expect(await client.api.v2010.accounts.list()).toHaveLength(1);
    });
  });
});
