import { afterAll, beforeAll, expect, test } from "@jest/globals";
import type { Twilio } from "twilio";
import { startEmulator } from "../../emulator/index.ts";
import type { Emulator } from "../../emulator/index.ts";
import { localTwilio } from "../support/localTwilio.ts";
import { operations, productOfHost } from "./openapi.ts";
import { createConformance } from "./validator.ts";
import { walkApi } from "./walk/api.ts";
import { walkChat } from "./walk/chat.ts";
import { walkConversations } from "./walk/conversations.ts";
import { walkFlex } from "./walk/flex.ts";
import { walkInteractions } from "./walk/interactions.ts";
import { walkMessaging } from "./walk/messaging.ts";
import { walkProxy } from "./walk/proxy.ts";
import { walkStudio } from "./walk/studio.ts";
import { walkTaskRouter } from "./walk/taskrouter.ts";

const conformance = createConformance();
let emulator: Emulator;
let client: Twilio;

beforeAll(async () => {
  emulator = await startEmulator({ file: ":memory:", port: 0, onExchange: conformance.onExchange });
  client = localTwilio(emulator);
});
afterAll(() => emulator.close());

test.each([
  ["TaskRouter", walkTaskRouter],
  ["API 2010", walkApi],
  ["Programmable Chat", walkChat],
  ["Conversations", walkConversations],
  ["Proxy", walkProxy],
  ["Studio", walkStudio],
  ["Flex", walkFlex],
  ["Interactions", walkInteractions],
  ["Messaging", walkMessaging],
])("the official SDK walks through %s", async (_product, walk) => {
  await walk(client);
});

/** Documented parameters that no walk sends, with the reason. */
const notSent: readonly { readonly name: RegExp; readonly reason: string }[] = [
  { name: /(Page|PageToken)$/, reason: "the SDK pages by next_page_url" },
  { name: /IncomingPhoneNumber\w* (Sms|Voice)ApplicationSid$/, reason: "there are no applications" },
  {
    name: /IncomingPhoneNumber\w* (Trunk|Identity|Address|EmergencyAddress|Bundle)Sid$/,
    reason: "there are none of these",
  },
  { name: /IncomingPhoneNumber\w* ApiVersion$/, reason: "there is one version" },
  {
    name: /Update(Task|Worker)Reservation (?!ReservationStatus$|WorkerActivitySid$|Instruction$)\w+$/,
    reason: "there are no calls",
  },
  {
    name: /ConversationMessage (MediaSid|ContentSid|ContentVariables)$/,
    reason: "there are no media and no content templates",
  },
  { name: /CreateMessage MediaSid$/, reason: "there is no media" },
  { name: /UpdateIncomingPhoneNumber AccountSid$/, reason: "there is one account" },
  { name: /api\S* CreateMessage (ApplicationSid|ContentSid)$/, reason: "there are none of these" },
  { name: /api\S* CreateMessage (ScheduleType|SendAt)$/, reason: "messages are sent at once" },
  { name: /api\S* UpdateMessage Status$/, reason: "so none can be canceled" },
];

test("every operation that the local Twilio has was walked with success, with every parameter", () => {
  const walked = conformance.succeeded();
  const missed = emulator.operations
    .filter(({ isImplemented }) => isImplemented)
    .flatMap(({ host, operation, template }) => {
      const product = productOfHost(host, template);
      const success = walked.get(`${product} ${operation}`);
      if (product === undefined || success === undefined) return [`${host} ${operation}`];
      return operations(product)
        .filter(({ operationId }) => operationId === operation)
        .flatMap(({ parameters }) => parameters)
        .filter(
          (parameter) =>
            (parameter.in === "query" || parameter.in === "form") && !success.parameters.has(parameter.name),
        )
        .map(({ name }) => `${host} ${operation} ${name}`);
    })
    .filter((name) => !notSent.some((exception) => exception.name.test(name)));
  expect(missed).toEqual([]);
});

test("every exchange conforms to Twilio's documents", () => {
  conformance.assertConforms();
});
