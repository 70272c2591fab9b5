import { expect, test } from "@jest/globals";
import { consoleUrls } from "./console-urls.ts";

const sid = `WS${"0".repeat(32)}`;

test.each([
  [undefined, `https://www.twilio.com/console/taskrouter/workspaces/${sid}`],
  ["https://twilio.example.com", `https://www.twilio.com/console/taskrouter/workspaces/${sid}`],
  ["http://127.0.0.1:4100", `http://127.0.0.1:4100/#/account/${sid}`],
  ["http://[::1]:4100/", `http://[::1]:4100/#/account/${sid}`],
])("at %s", (endpoint, url) => {
  expect(consoleUrls(endpoint).workspace(sid)).toBe(url);
});
