import { describe, expect, test } from "@jest/globals";
import { isConfigError } from "./config-error-text.ts";
import { ConfigError, nearest, suggest } from "./problem.ts";

describe("nearest", () => {
  test.each([
    ["biling", ["billing", "support"], "billing"],
    ["Billing", ["billing", "support"], "billing"],
    ["maxReservedWorker", ["maxReservedWorkers", "friendlyName"], "maxReservedWorkers"],
    ["returns", ["billing", "support"], undefined],
    ["anything", [], undefined],
    ["closedTimer", ["defaultInactiveTimer", "defaultClosedTimer"], "defaultClosedTimer"],
    ["timer", ["defaultInactiveTimer", "defaultClosedTimer"], undefined],
    ["name", ["friendlyName"], undefined],
  ])("%s among %j is %s", (word, candidates, expected) => {
    expect(nearest(word, candidates)).toBe(expected);
  });
});

test("a suggestion names what is known", () => {
  expect(suggest("biling", ["billing", "support"])).toBe("did you mean billing? (known: billing, support)");
  expect(suggest("xyz", ["billing", "support"])).toBe("use one that is known (known: billing, support)");
  expect(suggest("xyz", [])).toBe("there is none to choose from; declare it first");
});

test("an error lists every problem with key, problem and fix", () => {
  const error = new ConfigError("prod", [
    { key: "flex-messaging:a", problem: "is 1", fix: "set 2" },
    { key: "flex-messaging:b", problem: "is missing", fix: "set it" },
  ]);
  expect(error.message).toBe(
    "2 problems in the configuration of stack prod (Pulumi.prod.yaml):\n" +
      "  - flex-messaging:a is 1; set 2.\n" +
      "  - flex-messaging:b is missing; set it.",
  );
  expect(isConfigError(error.message)).toBe(true);
  expect(isConfigError(`Unexpected end of 1 problem in the configuration of stack prod`)).toBe(false);
});
