import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { useCentre } from "../journey/centre.ts";
import { ScriptedProject } from "./scripted-project.ts";

// The command as a user runs it; what its page shows is tried by tests/plugin/desktop.test.ts.

const setting = useCentre();
let project: ScriptedProject;

beforeAll(async () => {
  const { url, accountSid, authToken } = setting.local.emulator;
  project = new ScriptedProject(url);
  project.write(
    "Pulumi.dev.yaml",
    `config:\n  twilio:endpoint: ${url}\n  twilio:accountSid: ${accountSid}\n  twilio:authToken: ${authToken}\n`,
  );
  project.answers({});
  await setting.centre.hire("alice");
});
afterAll(() => project.remove());

const flexUi = (...words: string[]) => project.run("flex-ui", "--no-open", "--ui", "1", ...words);

test("--help tells how customers' messages come, and what is not there", async () => {
  const { code, stdout } = await project.run("flex-ui", "--help");
  expect(code).toBe(0);
  expect(stdout).toContain("simulate sms --from +14155550170 --to +13125550163");
  expect(stdout).toContain("There are no calls, files and mail.");
});

test("its page is where neither the local Twilio nor a program that dev names listens", async () => {
  const { stdout } = await project.run("flex-ui", "--help");
  const [, port] = /--port <number>[\s\S]*?\(default:\s+(\d+)\)/.exec(stdout) ?? [];
  const dev = readFileSync(new URL("../../Pulumi.dev.yaml", import.meta.url), "utf8");
  const taken = [...dev.matchAll(/127\.0\.0\.1:(\d+)/g)].map(([, named]) => named);
  expect([...new Set(taken)]).toEqual(["4100", "4200"]);
  expect(taken).not.toContain(port);
  const page = readFileSync(new URL("../../docs/flex-ui.md", import.meta.url), "utf8");
  expect(page).toContain(`is at \`http://127.0.0.1:${port}\``);
});

test.each<[string[], number, RegExp]>([
  [
    ["--agent", "nobody"],
    1,
    /There is no worker nobody \(known: alice\)\.\n {2}fix: Name one of those with --agent\./,
  ],
  [["--port", "x"], 2, /--port must be a number up to 65535, and is "x"\./],
  [["--ui", "3"], 2, /Allowed choices are 2, 1\./],
])("%j ends with %d", async (words, expected, message) => {
  const { code, stderr } = await flexUi(...words);
  expect([code, stderr]).toEqual([expected, expect.stringMatching(message)]);
});

describe("while it runs", () => {
  test("the page's server knows who the agent is, passes requests on, and is for this machine alone", async () => {
    const { child, ended } = project.start(["flex-ui", "--no-open", "--ui", "1", "--port", "0"]);
    try {
      let output = "";
      while (!output.includes("Ctrl-C stops it.")) {
        const [text] = (await once(child.stdout ?? child, "data")) as [string];
        output += text;
      }
      const [, url = ""] = /alice's desktop: (http:\S+) \(Flex UI 1\.34\.6\)/.exec(output) ?? [];
      const session = (await (await fetch(`${url}/session`)).json()) as Record<string, unknown>;
      expect(session).toMatchObject({ identity: "alice", roles: ["agent"], plugins: true });
      const authorization = `Basic ${Buffer.from(`token:${String(session["token"])}`).toString("base64")}`;
      const passed = await fetch(`${url}/twilio/flex-api.twilio.com/v1/Configuration`, {
        headers: { authorization },
      });
      expect([passed.status, await passed.json()]).toMatchObject([
        200,
        { account_sid: session["accountSid"] },
      ]);
      expect((await fetch(`${url}/twilio/status.twilio.com/api`)).status).toBe(502);
      expect((await fetch(`${url}/elsewhere`)).status).toBe(404);
      expect(await (await fetch(`${url}/plugin.js`)).text()).toContain("FlexMessagingPlugin");
    } finally {
      child.kill("SIGINT");
    }
    expect((await ended).code).toBe(130);
  });
});
