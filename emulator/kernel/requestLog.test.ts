import { expect, test } from "@jest/globals";
import { RequestLog } from "./requestLog.ts";

const request = (path: string, operation: string | null = "FetchThing") => ({
  time: "2024-01-01T00:00:00.000Z",
  method: "GET",
  host: "taskrouter.twilio.com",
  path,
  operation,
  status: operation === null ? 404 : 200,
});

test("counts everything and remembers the last requests in order", () => {
  const log = new RequestLog(3);
  for (const path of ["/1", "/2", "/3", "/4"]) log.add(request(path));
  log.add(request("/5", null));
  const { total, counts, requests } = log.report();
  expect(total).toBe(5);
  expect(counts).toEqual({ "FetchThing 200": 4, "unknown 404": 1 });
  expect(requests.map(({ path }) => path)).toEqual(["/3", "/4", "/5"]);
  expect(log.report(2).requests.map(({ path }) => path)).toEqual(["/4", "/5"]);
  expect(log.report(0).requests).toEqual([]);
});

test("starts anew when cleared", () => {
  const log = new RequestLog(3);
  log.add(request("/1"));
  log.clear();
  expect(log.report()).toEqual({ total: 0, counts: {}, requests: [] });
  log.add(request("/2"));
  expect(log.report().requests.map(({ path }) => path)).toEqual(["/2"]);
});
