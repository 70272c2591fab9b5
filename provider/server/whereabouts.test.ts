import { describe, expect, test } from "@jest/globals";

import { compareWhereabouts, nameOf, whereaboutsOf } from "./whereabouts.ts";
import type { Comparison, Whereabouts } from "./whereabouts.ts";

const [one, two] = [`AC${"1".repeat(32)}`, `AC${"2".repeat(32)}`];
const [a, b] = ["a".repeat(32), "b".repeat(32)];
const [here, moved] = ["http://127.0.0.1:4100", "http://127.0.0.1:4200"];
const proxy = "https://proxy.example.com";

describe("where resources are, and where a configuration leads", () => {
  const other = (of: (Comparison & { kind: "other" })["of"], recorded: string, configured: string) => ({
    kind: "other",
    of,
    recorded,
    configured,
  });
  const cases: [string, Whereabouts, Whereabouts, object][] = [
    ["the same account", { accountSid: one }, { accountSid: one }, { kind: "same" }],
    ["another account", { accountSid: one }, { accountSid: two }, other("account", one, two)],
    [
      "another account on the same local Twilio",
      { accountSid: one, endpoint: here, localTwilio: a },
      { accountSid: two, endpoint: here, localTwilio: a },
      other("account", one, two),
    ],
    [
      "the same local Twilio on another port",
      { accountSid: one, endpoint: here, localTwilio: a },
      { accountSid: one, endpoint: moved, localTwilio: a },
      { kind: "same" },
    ],
    [
      "another local Twilio on the same port",
      { accountSid: one, endpoint: here, localTwilio: a },
      { accountSid: one, endpoint: here, localTwilio: b },
      other("local Twilio", `the local Twilio aaaa-aaaa at ${here}`, `the local Twilio bbbb-bbbb at ${here}`),
    ],
    [
      "Twilio itself after a local one",
      { accountSid: one, endpoint: here, localTwilio: a },
      { accountSid: one },
      other("Twilio", `the local Twilio aaaa-aaaa at ${here}`, "Twilio itself"),
    ],
    [
      "a local Twilio after Twilio itself",
      { accountSid: one },
      { accountSid: one, endpoint: here, localTwilio: a },
      other("Twilio", "Twilio itself", `the local Twilio aaaa-aaaa at ${here}`),
    ],
    [
      "a state from before local Twilios had an identity",
      { accountSid: one, endpoint: here },
      { accountSid: one, endpoint: here, localTwilio: a },
      { kind: "unproven" },
    ],
    ["a proxy that is gone", { endpoint: proxy }, {}, { kind: "unproven" }],
    ["the same proxy", { endpoint: proxy }, { endpoint: proxy }, { kind: "same" }],
    ["the same region", { region: "ie1" }, { region: "ie1" }, { kind: "same" }],
    ["another region", { region: "ie1" }, { region: "au1" }, other("region", "ie1", "au1")],
    ["a region taken away", { region: "ie1" }, {}, other("region", "ie1", "us1")],
    ["the usual region, said", {}, { region: "us1" }, { kind: "same" }],
    ["a region that was not always recorded", {}, { region: "ie1" }, { kind: "unproven" }],
  ];
  test.each(cases)("%s", (_name, recorded, configured, found) => {
    expect(compareWhereabouts(recorded, configured)).toEqual(found);
  });
});

test("the inputs of a provider say where it leads", () => {
  const inputs = {
    accountSid: one,
    authToken: "hush",
    endpoint: `${here}/`,
    region: "ie1",
    __localTwilio: a,
  };
  const found = whereaboutsOf(inputs);
  expect(found).toEqual({ accountSid: one, endpoint: `${here}/`, localTwilio: a });
  expect(nameOf(found)).toBe(`the local Twilio aaaa-aaaa at ${here}`);
  expect(whereaboutsOf({ accountSid: one, region: "ie1", endpoint: "" })).toEqual({
    accountSid: one,
    region: "ie1",
  });
});
