import {
  chmodSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { Failure } from "../failure/failure.ts";
import { applyEdits, configOf, readConfigFiles, settingsOf, writeConfigFile } from "./config-files.ts";

let folder: string;
const own = () => join(folder, "Pulumi.dev.yaml");
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "config-files-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const queues = "queues:\n  # sells\n  sales: {friendlyName: Sales}\n";
const edits = [
  { path: ["routing", "queues", "sales", "friendlyName"], value: "Shop" },
  { path: ["routing", "queues", "rest"], value: { friendlyName: "Rest" } },
];

function write(text: string, file = "routing.yaml"): void {
  writeFileSync(own(), `config:\n  twilio:region: ie1\n  flex-messaging:chat: {}\n${text}`);
  writeFileSync(join(folder, file), queues);
}

test("what the file that routingFile names holds is edited there, comments and style kept", () => {
  write("  flex-messaging:routingFile: routing.yaml\n");
  const before = readFileSync(own(), "utf8");
  const files = readConfigFiles(own());
  expect(settingsOf(files)).toEqual({ chat: {}, routing: { queues: { sales: { friendlyName: "Sales" } } } });
  const changed = applyEdits(files, edits);
  expect(changed.map(({ name }) => name)).toEqual(["routing.yaml"]);
  changed.forEach(writeConfigFile);
  expect(readFileSync(join(folder, "routing.yaml"), "utf8")).toBe(
    "queues:\n  # sells\n  sales: {friendlyName: Shop}\n  rest: {friendlyName: Rest}\n",
  );
  expect(readFileSync(own(), "utf8")).toBe(before);
  expect(configOf(files)).toMatchObject({
    "twilio:region": "ie1",
    "flex-messaging:routing": { queues: { rest: { friendlyName: "Rest" } } },
  });
});

test("without it, all of it stands in the stack's own file", () => {
  write(`  flex-messaging:routing:\n    ${queues.replaceAll("\n", "\n    ").trimEnd()}\n`);
  const files = readConfigFiles(own());
  const changed = applyEdits(files, [
    ...edits,
    { path: ["chat", "postWebhookUrl"], value: "https://a.example" },
  ]);
  expect(changed.map(({ name }) => name)).toEqual(["Pulumi.dev.yaml"]);
  changed.forEach(writeConfigFile);
  expect(readFileSync(own(), "utf8")).toContain("sales: {friendlyName: Shop}");
});

test.each([
  ["none.yaml", /^ENOENT/],
  ["broken.yaml", /./],
])("one that can't be read is told: %s", (name, why) => {
  write(`  flex-messaging:routingFile: ${name}\n`);
  writeFileSync(join(folder, "broken.yaml"), "a: [");
  const refused = () => readConfigFiles(own());
  expect(refused).toThrow(Failure);
  expect(refused).toThrow(
    `${name}, which flex-messaging:routingFile of Pulumi.dev.yaml names, can't be read.`,
  );
  try {
    refused();
  } catch (error) {
    expect((error as Failure).why).toMatch(why);
  }
});

test("what was changed since it was read is not written over", () => {
  write("");
  const files = readConfigFiles(own());
  const [changed] = applyEdits(files, [{ path: ["chat", "postWebhookUrl"], value: "https://a.example" }]);
  const meanwhile = `${readFileSync(own(), "utf8")}  # a colleague's\n`;
  writeFileSync(own(), meanwhile);
  expect(() => changed && writeConfigFile(changed)).toThrow("was not written: it was changed meanwhile");
  expect(readFileSync(own(), "utf8")).toBe(meanwhile);
  expect(readdirSync(folder).sort()).toEqual(["Pulumi.dev.yaml", "routing.yaml"]);
});

test("a link stays one, and the file's mode as it was", () => {
  write("");
  renameSync(own(), join(folder, "shared.yaml"));
  symlinkSync("shared.yaml", own());
  chmodSync(own(), 0o640);
  const files = readConfigFiles(own());
  applyEdits(files, [{ path: ["kind"], value: "flex" }]).forEach(writeConfigFile);
  expect(lstatSync(own()).isSymbolicLink()).toBe(true);
  expect([statSync(own()).mode & 0o777, readFileSync(own(), "utf8")]).toEqual([
    0o640,
    "config:\n  twilio:region: ie1\n  flex-messaging:chat: {}\n  flex-messaging:kind: flex\n",
  ]);
});

test("one that can't be written is told as such", () => {
  write("");
  const files = readConfigFiles(own());
  const [changed] = applyEdits(files, [{ path: ["kind"], value: "flex" }]);
  rmSync(own());
  try {
    if (changed) writeConfigFile(changed);
    throw new Error("It was written");
  } catch (error) {
    expect(error).toBeInstanceOf(Failure);
    const { what, why } = error as Failure;
    expect([what, why]).toEqual(["Pulumi.dev.yaml can't be written.", expect.stringMatching(/^ENOENT/)]);
  }
});
