import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { declaredStack } from "./declared-stack.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "declared-stack-"));
  symlinkSync(join(dirname(import.meta.dirname), "node_modules"), join(folder, "node_modules"));
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  writeFileSync(join(folder, "Pulumi.yaml"), "name: centre\nruntime: nodejs\n");
  writeFileSync(
    join(folder, "Pulumi.dev.yaml"),
    "config:\n  centre:name: Support\n  centre:token: {secure: v1:a}\n",
  );
});
afterEach(() => rmSync(folder, { recursive: true }));

const program = (text: string) => {
  writeFileSync(join(folder, "index.ts"), text);
  return declaredStack({ folder, stack: "dev" });
};

test("gives what a program declares and looks up, by the stack's configuration", async () => {
  const declared = await program(`
    import * as pulumi from "@pulumi/pulumi";
    import * as twilio from "@pulumi/twilio";
    console.log("some output");
    const config = new pulumi.Config();
    const { sid } = twilio.taskrouter.getWorkspaceOutput({ friendlyName: "Flex Task Assignment" });
    new twilio.taskrouter.TaskQueue(\`\${pulumi.getProject()}-\${pulumi.getStack()}\`, {
      workspaceSid: sid,
      friendlyName: config.require("name"),
      targetWorkers: config.requireSecret("token"),
    });
    const { dateCreated } = new twilio.taskrouter.Activity("made", { workspaceSid: sid, friendlyName: "Made", available: true });
    new twilio.taskrouter.Activity("late", {
      workspaceSid: sid,
      friendlyName: pulumi.interpolate\`Since \${dateCreated}\`,
      available: true,
    });`);
  const workspace = 'twilio:taskrouter:getWorkspace {"friendlyName":"Flex Task Assignment"}';
  expect(declared).toEqual([
    {
      type: "twilio:taskrouter:getWorkspace",
      name: workspace,
      inputs: { friendlyName: "Flex Task Assignment" },
    },
    {
      type: "twilio:taskrouter:Activity",
      name: "made",
      inputs: { workspaceSid: `sid of ${workspace}`, friendlyName: "Made", available: true },
    },
    {
      type: "twilio:taskrouter:TaskQueue",
      name: "centre-dev",
      inputs: { workspaceSid: `sid of ${workspace}`, friendlyName: "Support", targetWorkers: "[secret]" },
      withheld: ["targetWorkers"],
    },
    {
      type: "twilio:taskrouter:Activity",
      name: "late",
      inputs: { workspaceSid: `sid of ${workspace}`, available: true },
      withheld: ["friendlyName"],
    },
  ]);
});

test.each([
  ["throws", `throw new Error("no such thing");`, "no such thing"],
  ["fails where nobody waits", `Promise.reject(new Error("lost"));`, "lost"],
  ["is no program", "const = 5;", /./],
  ["ends", `process.stderr.write("enough\\n"); process.exit(3);`, "It ended with 3. enough"],
])("a program that %s is told", async (_, text, why) => {
  await expect(program(text)).rejects.toMatchObject({
    what: expect.stringMatching(
      typeof why === "string"
        ? `^The program of stack "dev" fails: .*${why}`
        : /^The program of stack "dev" fails: ./,
    ),
    fix: expect.stringContaining("npm run preview"),
  });
});

test("a program that is not there is told", async () => {
  await expect(declaredStack({ folder, stack: "dev" })).rejects.toThrow("There is no program at");
});

test("a configuration that no program can be started with is told as that, with the way out", async () => {
  writeFileSync(
    join(folder, "Pulumi.dev.yaml"),
    `config:\n  centre:name: ${"x".repeat(process.platform === "win32" ? 40_000 : 2 ** 22)}\n`,
  );
  await expect(program("")).rejects.toMatchObject({
    message: expect.stringContaining('The configuration of stack "dev" is too large') as unknown as string,
    fix: expect.stringContaining("flex-messaging:routingFile") as unknown as string,
  });
});
