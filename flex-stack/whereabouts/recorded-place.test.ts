import { expect, test } from "@jest/globals";
import type { DeployedResource } from "../state/deployment.ts";
import { recordedPlace, type Configured } from "./recorded-place.ts";

const account = `AC${"1".repeat(32)}`;
const [here, moved] = ["http://127.0.0.1:4100", "http://127.0.0.1:4200"];
const localTwilio = "a".repeat(32);

const one = (type: string, name: string, more: Partial<DeployedResource> = {}): DeployedResource => ({
  urn: `urn:pulumi:dev::flex-messaging::${type}::${name}`,
  type,
  custom: true,
  delete: false,
  protect: false,
  retainOnDelete: false,
  inputs: {},
  outputs: {},
  ...more,
});
const providerType = "pulumi:providers:twilio";
const provider = (inputs: Record<string, unknown>, name = "default_0_1_0") =>
  one(providerType, name, { inputs });
const queueOf = ({ urn }: DeployedResource) =>
  one("twilio:taskrouter:TaskQueue", "billing", { id: "WS1/WQ1", provider: `${urn}::1` });

const inLocal = { accountSid: account, endpoint: here, __localTwilio: localTwilio };
const local: Configured = { accountSid: account, endpoint: here, localTwilio };

test.each<[string, Record<string, unknown>, Configured, string, boolean]>([
  ["as it was", inLocal, local, "same", false],
  ["with a slash at the end", { ...inLocal, endpoint: `${here}/` }, local, "same", false],
  ["on another port", inLocal, { ...local, endpoint: moved }, "same", true],
  ["in another local Twilio", inLocal, { ...local, localTwilio: "b".repeat(32) }, "other", false],
  ["at Twilio itself", inLocal, { accountSid: account }, "other", true],
  ["without an identity", { accountSid: account, endpoint: here }, local, "unproven", false],
  ["in another region", { accountSid: account, region: "ie1" }, { accountSid: account }, "other", false],
  [
    "with another API key",
    { accountSid: account, apiKey: "SK1" },
    { accountSid: account, apiKey: "SK2" },
    "same",
    true,
  ],
  [
    "with an API key from the environment",
    { accountSid: account, apiKey: "SK1" },
    { accountSid: account },
    "same",
    false,
  ],
])("%s", (_name, inputs, configured, kind, otherWay) => {
  const recorded = provider(inputs);
  const place = recordedPlace([recorded, queueOf(recorded)], configured);
  expect([place?.comparison.kind, place?.otherWay, place?.resources.length]).toEqual([kind, otherWay, 1]);
});

test.each<[string, DeployedResource[]]>([
  ["a state without anything", []],
  ["one with nothing at Twilio", [provider(inLocal)]],
  ["one without a provider", [one("twilio:taskrouter:TaskQueue", "billing", { id: "WS1/WQ1" })]],
  [
    "one whose program makes its provider, which compares by itself",
    [provider(inLocal, "mine"), queueOf(provider(inLocal, "mine"))],
  ],
])("%s does not say where", (_name, deployed) => {
  expect(recordedPlace(deployed, { accountSid: `AC${"2".repeat(32)}` })).toBeUndefined();
});
