import { afterEach, beforeEach, expect, jest, test } from "@jest/globals";
import { Feed, type FeedEvent } from "./feed.ts";

const options = { now: () => 0, window: 10, kept: 3, most: 4, linger: 1000 };
let feed: Feed;
beforeEach(() => {
  jest.useFakeTimers();
  feed = new Feed(options);
});
afterEach(() => {
  feed.close();
  jest.useRealTimers();
});

type Told = readonly [sid: string, what: FeedEvent["what"]];
const event = (sid: string, what: FeedEvent["what"] = "updated"): Told => [sid, what];

/** Somebody who listens: what they heard, as `sid what`, one text per message. */
function listener(since?: string) {
  const heard: string[] = [];
  let last = "";
  const { isComplete, stop } = feed.listen(({ id, text }) => {
    last = id;
    const { events, many } = JSON.parse(text) as { events?: FeedEvent[]; many?: string[] };
    heard.push(
      events === undefined
        ? `many ${many?.join()}`
        : events.map(({ sid, what }) => `${sid} ${what}`).join(", "),
    );
  }, since);
  const start = feed.id;
  return { heard, isComplete, stop, last: () => (last === "" ? start : last) };
}

function tell(...events: Told[]): void {
  for (const [sid, what] of events) feed.tellOf("test.Thing", sid, what);
  jest.advanceTimersByTime(10);
}

test("what is written within the window is told together, each thing once", () => {
  const { heard } = listener();
  tell(event("A", "created"), event("B"), event("A"), event("B", "deleted"));
  tell(event("C"));
  expect(heard).toEqual(["A created, B deleted", "C updated"]);
});

test("of very much only the kinds are told", () => {
  const { heard } = listener();
  tell(...["A", "B", "C", "D", "E"].map((sid) => event(sid)));
  expect(heard).toEqual(["many test.Thing"]);
});

test("who comes back is told what they missed, and nothing twice", () => {
  const first = listener();
  tell(event("A"));
  first.stop();
  tell(event("B"));
  feed.tellOf("test.Thing", "C");
  const again = listener(first.last());
  tell(event("D"));
  expect(first.heard).toEqual(["A updated"]);
  expect([again.isComplete, again.heard]).toEqual([true, ["B updated", "C updated", "D updated"]]);
});

test.each<[string, (id: string) => string]>([
  ["missed more than is kept", (id) => id],
  ["comes from another process's stream", (id) => id.replace(/^\w+/, "00000000")],
  ["names no id", () => "x"],
])("who %s must look anew", (_why, idOf) => {
  const first = listener();
  tell(event("A"));
  first.stop();
  for (const sid of ["B", "C", "D", "E"]) tell(event(sid));
  const again = listener(idOf(first.last()));
  expect([again.isComplete, again.heard]).toEqual([false, []]);
});

test("who comes back after nobody listened for long must look anew", () => {
  const first = listener();
  tell(event("A"));
  first.stop();
  jest.advanceTimersByTime(1000);
  expect(listener(first.last()).isComplete).toBe(false);
});

test("who comes for the first time has nothing to catch up with", () => {
  const { isComplete, heard } = listener();
  expect([isComplete, heard]).toEqual([true, []]);
});
