import { describe, expect, test } from "@jest/globals";
import { parseExpression } from "./parser.ts";
import { attributesRead } from "./references.ts";
import { misplacedReferences, taskrouterClock, type ExpressionScope } from "./scope.ts";
import { targetedRouting } from "./targeting.ts";

test.each([
  ["2024-01-07T00:05:00Z", { currentTime: 5, currentHour: 0, currentMin: 5, dayOfWeek: "Sun" }],
  ["2024-01-08T09:30:59Z", { currentTime: 930, currentHour: 9, currentMin: 30, dayOfWeek: "Mon" }],
  ["2024-01-13T23:59:00+01:00", { currentTime: 2259, currentHour: 22, currentMin: 59, dayOfWeek: "Sat" }],
])("the clock at %s", (instant, clock) => {
  expect(taskrouterClock(new Date(instant))).toEqual(clock);
});

describe("misplaced references", () => {
  const cases: readonly (readonly [ExpressionScope, string, string[]])[] = [
    ["queue", "routing.skills HAS 'x' AND level > 1", []],
    ["queue", "worker.skills HAS 'x'", ["worker.skills"]],
    ["queue", "task.a == b OR taskrouter.currentHour > 8", ["task.a", "taskrouter.currentHour"]],
    ["filter", "channelType == 'sms' AND taskrouter.currentHour > 8", []],
    ["filter", "task.channelType == 'sms' OR worker.sid == 'x'", ["task.channelType", "worker.sid"]],
    ["filter", "worker != null AND task == 'call'", []],
    ["queue", "task == 'call' AND worker == 1", []],
    ["target", "task.a == worker.b AND taskrouter.currentTime > 0800", []],
    ["target", "isSurvey == true AND workers.available == 0", ["isSurvey", "workers.available"]],
    ["skip_if", "workers.available == 0 AND task.vip != true", []],
    ["skip_if", "worker.sid == 'x'", ["worker.sid"]],
  ];
  test.each(cases)("%s: %s", (scope, source, paths) => {
    const found = misplacedReferences(parseExpression(source), scope);
    expect(found.map(({ reference }) => source.slice(reference.start, reference.end))).toEqual(paths);
  });
});

test("the attributes an expression reads, each once", () => {
  expect(attributesRead(parseExpression("a.b[0] == 1 OR (c IN a.d AND a.b[0] > c)"))).toEqual([
    "a.b[0]",
    "c",
    "a.d",
  ]);
});

describe("targeted routing", () => {
  test.each([
    ["task.targetWorker == worker.contact_uri", "targetWorker", "contact_uri"],
    ["worker.sid = task.agent.sid", "agent.sid", "sid"],
    ["task.a == 1 AND task.to == worker.friendly_name", "to", "friendly_name"],
  ])("%s", (source, taskAttribute, workerAttribute) => {
    expect(targetedRouting(parseExpression(source))).toEqual({ taskAttribute, workerAttribute });
  });

  test.each([
    ["task.targetWorker != worker.contact_uri"],
    ["task.language == worker.language"],
    ["task.targetWorker == worker.contact_uri OR 1 == 1"],
    ["worker.contact_uri == 'client:ann'"],
    ["worker.contact_uri == worker.sid"],
  ])("not %s", (source) => {
    expect(targetedRouting(parseExpression(source))).toBeUndefined();
  });
});
