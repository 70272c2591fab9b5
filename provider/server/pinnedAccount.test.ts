import { expect, test } from "@jest/globals";

import { resources } from "../resources/index.ts";
import { pinnedIn } from "./pinnedAccount.ts";
import { TwilioProvider } from "./provider.ts";

const [recorded, other] = [`AC${"1".repeat(32)}`, `AC${"2".repeat(32)}`];
const urn = "urn:pulumi:dev::shop::pulumi:providers:twilio::default_0_1_0";
const queue = {
  urn: "urn:pulumi:dev::shop::twilio:taskrouter:TaskQueue::q",
  type: "twilio:taskrouter:TaskQueue",
};

test.each([
  [`config:\n  twilio:accountSid: ${other}\n`, other],
  [`config:\n  "twilio:accountSid": "${other}" # ours\n`, other],
  [`config:\n  twilio:accountSid:\n    secure: v1:abc\n`, undefined],
  [`config:\n  other:accountSid: ${other}\n`, undefined],
  [`# twilio:accountSid: ${other}\n`, undefined],
  ["", undefined],
])("%j pins %s", (text, pinned) => expect(pinnedIn(text)).toBe(pinned));

const providerWith = (pinned: string | undefined, said: string[]) =>
  new TwilioProvider({
    definitions: resources,
    env: {},
    log: (severity, message) => void said.push(`${severity}: ${message}`),
    stackFile: () => (pinned === undefined ? undefined : `config:\n  twilio:accountSid: ${pinned}\n`),
  });
const settings = { accountSid: recorded, authToken: "hush" };
const old = { id: "WS1/WQ1", state: {}, inputs: {} };

test("a deletion by the state alone does not go to an account that the stack's file does not pin any more", async () => {
  const said: string[] = [];
  const provider = providerWith(other, said);
  provider.configure(settings, urn);
  expect(said).toEqual([
    `warning: this stack's resources are in account ${recorded}, as of the last update, and Pulumi.dev.yaml pins account ${other}: nothing is changed or deleted`,
  ]);
  await expect(provider.delete(queue, old)).rejects.toThrow(`set twilio:accountSid back to ${recorded}`);
  await expect(provider.update(queue, old, {}, false)).rejects.toThrow(`pins account ${other}`);
  provider.close();
});

test.each([
  ["the file pins the same", recorded, urn, false],
  ["the file pins none", undefined, urn, false],
  ["the program made the provider", other, urn.replace("default_0_1_0", "mine"), false],
  ["the program ran, with a configuration of its own", other, urn, true],
])("nothing is said where %s", async (_, pinned, providerUrn, checked) => {
  const said: string[] = [];
  const provider = providerWith(pinned, said);
  if (checked) await provider.checkConfig({ accountSid: "wrong" }, {}, providerUrn);
  provider.configure(settings, providerUrn);
  expect(said).toEqual([]);
  provider.close();
});
