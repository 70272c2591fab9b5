import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "@jest/globals";
import { useLocalTwilio } from "../../tests/support/useLocalTwilio.ts";
import { curlOf } from "./curl.ts";

const place = { origin: "http://127.0.0.1:4100", accountSid: "AC1" };
const request = {
  method: "POST",
  host: "taskrouter.twilio.com",
  path: "/v1/Workspaces",
  query: "",
  contentType: "application/x-www-form-urlencoded",
  body: "FriendlyName=It's",
};

test("is one command whose every part is quoted", () => {
  expect(curlOf(request, place)).toBe(
    "curl --silent --show-error --globoff --path-as-is --request 'POST' " +
      `--user "AC1:$TWILIO_AUTH_TOKEN" --header 'Host: taskrouter.twilio.com' ` +
      "--header 'Content-Type: application/x-www-form-urlencoded' " +
      String.raw`--data-raw 'FriendlyName=It'\''s' 'http://127.0.0.1:4100/v1/Workspaces'`,
  );
  expect(curlOf({ ...request, method: "GET", query: "PageSize=5", body: "" }, place)).toBe(
    "curl --silent --show-error --globoff --path-as-is --request 'GET' " +
      `--user "AC1:$TWILIO_AUTH_TOKEN" --header 'Host: taskrouter.twilio.com' ` +
      "'http://127.0.0.1:4100/v1/Workspaces?PageSize=5'",
  );
});

test("of a request for the head it asks for the head, and what no command holds it does not write", () => {
  expect(curlOf({ ...request, method: "HEAD" }, place)).toContain(" --head --user ");
  expect(curlOf({ ...request, body: "a\0b" }, place)).toBeUndefined();
});

const local = useLocalTwilio({ judge: false });
const workspaces = "https://taskrouter.twilio.com/v1/Workspaces";
const json = { "content-type": "application/json" };

/** The last request that is logged, as what sends it again has to be. */
async function last() {
  const { requests } = (await local.own("GET", "/requests?limit=1")).body as { requests: { id: number }[] };
  const { body } = await local.own("GET", `/requests/${requests[0]?.id}`);
  const {
    curl,
    curl_note,
    method,
    host,
    path,
    query,
    request: sent,
    content_type,
    status,
  } = body as {
    curl: string | null;
    curl_note: string | null;
    request: { text: string };
    status: number;
  } & Record<string, unknown>;
  return { curl, curl_note, request: { method, host, path, query, text: sent.text, content_type }, status };
}

test.each([
  ["a form", "POST", workspaces, { body: "FriendlyName=One&EventsFilter=" }],
  ["quotes, dollars and backticks", "POST", workspaces, { body: "FriendlyName='$(id)`id`\"\\!! ;&x=\n\t€" }],
  ["what looks like a file", "POST", workspaces, { body: "@/etc/passwd" }],
  ["what looks like an option", "POST", workspaces, { body: "--config x" }],
  ["brackets in the query", "GET", `${workspaces}?a=[1-3]&b={x,y}&c=%5B'`, {}],
  ["dots in the path", "GET", "https://taskrouter.twilio.com/v1/../v1/./Workspaces//x'$(id)", {}],
  ["a hostile host", "GET", "https://x'$(id).example/", {}],
  [
    "JSON",
    "POST",
    "https://flex-api.twilio.com/v1/Interactions",
    { headers: json, body: '{"a":"it\'s \\u0000 “€”"}' },
  ],
  ["a deletion", "DELETE", `${workspaces}/WS${"0".repeat(32)}`, {}],
])("pasted into a shell sends the same again: %s", async (_what, method, url, options) => {
  await local.send(method, url, options);
  const before = await last();
  if (before.curl === null) throw new Error("There is no command");
  expect(before.curl_note).toBeNull();
  const { PATH } = process.env;
  const env = { PATH, TWILIO_AUTH_TOKEN: local.emulator.authToken };
  await promisify(execFile)("bash", ["-c", before.curl], { env });
  const after = await last();
  expect(after.request).toEqual(before.request);
  expect(after.curl).toBe(before.curl);
  expect(after.status).not.toBe(401);
});

test("holds no credential", async () => {
  await local.send("POST", "https://chat.twilio.com/v2/Credentials", {
    form: { Type: "fcm", Secret: "very-secret", FriendlyName: "Push" },
  });
  const { curl, curl_note } = await last();
  expect(curl).toContain("--data-raw 'Type=fcm&Secret=%5Bsecret%5D&FriendlyName=Push'");
  expect(curl).not.toContain(local.emulator.authToken);
  expect(curl_note).toBe("[secret] stands where a credential was: put it in.");
});

test("does without a body that is not kept", async () => {
  await local.send("POST", workspaces, { body: "FriendlyName=" + "x".repeat(80_000) });
  expect(await last()).toMatchObject({ curl: null, curl_note: "Its body is longer than what is kept." });
  await local.send("POST", workspaces, { body: "a\0" });
  expect(await last()).toMatchObject({
    curl: null,
    curl_note: "Its body has a NUL in it, which no command line can hold.",
  });
});
