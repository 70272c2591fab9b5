import { expect, test } from "@jest/globals";

import { UNKNOWN } from "../../engine/value.ts";
import type { Properties } from "../../engine/value.ts";
import { flexFlow } from "./flexFlow.ts";

const task: Properties = { workspaceSid: UNKNOWN, workflowSid: UNKNOWN, channel: "chat" };

test.each<[string, Properties, Record<string, string>]>([
  ["studio", { integrationType: "studio", integration: { flowSid: UNKNOWN, retryCount: 0 } }, {}],
  ["external", { integrationType: "external", integration: { url: "https://example.com/in" } }, {}],
  ["task", { integrationType: "task", integration: { ...task, timeout: 60, priority: 1 } }, {}],
  ["neither", {}, {}],
  ["an integration that is not known yet", { integrationType: "task", integration: UNKNOWN }, {}],
  ["a type that is not known yet", { integrationType: UNKNOWN, integration: { flowSid: UNKNOWN } }, {}],
  [
    "studio without a flow",
    { integrationType: "studio" },
    { "integration.flowSid": "is missing; an integration of type studio needs it" },
  ],
  [
    "external with a flow",
    { integrationType: "external", integration: { flowSid: UNKNOWN } },
    {
      "integration.url": "is missing; an integration of type external needs it",
      "integration.flowSid":
        "does nothing in an integration of type external, which has url, retryCount; remove it",
    },
  ],
  [
    "task with retries",
    { integrationType: "task", integration: { ...task, retryCount: 1 } },
    {
      "integration.retryCount":
        "does nothing in an integration of type task, which has workspaceSid, workflowSid, channel, timeout, " +
        "priority, creationOnMessage; remove it",
    },
  ],
  [
    "no type",
    { integration: { url: "https://example.com/in" } },
    { integrationType: "is missing; integration does nothing without it" },
  ],
])("%s", (_case, inputs, failures) => {
  expect(flexFlow.check?.(inputs)).toEqual(
    Object.entries(failures).map(([path, reason]) => ({ path: path.split("."), reason })),
  );
});
