import { expect, test } from "@jest/globals";

import { UNKNOWN } from "../../engine/value.ts";
import type { Properties } from "../../engine/value.ts";
import { channelWebhook } from "./channelWebhook.ts";

const url = "https://example.com/hook";

test.each<[string, Properties, Record<string, string>]>([
  ["webhook", { type: "webhook", configuration: { url, filters: ["onMessageSent"], method: "GET" } }, {}],
  ["trigger", { type: "trigger", configuration: { url, triggers: ["help"], retryCount: 3 } }, {}],
  ["studio", { type: "studio", configuration: { flowSid: `FW${"0".repeat(32)}`, retryCount: 1 } }, {}],
  ["values that are not known yet", { type: "studio", configuration: { flowSid: UNKNOWN } }, {}],
  ["a configuration that is not known yet", { type: "studio", configuration: UNKNOWN }, {}],
  ["a type that is not known yet", { type: UNKNOWN, configuration: {} }, {}],
  [
    "no configuration",
    { type: "webhook" },
    {
      url: "is missing; a webhook of type webhook needs it",
      filters: "is missing; a webhook of type webhook needs it",
    },
  ],
  [
    "no filter",
    { type: "webhook", configuration: { url, filters: [] } },
    { filters: "is missing; a webhook of type webhook needs it" },
  ],
  [
    "a flow in a trigger",
    { type: "trigger", configuration: { url, triggers: ["help"], flowSid: UNKNOWN } },
    {
      flowSid:
        "does nothing in a webhook of type trigger, which has url, triggers, method, retryCount; remove it",
    },
  ],
  [
    "a URL in a flow's webhook",
    { type: "studio", configuration: { url, method: "GET" } },
    {
      flowSid: "is missing; a webhook of type studio needs it",
      url: "does nothing in a webhook of type studio, which has flowSid, retryCount; remove it",
      method: "does nothing in a webhook of type studio, which has flowSid, retryCount; remove it",
    },
  ],
])("%s", (_case, inputs, failures) => {
  expect(channelWebhook.check?.(inputs)).toEqual(
    Object.entries(failures).map(([name, reason]) => ({ path: ["configuration", name], reason })),
  );
});
