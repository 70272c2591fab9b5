import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { startEmulator } from "../../emulator/index.ts";
import { parityFile } from "./generate-parity.ts";
import { behaviour, parityText } from "./parity.ts";

const local = (method: string, template: string, isImplemented = true) => ({
  host: "taskrouter.twilio.com",
  method,
  template,
  isImplemented,
});

test("docs/parity.md is what the local Twilio has; run `npm run parity` when it is not", async () => {
  const emulator = await startEmulator({ file: ":memory:", port: 0, seed: "empty" });
  try {
    expect(readFileSync(parityFile, "utf8")).toBe(await parityText(emulator.operations));
  } finally {
    await emulator.close();
  }
});

test("nothing is left out without a reason", () => {
  expect(readFileSync(parityFile, "utf8")).not.toContain("paths that answer 501</summary>");
});

test("an implemented operation is named, another answers 501, an undocumented method stays empty", async () => {
  const text = await parityText([local("GET", "/v1/Workspaces"), local("POST", "/v1/Workspaces", false)]);
  expect(text).toMatch(/^\| `\/v1\/Workspaces` +\| ListWorkspace +\| 501 +\| +\|$/m);
  expect(text).toMatch(/^\| TaskRouter +\| taskrouter\.twilio\.com +\| +61 \| +1 \| +0 \| +60 \|$/m);
  expect(text).toMatch(/^\| All +\| +\| +593 \| +1 \| +0 \| +592 \|$/m);
  expect(text).toContain("- `/v1/Workspaces/{Sid}`: FetchWorkspace, UpdateWorkspace, DeleteWorkspace\n");
});

test("hosts and versions that the local Twilio does not have are counted", () => {
  const page = readFileSync(parityFile, "utf8");
  expect(page).toMatch(/^\| studio\.twilio\.com +\| `\/v1` +\| +20 \|$/m);
  expect(page).toMatch(/^\| serverless\.twilio\.com +\| `\/v1` +\| +39 \|$/m);
});

test("an operation with behaviour stands out, and is counted, where the local Twilio has it", async () => {
  const tasks = "/v1/Workspaces/{WorkspaceSid}/Tasks";
  const text = await parityText([local("GET", tasks), local("POST", tasks)]);
  expect(text).toMatch(/Tasks` +\| ListTask +\| \*\*CreateTask\*\* +\|/);
  expect(text).toMatch(/^\| TaskRouter +\| taskrouter\.twilio\.com +\| +61 \| +2 \| +1 \| +59 \|$/m);
  // None is named that the local Twilio answers with 501.
  const page = readFileSync(parityFile, "utf8");
  for (const id of Object.values(behaviour).flatMap((all) => all.flatMap(({ ids }) => ids)))
    expect(page).toMatch(new RegExp(`^\\| .*\\*\\*${id}\\*\\*`, "m"));
});

test("an operation that Twilio does not document is refused", async () => {
  await expect(parityText([local("PUT", "/v1/Workspaces")])).rejects.toThrow(
    "Twilio documents no PUT taskrouter.twilio.com/v1/Workspaces.",
  );
});
