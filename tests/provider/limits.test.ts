import { describe, expect, test } from "@jest/globals";
import type { Parameter } from "../../emulator/kernel/parameter.ts";
import { incomingPhoneNumberResource } from "../../emulator/products/api/incomingPhoneNumber.ts";
import { channelResource } from "../../emulator/products/chat/channel.ts";
import { channelWebhookResource } from "../../emulator/products/chat/channelWebhook.ts";
import { roleResource } from "../../emulator/products/chat/role.ts";
import { serviceResource as chatService } from "../../emulator/products/chat/service.ts";
import { userResource } from "../../emulator/products/chat/user.ts";
import { addressResource } from "../../emulator/products/conversations/address.ts";
import { configurationResource } from "../../emulator/products/conversations/configuration.ts";
import { roleView } from "../../emulator/products/conversations/role.ts";
import { serviceView } from "../../emulator/products/conversations/service.ts";
import { serviceConfigurationResource } from "../../emulator/products/conversations/serviceConfiguration.ts";
import { serviceNotificationsResource } from "../../emulator/products/conversations/serviceNotifications.ts";
import { userView } from "../../emulator/products/conversations/user.ts";
import {
  accountWebhooksResource,
  serviceWebhooksResource,
} from "../../emulator/products/conversations/webhooks.ts";
import { flexFlowResource } from "../../emulator/products/flex/flexFlow.ts";
import { phoneNumberResource as messagingNumber } from "../../emulator/products/messaging/phoneNumber.ts";
import { serviceResource as messagingService } from "../../emulator/products/messaging/service.ts";
import { phoneNumberResource as proxyNumber } from "../../emulator/products/proxy/phoneNumber.ts";
import { serviceResource as proxyService } from "../../emulator/products/proxy/service.ts";
import { flowResource } from "../../emulator/products/studio/flow.ts";
import { activityResource } from "../../emulator/products/taskrouter/activity.ts";
import { taskChannelResource } from "../../emulator/products/taskrouter/taskChannel.ts";
import { taskQueueResource } from "../../emulator/products/taskrouter/taskQueue.ts";
import { workerResource } from "../../emulator/products/taskrouter/worker.ts";
import { workerChannelResource } from "../../emulator/products/taskrouter/workerChannel.ts";
import { workflowResource } from "../../emulator/products/taskrouter/workflow.ts";
import { workspaceResource } from "../../emulator/products/taskrouter/workspace.ts";
import { checkLeaf } from "../../provider/engine/checkLeaf.ts";
import type { Leaf } from "../../provider/engine/field.ts";
import { leaves } from "../../provider/engine/leaves.ts";
import type { Value } from "../../provider/engine/value.ts";
import { resources } from "../../provider/resources/index.ts";

// What Twilio refuses of a single value is refused by the provider's check, before an update has done anything. The
// local Twilio's limits are those that Twilio documents; the provider is asked with values at and beyond each of them.

const known: Record<string, { parameters: Readonly<Record<string, Parameter>> }> = {
  "twilio:api:IncomingPhoneNumber": incomingPhoneNumberResource,
  "twilio:chat:Channel": channelResource,
  "twilio:chat:ChannelWebhook": channelWebhookResource,
  "twilio:chat:Role": roleResource,
  "twilio:chat:Service": chatService,
  "twilio:chat:User": userResource,
  "twilio:conversations:Address": addressResource,
  "twilio:conversations:Configuration": configurationResource,
  "twilio:conversations:ConfigurationWebhooks": accountWebhooksResource,
  "twilio:conversations:Role": roleView.inService,
  "twilio:conversations:Service": serviceView,
  "twilio:conversations:ServiceConfiguration": serviceConfigurationResource,
  "twilio:conversations:ServiceNotifications": serviceNotificationsResource,
  "twilio:conversations:ServiceWebhooks": serviceWebhooksResource,
  "twilio:conversations:User": userView.inService,
  "twilio:flex:FlexFlow": flexFlowResource,
  "twilio:messaging:PhoneNumber": messagingNumber,
  "twilio:messaging:Service": messagingService,
  "twilio:proxy:PhoneNumber": proxyNumber,
  "twilio:proxy:Service": proxyService,
  "twilio:studio:Flow": flowResource,
  "twilio:taskrouter:Activity": activityResource,
  "twilio:taskrouter:TaskChannel": taskChannelResource,
  "twilio:taskrouter:TaskQueue": taskQueueResource,
  "twilio:taskrouter:Worker": workerResource,
  "twilio:taskrouter:WorkerChannel": workerChannelResource,
  "twilio:taskrouter:Workflow": workflowResource,
  "twilio:taskrouter:Workspace": workspaceResource,
};

/** Without an entry of its own in the local Twilio: a JSON body, and settings of a workspace that exists. */
const others = ["twilio:flex:Configuration", "twilio:taskrouter:WorkspaceSettings"];

test("every resource has its counterpart", () => {
  expect([...Object.keys(known), ...others].sort()).toEqual(resources.map(({ token }) => token).sort());
});

const lengths = [64, 65, 191, 192, 256, 257, 512, 513, 2048, 2049, 4000, 4001, 4096, 4097, 10_000];
const numbers = [-1, 0, 1, 3, 4, 50, 51, 100, 1000, 1001, 3600, 36_000, 36_001, 86_400, 86_401, 1_209_600];
numbers.push(1_209_601, 2 ** 31 - 1, 2 ** 31, 1e15, -(2 ** 31) - 1);

/** An object in an object, and so on. */
const nested = (levels: number): Value =>
  JSON.parse('{"a":'.repeat(levels) + "1" + "}".repeat(levels)) as Value;

const asForm = (value: Value): string => (typeof value === "object" ? JSON.stringify(value) : String(value));

/** Values of the kind of a property that may be too much. */
function probes(field: Leaf): readonly Value[] {
  switch (field.kind) {
    case "int":
      return numbers;
    case "text":
      return [...lengths.map((length) => "x".repeat(length)), "a b", "ä", "a/b", "-", "+1"];
    case "url":
      return lengths.map((length) => `https://example.com/${"x".repeat(length - 20)}`);
    case "json":
      return [
        ...lengths.map((length) => ({ a: "x".repeat(length - 8) })),
        ...[1, 199, 200, 201, 2000].flatMap((levels): Value[] => [nested(levels), asForm(nested(levels))]),
      ];
    default:
      return [];
  }
}

const cases = resources.flatMap((definition) =>
  leaves(definition).inputs.flatMap(({ name, param, field, path }) => {
    const form = param
      .split(".")
      .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
      .join(".");
    const parameter = known[definition.token]?.parameters[form];
    return parameter === undefined || probes(field).length === 0
      ? []
      : [{ what: `${definition.token} ${name}`, form, parameter, field, path: [...path] }];
  }),
);

const refuses = (work: () => unknown): boolean => {
  try {
    work();
    return false;
  } catch {
    return true;
  }
};

describe("what the local Twilio refuses, the provider's check refuses", () => {
  test.each(cases)("$what", ({ form, parameter, field, path }) => {
    const unseen = probes(field).filter(
      (value) =>
        checkLeaf(field, value, path).length === 0 && refuses(() => parameter.read([asForm(value)], form)),
    );
    expect(unseen.map((value) => asForm(value).slice(0, 40) + ` (${asForm(value).length})`)).toEqual([]);
  });

  test("most properties have a counterpart", () => expect(cases.length).toBeGreaterThan(60));
});
