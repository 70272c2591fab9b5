import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { Project } from "../../bench/faults/project.ts";
import { startEmulator, type Emulator } from "../../emulator/index.ts";
import { localTwilio } from "../support/localTwilio.ts";

// A stack whose program makes its provider itself, with the real Pulumi.

let folder: string;
let file: string;
let emulator: Emulator;
let project: Project;

const program = (token: string) => `import * as twilio from "@pulumi/twilio";
const provider = new twilio.Provider("mine", {
  accountSid: "AC10ca1000000000000000000000000000", authToken: "${token}", endpoint: "${emulator.url}",
});
const workspace = new twilio.taskrouter.Workspace(
  "workspace", { friendlyName: "Flex Task Assignment", adopt: true, eventCallbackUrl: "https://example.com/a" }, { provider },
);
new twilio.taskrouter.TaskQueue("queue", { workspaceSid: workspace.sid, friendlyName: "Queue" }, { provider });
`;
const write = (token: string) => writeFileSync(join(project.folder, "index.ts"), program(token));

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "own-provider-"));
  file = join(folder, "twilio.db");
  emulator = await startEmulator({ file, port: 0 });
  project = new Project(Number(new URL(emulator.url).port), true);
  write("local-twilio");
});
afterAll(async () => {
  project.remove();
  await emulator.close();
  rmSync(folder, { recursive: true });
});

/** Ends the local Twilio, and starts it again on the same port. */
async function meanwhile(work: () => void): Promise<void> {
  const port = Number(new URL(emulator.url).port);
  await emulator.close();
  work();
  emulator = await startEmulator({ file, port });
}

const look = async () => {
  const { taskrouter, flexApi } = localTwilio(emulator);
  const { taskrouterWorkspaceSid } = await flexApi.v1.configuration().fetch();
  const workspace = taskrouter.v1.workspaces(taskrouterWorkspaceSid);
  const { eventCallbackUrl } = await workspace.fetch();
  const queues = await workspace.taskQueues.list();
  return [eventCallbackUrl, ...queues.map(({ friendlyName }) => friendlyName).sort()];
};
/** A connection that the former local Twilio closed is found out by the first request on it. */
const account = () => look().catch(look);
const run = async (words: string) => project.run(...words.split(" "));

test("a local Twilio that was thrown away is told, and made anew only when asked to", async () => {
  expect((await run("up --skip-preview --no-policy")).code).toBe(0);
  const made = await account();
  await meanwhile(() => {
    for (const end of ["", "-wal", "-shm"]) rmSync(file + end, { force: true });
  });
  const empty = await account();

  for (const words of ["preview --no-policy", "drift", "destroy"]) {
    const { code, output } = await run(words);
    expect([words, code, output]).toEqual([
      words,
      20,
      expect.stringMatching(/npx flex-stack up --refresh --stack dev/),
    ]);
    expect(output).not.toMatch(/unchanged|deleted|changed outside/);
  }
  expect(await account()).toEqual(empty);

  const anew = await run("up --refresh --skip-preview --no-policy");
  expect([anew.code, anew.output]).toEqual([
    0,
    expect.stringContaining("warning: what the stack records was made in another local Twilio ("),
  ]);
  expect(await account()).toEqual(made);
}, 300_000);

test("a token that was rotated is told, and the program's new one is used to delete", async () => {
  await meanwhile(() => {
    const database = new DatabaseSync(file);
    database.exec(
      "update documents set fields = json_set(fields, '$.auth_token', 'rotated') where kind like '%account'",
    );
    database.close();
  });
  const refused = await run("destroy");
  expect([refused.code, refused.output]).toEqual([
    3,
    expect.stringContaining(
      'check accountSid and authToken (or apiKey and apiSecret) of provider "mine" in the program',
    ),
  ]);
  expect(refused.output.match(/\b401\b/g)).toHaveLength(1);
  write("rotated");
  const { code, output } = await run("destroy");
  expect([code, output]).toEqual([0, expect.stringContaining("1 deleted, 1 left in place")]);
}, 300_000);
