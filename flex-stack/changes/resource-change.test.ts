import { describe, expect, test } from "@jest/globals";
import type { OpType, StepEventMetadata, StepEventStateMetadata } from "@pulumi/pulumi/automation/index.js";
import { state, step } from "./engine-events.fixture.ts";
import { propertyChanges, resourceChange } from "./resource-change.ts";

const type = "twilio:taskrouter:Workflow";
const secret = {
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  ciphertext: "[secret]",
};

type Details = NonNullable<StepEventMetadata["detailedDiff"]>;
const detail = (entries: Record<string, { diffKind: string; inputDiff: boolean }>) => entries as Details;

describe("what changes in a resource", () => {
  const before = state(type, "inbound", {
    inputs: {
      friendlyName: "Inbound",
      taskReservationTimeout: 120,
      configuration: '{"a":{"b":1}}',
      token: secret,
    },
    outputs: { friendlyName: "Changed by hand", taskReservationTimeout: 120 },
  });
  const after = state(type, "inbound", {
    inputs: {
      friendlyName: "Inbound",
      taskReservationTimeout: 60,
      configuration: '{ "a": { "b": 2 } }',
      token: secret,
    },
  });

  test.each<[string, Partial<StepEventMetadata>, unknown]>([
    [
      "is compared by inputs where the provider says so",
      { detailedDiff: detail({ taskReservationTimeout: { diffKind: "update", inputDiff: true } }) },
      [{ path: "taskReservationTimeout", kind: "update", before: 120, after: 60, replaces: false }],
    ],
    [
      "is compared with what Twilio answered elsewhere",
      { detailedDiff: detail({ friendlyName: { diffKind: "update", inputDiff: false } }) },
      [
        {
          path: "friendlyName",
          kind: "update",
          before: "Changed by hand",
          after: "Inbound",
          replaces: false,
        },
      ],
    ],
    [
      "is told by its leaves",
      { detailedDiff: detail({ configuration: { diffKind: "update", inputDiff: false } }) },
      [{ path: "configuration.a.b", kind: "update", before: 1, after: 2, replaces: false }],
    ],
    [
      "is told for secrets, which look alike",
      { detailedDiff: detail({ token: { diffKind: "update", inputDiff: true } }) },
      [{ path: "token", kind: "update", before: secret, after: secret, replaces: false }],
    ],
    [
      "falls back to the names of properties",
      { detailedDiff: undefined, diffs: ["taskReservationTimeout"], keys: ["taskReservationTimeout"] },
      [{ path: "taskReservationTimeout", kind: "update", before: 120, after: 60, replaces: true }],
    ],
  ])("%s", (_, fields, expected) => {
    expect(propertyChanges(step("update", type, "inbound", { old: before, new: after, ...fields }))).toEqual(
      expected,
    );
  });

  test.each([
    ["create", "create"],
    ["create-replacement", "replace"],
    ["replace", "replace"],
    ["delete-replaced", "replace"],
    ["import", "import"],
    ["read", "read"],
    ["read-discard", "forget"],
    ["refresh", undefined],
  ] as const)("the step %s is the change %s", (op, kind) => {
    expect(resourceChange(step(op as OpType, type, "inbound"), "planned")?.kind).toBe(kind);
  });

  test("a number that the account does not have is bought", () => {
    const number = "twilio:api:IncomingPhoneNumber";
    const kindOf = (outputs: Record<string, unknown>) =>
      resourceChange(step("create", number, "main", { new: state(number, "main", { outputs }) }), "planned")
        ?.kind;
    expect([kindOf({ adopted: false }), kindOf({ adopted: true })]).toEqual(["buy", "adopt"]);
  });

  test("a resource that was there already is adopted, not created", () => {
    const taken = state(type, "inbound", { id: "WS1/WW1", outputs: { adopted: true } });
    expect(resourceChange(step("create", type, "inbound", { new: taken }), "done")?.kind).toBe("adopt");
  });

  test.each<[string, string, Partial<StepEventStateMetadata>, string]>([
    ["that Pulumi retains", type, { retainOnDelete: true }, "leave"],
    ["that was adopted", type, { outputs: { adopted: true } }, "leave"],
    [
      "that was adopted, to be deleted all the same",
      type,
      { inputs: { deleteAdopted: true }, outputs: { adopted: true } },
      "delete",
    ],
    ["that Twilio can't delete", "twilio:flex:Configuration", {}, "leave"],
    ["that was created", type, { outputs: { adopted: false } }, "delete"],
  ])("the deletion of a resource %s", (_, token, fields, kind) => {
    const old = state(token, "inbound", { id: "WS1/WW1", ...fields });
    const change = resourceChange(step("delete", token, "inbound", { old, new: undefined }), "planned");
    expect(change).toMatchObject({ kind, id: "WS1/WW1", name: "inbound", remote: true });
  });
});
