import { describe, expect, test } from "@jest/globals";
import { startEmulator } from "../../emulator/index.ts";
import { Account, readConfiguration } from "../../provider/access.ts";
import { credentialExit } from "./credential-exit.ts";

const accountSid = "AC10ca1000000000000000000000000000";

describe("what the provider says of its settings", () => {
  test.each<[Record<string, string>, number]>([
    [{ accountSid: "AC123", authToken: "x" }, 2],
    [{ accountSid: `${accountSid}0`, authToken: "x" }, 2],
    [{ accountSid, apiKey: "SK1", apiSecret: "x" }, 2],
    [{ accountSid, authToken: "x", endpoint: "nowhere" }, 2],
    [{ accountSid, authToken: "x", maxRetries: "1e308" }, 2],
    [{ accountSid, authToken: "x", region: "Ireland!" }, 2],
    [{ accountSid, authToken: "x", tokn: "y" }, 2],
    [{ accountSid }, 3],
    [{ accountSid, apiKey: `SK${"0".repeat(32)}` }, 3],
    [{ authToken: "x" }, 3],
    [{}, 3],
  ])("%j ends with %i", (values, exit) => {
    const { failures } = readConfiguration(values, {});
    expect(failures.map(({ property, reason }) => credentialExit(`twilio:${property} ${reason}`))).toEqual([
      exit,
    ]);
  });
});

test("a refused token ends with 3", async () => {
  const emulator = await startEmulator({ file: ":memory:", port: 0 });
  const { configuration } = readConfiguration({ accountSid, authToken: "wrong", endpoint: emulator.url }, {});
  if (configuration === undefined) throw new Error("These settings are sound.");
  const account = new Account(configuration, new AbortController().signal);
  try {
    const error = await account.clients().catch((refusal: unknown) => refusal as Error);
    expect(credentialExit((error as Error).message)).toBe(3);
  } finally {
    account.transport.close();
    await emulator.close();
  }
});

test.each([
  ["Worker alice can't be deleted (HTTP 400, Twilio error 20001)"],
  ["1 problem in the configuration of stack dev (Pulumi.dev.yaml):"],
])("%s has nothing to do with credentials", (message) => expect(credentialExit(message)).toBeUndefined());

test.each([
  ["this stack's resources are in region ie1, but the provider is configured for us1.", 20],
  ["this stack's resources are at X, but the provider is configured for Y.", 20],
  [
    'the Service "chat" (IS1) is not in account AC1 at X, and the state does not say that this is where it was made.',
    20,
  ],
  ["what the stack records is not what the account has", undefined],
])("%s ends with %p", (message, code) => expect(credentialExit(message)).toBe(code));
