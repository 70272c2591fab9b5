import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { stackValues } from "./stack-values.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "stack-values-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (project: string, stack: string): void => {
  writeFileSync(join(folder, "Pulumi.yaml"), project);
  writeFileSync(join(folder, "Pulumi.dev.yaml"), stack);
};

test("values are as Pulumi hands them over, secrets left out", () => {
  write(
    `name: centre
main: src/main.ts
config:
  centre:plain: {default: 5}
  centre:declared: {type: string}
  centre:both: {value: project}
`,
    `config:
  centre:both: stack
  short: true
  centre:map: {a: [1, {b: x}]}
  twilio:authToken: {secure: v1:abc}
  centre:mixed: {url: https://example.com, token: {secure: v1:def}}
  centre:nothing:
`,
  );
  expect(stackValues(folder, "dev")).toEqual({
    project: "centre",
    stack: "dev",
    main: join(folder, "src/main.ts"),
    config: {
      "centre:plain": "5",
      "centre:both": "stack",
      "centre:short": "true",
      "centre:map": '{"a":[1,{"b":"x"}]}',
      "twilio:authToken": "[secret]",
      "centre:mixed": '{"url":"https://example.com","token":"[secret]"}',
    },
    secretKeys: ["twilio:authToken", "centre:mixed"],
  });
});

test("a stack of an organization has the file of its own name", () => {
  write("name: centre\n", "config: {}\n");
  expect(stackValues(folder, "acme/centre/dev")).toMatchObject({ stack: "acme/centre/dev", config: {} });
});

test.each([
  ["a stack that is not there", "name: centre\n", undefined, /There is no Pulumi\.dev\.yaml in/],
  ["a project without a name", "runtime: nodejs\n", "config: {}\n", /Pulumi\.yaml has no name/],
  ["text that is no YAML", "name: centre\n", "config: [\n", /Pulumi\.dev\.yaml can't be read: .* \(2:1\)/],
])("%s is told", (_, project, stack, message) => {
  write(project, stack ?? "");
  if (stack === undefined) rmSync(join(folder, "Pulumi.dev.yaml"));
  expect(() => stackValues(folder, "dev")).toThrow(message);
});

test("text that is no YAML is not repeated", () => {
  write("name: centre\n", "config:\n  twilio:authToken: [hush\n");
  expect(() => stackValues(folder, "dev")).toThrow(expect.not.objectContaining({ message: /hush/ }));
});
