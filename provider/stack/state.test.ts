import { describe, expect, test } from "@jest/globals";

import { entriesOf } from "./state.ts";

const provider = "urn:pulumi:dev::shop::pulumi:providers:twilio::default";
const queue = "twilio:taskrouter:TaskQueue";
const urn = `urn:pulumi:dev::shop::${queue}::billing`;
const exported = (...resources: object[]) => JSON.stringify({ version: 3, deployment: { resources } });
const entry = (fields: object) => ({ urn, type: queue, custom: true, id: "WS1/WQ1", ...fields });
const secret = {
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  ciphertext: "v1:abc",
};

describe("what a state says of objects", () => {
  test("is who they are, without what is encrypted", () => {
    const text = exported(
      {
        urn: provider,
        type: "pulumi:providers:twilio",
        custom: true,
        id: "p1",
        inputs: { accountSid: "AC1", authToken: secret },
      },
      entry({
        provider: `${provider}::p1`,
        inputs: { friendlyName: secret, workspaceSid: "WS1", list: [secret, 1] },
        outputs: { adopted: false, __baseline: { taskOrder: "LIFO", targetWorkers: secret } },
      }),
    );
    expect(entriesOf(text, { stack: "dev", project: "shop" }).filter(({ type }) => type === queue)).toEqual([
      {
        urn,
        type: queue,
        id: "WS1/WQ1",
        inputs: { workspaceSid: "WS1" },
        state: { adopted: false, __baseline: { taskOrder: "LIFO" } },
        provider: { accountSid: "AC1" },
      },
    ]);
  });

  test.each([
    ["a component", { custom: false }],
    ["one that is only looked at", { external: true }],
    ["one that was deleted for a replacement still to come", { pendingReplacement: true }],
    ["one that has no id yet", { id: "" }],
  ])("is nothing of %s", (_, fields) => {
    expect(entriesOf(exported(entry(fields)))).toEqual([]);
  });

  test("counts both halves of a replacement", () => {
    expect(entriesOf(exported(entry({}), entry({ delete: true })))).toHaveLength(2);
  });

  test.each(['{"version":3,"deployment":{}}', '{"deployment":null}', "{}"])("is nothing in %s", (text) => {
    expect(entriesOf(text, { stack: "dev", project: "shop" })).toEqual([]);
  });

  test.each([
    ["stack", { stack: "prod", project: "shop" }],
    ["project", { stack: "dev", project: "store" }],
  ])("is not taken from another %s", (_, expected) => {
    expect(() => entriesOf(exported(entry({})), expected)).toThrow(
      `it has ${urn}, which is of another stack`,
    );
  });
});
