import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "@jest/globals";

import { generateSdk } from "./generate.ts";
import { registryText } from "./registry.ts";

const committed = fileURLToPath(new URL("../../sdks/twilio", import.meta.url));
const generated = mkdtempSync(join(tmpdir(), "twilio-sdk-test-"));
afterAll(() => rmSync(generated, { recursive: true, force: true }));

/** The files of a folder by their path in it, without what is compiled or installed. */
function filesIn(folder: string): { [path: string]: string } {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const paths = files.map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
  const sources = paths.filter((path) => !/^(bin|node_modules)\//.test(path));
  return Object.fromEntries(sources.map((path) => [path, readFileSync(join(folder, path), "utf8")]));
}

test("the committed SDK is what the schema generates now (else run npm run sdk)", async () => {
  await generateSdk(generated);
  const [now, then] = [filesIn(generated), filesIn(committed)];
  expect(Object.keys(then).sort()).toEqual(Object.keys(now).sort());
  expect(Object.keys(now).filter((path) => now[path] !== then[path])).toEqual([]);
});

test("every declared resource is registered (else run npm run sdk)", () => {
  const folder = fileURLToPath(new URL("../resources", import.meta.url));
  expect(readFileSync(join(folder, "index.ts"), "utf8")).toBe(registryText(folder));
});
