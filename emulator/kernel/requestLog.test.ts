import { expect, test } from "@jest/globals";
import { type RequestFilter, RequestLog } from "./requestLog.ts";

const request = (path: string, operation: string | null = "FetchThing") => ({
  time: "2024-01-01T00:00:00.000Z",
  method: "GET",
  host: "taskrouter.twilio.com",
  path,
  query: "",
  operation,
  status: operation === null ? 404 : 200,
});

test("counts everything and remembers the last requests in order", () => {
  const log = new RequestLog({ size: 3 });
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
  const log = new RequestLog({ size: 3 });
  log.add(request("/1"));
  log.clear();
  expect(log.report()).toEqual({ total: 0, counts: {}, requests: [] });
  log.add(request("/2"));
  expect(log.report().requests.map(({ id, path }) => [id, path])).toEqual([[2, "/2"]]);
});

test("finds the requests that are wanted, the last ones", () => {
  const log = new RequestLog();
  const sent = [
    { ...request("/v1/Workspaces"), method: "GET", status: 200 },
    { ...request("/v1/Workspaces/WS1"), method: "POST", status: 201, operation: "CreateTaskQueue" },
    { ...request("/v2/Services"), host: "chat.twilio.com", status: 404, operation: "FetchService" },
    { ...request("/nothing", null), status: 404 },
    { ...request("/dropped"), status: 0 },
  ];
  for (const each of sent) log.add(each);
  const ids = (filter: RequestFilter, limit = 10) => log.report(limit, filter).requests.map(({ id }) => id);
  expect(ids({})).toEqual([1, 2, 3, 4, 5]);
  expect(ids({}, 2)).toEqual([4, 5]);
  expect(ids({ method: "POST" })).toEqual([2]);
  expect(ids({ host: "CHAT" })).toEqual([3]);
  expect(ids({ path: "workspaces" })).toEqual([1, 2]);
  expect(ids({ status: 4 })).toEqual([3, 4]);
  expect(ids({ status: 404, operation: "fetch" })).toEqual([3]);
  expect(ids({ status: 0 })).toEqual([5]);
  expect(ids({ operation: "queue" })).toEqual([2]);
  expect(ids({ before: 3 }, 1)).toEqual([2]);
});

const bodies = (text: string, answer = "") => ({ contentType: "text/plain", request: text, answer });

test("keeps bodies up to a length, and of all together the last ones", () => {
  const log = new RequestLog({ size: 4, longestBody: 5, allBodies: 12 });
  log.add(request("/1"), bodies("123456", "ab"));
  expect(log.one(1)?.bodies).toEqual({
    contentType: "text/plain",
    request: "12345",
    answer: "ab",
    requestLength: 6,
    answerLength: 2,
  });
  log.add(request("/2"), bodies("12345"));
  const kept = () => [1, 2, 3, 4, 5, 6].map((id) => log.one(id)?.bodies?.request);
  expect(kept()).toEqual(["12345", "12345", ...Array<undefined>(4)]);
  log.add(request("/3"), bodies("1"));
  expect(kept()).toEqual([undefined, "12345", "1", ...Array<undefined>(3)]);
  log.add(request("/4"), bodies("12345", "12345"));
  expect(kept()).toEqual([undefined, undefined, "1", "12345", undefined, undefined]);
  for (const path of ["/5", "/6"]) log.add(request(path), bodies("1"));
  expect(kept()).toEqual([undefined, undefined, undefined, "12345", "1", "1"]);
  expect(log.one(1)).toBeUndefined();
});

test("finds what touched a text in paths, queries and bodies", () => {
  const log = new RequestLog();
  log.add(request("/a/SID1"));
  log.add({ ...request("/b"), query: "x=SID1" });
  log.add(request("/c"), bodies("a=SID1"));
  log.add(request("/d"), bodies("", '{"sid":"SID1"}'));
  log.add(request("/e"), bodies("", '{"sid":"SID2"}'));
  const paths = (limit: number) => log.touching("SID1", limit).map(({ path }) => path);
  expect(paths(10)).toEqual(["/a/SID1", "/b", "/c", "/d"]);
  expect(paths(2)).toEqual(["/c", "/d"]);
});
