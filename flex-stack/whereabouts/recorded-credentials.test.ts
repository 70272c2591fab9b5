import { expect, test } from "@jest/globals";
import { urnOf } from "../changes/engine-events.fixture.ts";
import { PulumiExit } from "../pulumi/pulumi-process.ts";
import { readDeployment } from "../state/deployment.ts";
import { credentialsChanged } from "./recorded-credentials.ts";

const accountSid = `AC${"1".repeat(32)}`;
const apiKey = `SK${"1".repeat(32)}`;
const mark = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };
const shown = (text: string) => ({ ...mark, plaintext: JSON.stringify(text) });
const hidden = { ...mark, ciphertext: "v1:abc" };
const type = "pulumi:providers:twilio";
const state = (inputs: object) =>
  JSON.stringify({
    deployment: { resources: [{ urn: urnOf(type, "default_0_1_0"), type, custom: true, id: "1", inputs }] },
  });

/** What is found, and which commands of Pulumi that took. */
async function found(
  recorded: object,
  exported: object | undefined,
  config: Record<string, string>,
): Promise<[boolean, number]> {
  let ran = 0;
  const settings = { project: { name: "shop", runtime: "nodejs" as const }, stack: { config } };
  const changed = await credentialsChanged(
    {
      name: "dev",
      settings,
      runPulumi: async () => {
        ran++;
        if (exported === undefined)
          throw new PulumiExit({ code: 1, stdout: "", stderr: "error: passphrase" });
        return { code: 0, stdout: state(exported), stderr: "" };
      },
    },
    readDeployment(state(recorded)),
  );
  return [changed, ran];
}

const token = { "twilio:accountSid": accountSid, "twilio:authToken": "new" };
const key = { "twilio:accountSid": accountSid, "twilio:apiKey": apiKey, "twilio:apiSecret": "new" };

test.each<[string, object, object | undefined, Record<string, string>, [boolean, number]]>([
  ["a token that was rotated", { authToken: hidden }, { authToken: shown("old") }, token, [true, 1]],
  ["the same token", { authToken: hidden }, { authToken: shown("new") }, token, [false, 1]],
  ["a token in plain sight", { authToken: "old" }, { authToken: "old" }, token, [true, 1]],
  ["a key's secret", { apiKey, apiSecret: hidden }, { apiKey, apiSecret: shown("old") }, key, [true, 1]],
  ["a key in the place of a token", { authToken: hidden }, { authToken: shown("old") }, key, [true, 1]],
  ["credentials of the environment", { accountSid }, undefined, token, [false, 0]],
  ["secrets that can't be read", { authToken: hidden }, undefined, token, [false, 1]],
  ["settings that are wrong", { authToken: hidden }, { authToken: shown("old") }, {}, [false, 1]],
])("%s", async (_, recorded, exported, config, expected) => {
  expect(await found(recorded, exported, config)).toEqual(expected);
});
