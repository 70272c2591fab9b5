import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { account, accountSid } from "./account.fixture.ts";
import { adoptionOf } from "./adoption.ts";
import { filesOf, writeFiles } from "./files.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "adopt-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const file = (path: string, text: string) => ({ path, text, replaces: [] });
const read = (path: string) => readFileSync(join(folder, path), "utf8");
const filesFor = (parts = {}) =>
  filesOf(
    adoptionOf(account(parts), {
      stack: "prod",
      accountSid,
      endpoint: undefined,
      protect: true,
      readsConfiguration: true,
      definitionFile: "adopted/prod/messaging-flow.json",
    }),
    {
      stack: "prod",
      accountSid,
      endpoint: undefined,
      folder,
      stackFile: "Pulumi.prod.yaml",
      project: folder,
      provider: "./provider",
    },
  );

test("all files are written, or none", () => {
  writeFiles(folder, [file("a/b.txt", "1"), file("c.txt", "2")]);
  expect([read("a/b.txt"), read("c.txt")]).toEqual(["1", "2"]);
  // A folder stands where a file should go.
  writeFileSync(join(folder, "d"), "");
  expect(() => writeFiles(folder, [file("c.txt", "3"), file("d/e.txt", "4")])).toThrow();
  expect(read("c.txt")).toBe("2");
  expect(readdirSync(folder, { recursive: true }).sort()).toEqual(["a", "a/b.txt", "c.txt", "d"]);
});

test("what is there as it would be written is left out, what differs is named", () => {
  const files = filesFor();
  expect(files.map(({ path, replaces }) => [path, replaces])).toEqual([
    ["Pulumi.prod.yaml", []],
    ["adopted/prod/messaging-flow.json", []],
  ]);
  writeFiles(folder, files);
  expect(filesFor()).toEqual([]);

  writeFileSync(join(folder, "adopted/prod/messaging-flow.json"), "{}\n");
  const stackFile = read("Pulumi.prod.yaml").replace("uniqueName: Flex", "uniqueName: Other");
  writeFileSync(join(folder, "Pulumi.prod.yaml"), stackFile);
  expect(filesFor().flatMap(({ replaces }) => replaces)).toEqual([
    "flex-messaging:proxy in Pulumi.prod.yaml",
    "adopted/prod/messaging-flow.json",
  ]);
});

test("a new stack file names the account, and nothing secret", () => {
  const [{ text, own } = { text: "", own: "" }] = filesFor();
  expect(text.split("\n").slice(0, 3)).toEqual([
    "config:",
    `  twilio:accountSid: ${accountSid}`,
    "  flex-messaging:protect: true",
  ]);
  expect(own).not.toContain("twilio:");
});

test("a project of its own lies where Pulumi finds the provider", () => {
  mkdirSync(join(folder, "adopted"));
  const files = filesFor({ chat: undefined });
  expect(files.map(({ path }) => path)).toEqual([
    "adopted/prod/main.ts",
    "adopted/prod/Pulumi.yaml",
    "adopted/prod/Pulumi.prod.yaml",
  ]);
  expect(files[1]?.text).toContain("packages:\n  twilio: ../../provider\n");
});
