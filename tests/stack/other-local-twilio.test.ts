import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { startEmulator, type Emulator } from "../../emulator/index.ts";
import { localTwilio } from "../support/localTwilio.ts";
import { useProject, type Ended } from "../support/useProject.ts";

// A stack whose local Twilio was thrown away, with the real Pulumi.

const project = useProject();
let folder = "";
let other: Emulator;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "other-"));
  other = await startEmulator({ file: join(folder, "twilio.db"), port: 0 });
});
afterAll(async () => {
  await other.close();
  await rm(folder, { recursive: true });
});

async function useEndpoint(url: string): Promise<void> {
  const settings = await project.read("Pulumi.dev.yaml");
  await project.write(
    "Pulumi.dev.yaml",
    settings.replace(/twilio:endpoint: .*/, () => `twilio:endpoint: ${url}`),
  );
}

/** Pulumi without flex-stack. */
function pulumi(...words: string[]): Promise<Ended> {
  const env = {
    ...process.env,
    PULUMI_BACKEND_URL: `file://${project.folder}`,
    PULUMI_CONFIG_PASSPHRASE: "",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    NO_COLOR: "1",
  };
  const command = join(project.folder, "node_modules/.bin/pulumi");
  return new Promise((resolve) => {
    execFile(
      command,
      [...words, "--stack", "dev", "--non-interactive"],
      { cwd: project.folder, env },
      (error, stdout, stderr) =>
        resolve({ code: typeof error?.code === "number" ? error.code : error ? -1 : 0, stdout, stderr }),
    );
  });
}

const queuesOf = async (emulator: Emulator): Promise<string[]> => {
  const { taskrouter, flexApi } = localTwilio(emulator);
  const { taskrouterWorkspaceSid } = await flexApi.v1.configuration().fetch();
  const queues = await taskrouter.v1.workspaces(taskrouterWorkspaceSid).taskQueues.list();
  return queues.map(({ friendlyName }) => friendlyName).sort();
};

test("what is recorded of a local Twilio that is gone is neither unchanged nor deleted, and the advised command mends it", async () => {
  const up = await project.flexStack("up", "--skip-preview");
  expect(up.code).toBe(0);
  const empty = await queuesOf(other);

  // The database is thrown away: another local Twilio is where the configuration leads.
  await useEndpoint(other.url);
  const state = await project.state();
  const refused = await project.flexStack("preview");
  expect(refused.stderr).toContain('error: The resources of stack "dev" are not in this local Twilio.');
  expect(refused.stderr).toContain(
    "npx flex-stack up --refresh --stack dev makes all of it anew in this one;",
  );
  expect(refused.code).toBe(20);
  const [preview, refresh] = [await pulumi("preview"), await pulumi("preview", "--refresh", "--run-program")];
  for (const { code, stdout, stderr } of [preview, refresh]) {
    expect(stdout + stderr).toContain("this stack's resources are in another local Twilio (");
    expect(stdout + stderr).toContain("npx flex-stack up --refresh --stack dev");
    expect(code).not.toBe(0);
  }
  expect(await project.state()).toEqual(state);
  expect(await queuesOf(other)).toEqual(empty);

  const anew = await project.flexStack("up", "--refresh", "--skip-preview");
  expect(anew.stdout).toContain("Stack dev was brought up on another local Twilio");
  expect([anew.code, anew.stderr]).toEqual([0, ""]);
  expect(anew.stdout).toMatch(/Stack dev: \d+ created/);
  expect(await queuesOf(other)).toEqual(expect.arrayContaining(["Billing", "Overflow", "Returns"]));

  // It is the same one wherever it listens.
  await other.close();
  other = await startEmulator({ file: join(folder, "twilio.db"), port: 0 });
  await useEndpoint(other.url);
  const drift = await project.flexStack("drift", "--unmanaged", "none");
  expect([drift.code, drift.stderr]).toEqual([0, ""]);
  const destroyed = await project.flexStack("destroy");
  expect([destroyed.code, destroyed.stderr]).toEqual([0, ""]);
  expect(await queuesOf(other)).toEqual(empty);
}, 600_000);
