import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import { dump, load } from "js-yaml";
import { agentPermissions as declared } from "../../components/chat-service/agent-role.ts";
import { startEmulator, type Emulator } from "../../emulator/index.ts";
import { agentPermissions } from "../../policy/rules/chat/agent-role.ts";

// The pack as Pulumi runs it, by the project's own language host, on the stack dev with a local Twilio of its own.

jest.setTimeout(180_000);
const root = fileURLToPath(new URL("../..", import.meta.url));
let emulator: Emulator;
/** A copy of the project, whose program the test may spoil. */
let project: string;

beforeAll(async () => {
  emulator = await startEmulator({ file: ":memory:", port: 0 });
  project = await mkdtemp(join(tmpdir(), "policy-"));
  for (const folder of ["node_modules", "policy", "provider"])
    await symlink(join(root, folder), join(project, folder));
  for (const file of ["package.json", "Pulumi.yaml"]) await cp(join(root, file), join(project, file));
  await cp(join(root, "Pulumi.dev.yaml"), join(project, "Pulumi.dev.yaml"));
  await configure("twilio:endpoint", emulator.url);
});

afterAll(async () => {
  await emulator.close();
  await rm(project, { recursive: true });
});

async function configure(key: string, value: unknown): Promise<void> {
  const file = join(project, "Pulumi.dev.yaml");
  const settings = load(await readFile(file, "utf8")) as { config: Record<string, unknown> };
  settings.config[key] = value;
  await writeFile(file, dump(settings));
}

/** Writes the program: the project's own, after these lines. */
const program = (...before: string[]) =>
  writeFile(
    join(project, "index.ts"),
    [...before, `await import(${JSON.stringify(pathToFileURL(join(root, "index.ts")).href)});`, ""].join(
      "\n",
    ),
  );

/** `flex-stack preview`, with these options for Pulumi. */
function preview(...options: string[]): Promise<{ code: number; output: string }> {
  const args = [join(root, "cli/main.ts"), "preview", "--cwd", project, ...options];
  const env = { ...process.env, NO_COLOR: "1", PULUMI_BACKEND_URL: `file://${project}` };
  return new Promise((resolve) => {
    execFile(join(root, "node_modules/.bin/node"), args, { env }, (error, stdout, stderr) =>
      resolve({
        code: typeof error?.code === "number" ? error.code : error ? -1 : 0,
        output: stdout + stderr,
      }),
    );
  });
}

test("the stack dev passes every rule, advisory ones too", async () => {
  await program();
  const { code, output } = await preview();
  expect(output).toMatch(/Stack dev: \d+ to create, \d+ to adopt/);
  expect(output).not.toContain("flex-messaging/");
  expect(code).toBe(0);
});

test("one more permission of the agent role is refused, with the exit code of policies", async () => {
  await program(
    'import * as pulumi from "@pulumi/pulumi";',
    "pulumi.runtime.registerResourceTransform(({ name, props, opts }) =>",
    '  name === "flex-chat-role-agent"',
    '    ? { props: { ...props, permissions: [...props.permissions, "deleteAnyMessage"] }, opts }',
    "    : undefined,",
    ");",
  );
  const { code, output } = await preview();
  expect(output).toContain(
    'flex-chat-role-agent.permissions[7] is "deleteAnyMessage", which the agent role must not have. ' +
      "Fix: Remove deleteAnyMessage, or give it to a role of another name.",
  );
  expect(code).toBe(5);

  // The stack may say that it only wants to hear of it.
  await configure("flex-messaging:policy", { "agent-role-permissions": "advisory" });
  const advised = await preview();
  expect(advised.output).toContain(
    "warning: flex-messaging/agent-role-permissions: The agent role has exactly",
  );
  expect(advised.code).toBe(0);
});

test("the pack and the component mean the same permissions, though neither knows the other", () => {
  expect([...agentPermissions]).toEqual([...declared]);
});
