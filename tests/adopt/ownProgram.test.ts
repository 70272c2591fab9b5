import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { main } from "../../cli/main.ts";
import { collect } from "../support/commandLine.ts";
import { typeErrors } from "../support/typeErrors.ts";
import { useProject } from "../support/useProject.ts";
import { buildWithoutChat } from "./handBuilt.ts";

// An account that the components can't declare, built from nothing with the official SDK. The tests build on one another.

const project = useProject(".", { seed: "empty" });
const { TWILIO_AUTH_TOKEN: token } = process.env;
let start = 0;

beforeAll(() => {
  // Credentials are not written, so a project of its own gets them from the environment.
  process.env["TWILIO_AUTH_TOKEN"] = "local-twilio";
});
afterAll(() => {
  if (token === undefined) delete process.env["TWILIO_AUTH_TOKEN"];
  else process.env["TWILIO_AUTH_TOKEN"] = token;
});

/** Runs something while the provider may not write. */
async function readOnly<T>(body: () => Promise<T>): Promise<T> {
  process.env["TWILIO_PROVIDER_READ_ONLY"] = "true";
  try {
    return await body();
  } finally {
    delete process.env["TWILIO_PROVIDER_READ_ONLY"];
  }
}

const writes = () =>
  project.exchanges
    .slice(start)
    .filter(({ method, path }) => method !== "GET" && path !== "/v2/Flows/Validate")
    .map(({ method, path }) => `${method} ${path}`);

test("without Flex there is nothing to adopt", async () => {
  const { code, stderr } = await project.flexStack("adopt", "--yes");
  expect(code).toBe(1);
  expect(stderr).toContain("error: Account AC10ca1000000000000000000000000000 has no Flex.");
});

test("is only declared where the answer is yes, or in a folder to look at", async () => {
  await buildWithoutChat(project.client);
  const { terminal, out } = collect();
  const asked: string[] = [];
  const answering = {
    ...terminal,
    interactive: true,
    ask: (question: string) => {
      asked.push(question);
      return Promise.resolve("no");
    },
  };
  expect(await main(["adopt", "--cwd", project.folder], answering)).toBe(8);
  expect(asked).toEqual([expect.stringMatching(/^Write .*main\.ts, .*Type yes to go on: $/)]);
  expect(out.at(-1)).toBe("Nothing was written.");
  expect(existsSync(join(project.folder, "adopted"))).toBe(false);

  const { code } = await project.flexStack("adopt", "--yes", "--output", "review");
  expect(code).toBe(0);
  expect(await project.read("review/adopted/dev/main.ts")).toContain("new twilio.taskrouter.Workspace(");
  expect(existsSync(join(project.folder, "adopted"))).toBe(false);
});

test("gets a project of its own, which says why", async () => {
  start = project.exchanges.length;
  const { code, stdout, stderr } = await project.flexStack("adopt", "--yes");
  expect(stderr).toBe("");
  expect(code).toBe(0);
  expect(stdout).toContain("  the Flex Configuration names no chat service that is there");
  expect(stdout).toContain("So a program of its own declares all 16 resources.");
  const program = await project.read("adopted/dev/main.ts");
  expect(typeErrors(program, new URL("../../adopted/dev/", import.meta.url).href)).toEqual([]);
  expect(await project.read("adopted/dev/Pulumi.dev.yaml")).not.toContain("local-twilio");
});

test("is recorded by an update that writes nothing, and then differs in nothing", async () => {
  const own = ["--cwd", join(project.folder, "adopted/dev")];
  const up = await readOnly(() => project.flexStack("up", "--yes", ...own));
  expect(up.stdout).toMatch(/Stack dev: 2 created, 12 adopted, 2 imported/);
  expect(up.code).toBe(0);
  const preview = await project.flexStack("preview", "--expect-no-changes", "--refresh", ...own);
  expect(preview.stdout).toMatch(/Stack dev: no changes, 16 unchanged/);
  expect(preview.code).toBe(0);
  expect(writes()).toEqual([]);
});

test("what would need a write fails while the provider may not", async () => {
  const program = await project.read("adopted/dev/main.ts");
  await project.write(
    "adopted/dev/main.ts",
    program.replace('friendlyName: "Care"', 'friendlyName: "Other"'),
  );
  const { code, stderr } = await readOnly(() =>
    project.flexStack("up", "--yes", "--cwd", join(project.folder, "adopted/dev")),
  );
  expect(code).toBe(1);
  expect(stderr).toMatch(/POST taskrouter.twilio.com\/v1\/Workspaces\/WS\w+ was not sent/);
  expect(writes()).toEqual([]);
});
