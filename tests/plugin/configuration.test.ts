import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { load } from "js-yaml";
import { FlexMessaging } from "../../components/index.ts";
import { type Config, parseConfig } from "../../config/index.ts";
import { readConfiguration } from "../../plugin/src/configuration/read.ts";
import { recordProgram } from "../../rehearsal/record-program.ts";

// What a stack writes is what the plugin reads: they share no code, so that neither is right because of the other.

/** The configuration of a stack, with these settings in the place of its own. */
function configOf(environment: string, changes: Record<string, unknown> = {}): Config {
  const file = new URL(`../../Pulumi.${environment}.yaml`, import.meta.url);
  const { config } = load(readFileSync(file, "utf8")) as { config: Record<string, unknown> };
  const all = { ...config, "twilio:accountSid": "AC0123456789abcdef0123456789abcdef", ...changes };
  const raw = Object.entries(all).map(([key, value]) => [
    key,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  return parseConfig(Object.fromEntries(raw) as Record<string, string>, environment);
}

/** The attributes that the stack's Flex Configuration gets. */
async function written(config: Config): Promise<unknown> {
  const declared = await recordProgram(() => new FlexMessaging("flex", config));
  const { inputs } = declared.find(({ type }) => type === "twilio:flex:Configuration") ?? {};
  return inputs?.["attributes"];
}

test.each(["dev", "staging", "prod"])("of stack %s", async (environment) => {
  expect(readConfiguration(await written(configOf(environment)))).toEqual({
    configuration: {
      autoAccept: { taskChannels: ["custom1"] },
      taskChannels: [
        { name: "custom1", channelType: "custom", label: "Partner messaging", color: "#0B7A75" },
      ],
      orchestration: { kind: "flex", handlerUrl: "", tasks: "all" },
    },
    warnings: [],
    errors: [],
  });
});

test("with everything that can be set", async () => {
  const { "flex-messaging:messageHandling": handling } = (
    load(readFileSync(new URL("../../Pulumi.dev.yaml", import.meta.url), "utf8")) as {
      config: Record<string, { numbers: Record<string, object> }>;
    }
  ).config;
  const { main, shop } = handling?.numbers ?? {};
  const custom1 = {
    channelType: "custom",
    label: "Partners",
    icon: "Sms",
    iconActive: "SmsBold",
    color: "teal",
  };
  const handlerUrl = "https://handler.example.com/flex";
  const config = configOf("dev", {
    "flex-messaging:messageHandling": { ...handling, numbers: { main, shop: { ...shop, kind: "custom" } } },
    "flex-messaging:plugin": {
      autoAccept: { taskChannels: ["chat", "custom1"] },
      taskChannels: { custom1 },
      orchestration: { handlerUrl },
    },
  });
  expect(readConfiguration(await written(config))).toEqual({
    configuration: {
      autoAccept: { taskChannels: ["chat", "custom1"] },
      taskChannels: [{ name: "custom1", ...custom1 }],
      orchestration: { kind: "custom", handlerUrl, tasks: "custom" },
    },
    warnings: [],
    errors: [],
  });
});

test("without a plugin, nothing is written", async () => {
  expect(await written({ ...configOf("dev"), plugin: undefined })).toBeUndefined();
});
