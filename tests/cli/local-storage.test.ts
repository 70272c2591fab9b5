import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { freePort } from "../support/freePort.ts";
import { ScriptedProject } from "./scripted-project.ts";

// A command that runs the local Twilio itself, whose database is damaged meanwhile.

let project: ScriptedProject;
beforeAll(async () => {
  const port = await freePort();
  project = new ScriptedProject(`http://127.0.0.1:${port}`);
  project.write(
    "Pulumi.dev.yaml",
    `config:\n  twilio:endpoint: http://127.0.0.1:${port}\n  twilio:accountSid: AC10ca1000000000000000000000000000\n  twilio:authToken: local-twilio\n`,
  );
});
afterAll(() => project.remove());

test("it is told once, by the request that met it", async () => {
  project.answers({});
  const healthy = await project.run("diagnose", "--health");
  expect([healthy.code, healthy.stderr]).toEqual([19, ""]);
  const database = new DatabaseSync(join(project.folder, ".local", "twilio.db"));
  const { changes } = database.prepare("update documents set fields = '{' where kind like '%Workflow'").run();
  database.close();
  expect(changes).toBeGreaterThan(0);
  const { code, stdout, stderr } = await project.run("route", "--live", "--task", "{}");
  expect((stdout + stderr).match(/twilio\.db is damaged/g)).toHaveLength(1);
  expect(code).toBe(1);
  // Requests beside the one that failed are given up; they were sent again for three minutes.
}, 60_000);
