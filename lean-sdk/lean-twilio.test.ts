import { execFileSync } from "node:child_process";
import { expect, test } from "@jest/globals";

const program = `
import { createRequire } from "node:module";
const require = createRequire(import.meta.url);
const { default: Client } = await import("twilio/lib/rest/Twilio.js");
const loaded = () => Object.keys(require.cache).some((file) => file.includes("/axios/"));
const answer = { statusCode: 200, body: { sid: "WS1", friendly_name: "Flex" } };
const client = (options) => new Client("AC00000000000000000000000000000000", "token", options);
const asked = [];
const own = client({ httpClient: { request: async ({ method, uri }) => (asked.push(method + " " + uri), answer) } });
const workspace = await own.taskrouter.v1.workspaces("WS1").fetch();
const before = loaded();
const usual = client({ timeout: 1234 }).httpClient;
console.log(JSON.stringify({
  asked, name: workspace.friendlyName, before, after: loaded(),
  own: usual.constructor === require("twilio").RequestClient, timeout: usual.defaultTimeout,
}));`;

test.each([
  ["usual", [], true],
  ["lean", [`--import=${new URL("lean-twilio.ts", import.meta.url).href}`], false],
])(
  "the %s SDK works over a transport of its caller's, and has its own where there is none",
  (_kind, lean, before) => {
    const options = ["--disable-warning=ExperimentalWarning", ...lean, "--input-type=module", "-e", program];
    const printed = execFileSync(process.execPath, options, { cwd: import.meta.dirname, encoding: "utf8" });
    expect(JSON.parse(printed)).toEqual({
      asked: ["get https://taskrouter.twilio.com/v1/Workspaces/WS1"],
      name: "Flex",
      before,
      after: true,
      own: true,
      timeout: 1234,
    });
  },
);
