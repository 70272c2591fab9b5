import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { Project } from "../../bench/faults/project.ts";
import { flexStack } from "../support/commandLine.ts";

// Settings that nobody should write, as the real command meets them: each is one true sentence, once, before the engine
// runs. tests/stack/credentials.test.ts has what the provider finds.

let project: Project;
beforeAll(() => {
  project = new Project(4100, true);
});
afterAll(() => project.remove());

const endpoint = (value: string) => (text: string) =>
  text.replace(/twilio:endpoint: .*/, `twilio:endpoint: ${value}`);
const address = (value: string) => `twilio:endpoint of stack "dev" is not an address: "${value}".`;

test.each<[string, (text: string) => string, string]>([
  ["port 0", endpoint("http://127.0.0.1:0"), address("http://127.0.0.1:0")],
  ["port 1", endpoint("http://127.0.0.1:1"), "Port 1 is no port for HTTP: it belongs to another protocol"],
  ["port 70000", endpoint("http://127.0.0.1:70000"), address("http://127.0.0.1:70000")],
  ["no host", endpoint("http://"), address("http://")],
  ["a host that is none", endpoint("http://no such host:4100"), address("http://no such host:4100")],
  ["an address that is none", endpoint("http://999.1.1.1:4100"), address("http://999.1.1.1:4100")],
  ["a number", endpoint("4100"), address("4100")],
  ["1e308", endpoint("1e308"), address("1e+308")],
  ["a password", endpoint("http://u:hush@127.0.0.1:4100"), address("http://u:[secret]@127.0.0.1:4100")],
  [
    "a date",
    endpoint("2026-01-01"),
    "Pulumi.dev.yaml: twilio:endpoint is a date, as YAML reads it without quotes.",
  ],
  [
    "a date elsewhere",
    (text) => text.replace("config:", "config:\n  flex-messaging:edited: 2026-01-01"),
    "Pulumi.dev.yaml: flex-messaging:edited is a date, as YAML reads it without quotes.",
  ],
  ["an empty config", () => "config:\n", "Pulumi.dev.yaml: config is empty."],
  ["an empty file", () => "", "Pulumi.dev.yaml can't be read."],
])("%s", async (_, change, sentence) => {
  project.configure(change);
  for (const command of ["up", "destroy"]) {
    const { code, out, err } = await flexStack(command, "--cwd", project.folder);
    expect([code, out]).toEqual([2, ""]);
    expect(err.split(sentence)).toHaveLength(2);
    expect(err.match(/^error: /gm)).toHaveLength(1);
  }
});

test.each([
  [["--port", "1"], /^error: Port 1 is no port for HTTP/],
  [
    ["--host", "999.1.1.1"],
    /^error: --host "999\.1\.1\.1" is neither a name nor an address of this machine\./,
  ],
])("emulator %j", async (words, sentence) => {
  const { code, err } = await flexStack("emulator", ...words, "--cwd", project.folder);
  expect(code).toBe(2);
  expect(err).toMatch(sentence);
});
