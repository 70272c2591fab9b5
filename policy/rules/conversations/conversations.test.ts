import { planned, sid, type Centre } from "../../testing/centre.ts";
import { at, remove, set, testRule } from "../../testing/test-rule.ts";
import { UNKNOWN } from "../../unknown.ts";
import { addressFlow } from "./address-flow.ts";
import { addressInFlex } from "./address-in-flex.ts";
import { addressService } from "./address-service.ts";
import { closedTimer } from "./closed-timer.ts";
import { noOpeningHook } from "./no-opening-hook.ts";

const both =
  (...changes: ((resources: Centre) => void)[]) =>
  (resources: Centre) =>
    changes.forEach((change) => change(resources));
const opening = (change: Record<string, unknown>) => (resources: Centre) => {
  const { properties } = at(resources, "talk-address");
  properties.autoCreation = { ...(properties.autoCreation as object), ...change };
};
const off = opening({ enabled: false });
const webhook = opening({ type: "webhook", studioFlowSid: undefined, webhookUrl: "https://bot.example.com" });

const elsewhere = opening({ conversationServiceSid: sid("IS", 2) });
const isElsewhere = `talk-address.autoCreation.conversationServiceSid is ${sid("IS", 2)}, and Flex's is ${sid("IS", 1)}`;
const byDefault = both(
  opening({ conversationServiceSid: undefined }),
  set("conversations", { defaultChatServiceSid: sid("IS", 3) }),
);
const isByDefault = `talk-address.autoCreation.conversationServiceSid is left out, so that it is the default service ${sid("IS", 3)}, and Flex's is ${sid("IS", 1)}`;
/** A service that is made in the same run, and what opens conversations in it. */
const made =
  (holder: string, property: string, ...more: ((resources: Centre) => void)[]) =>
  (resources: Centre) => {
    resources.own = planned("twilio:conversations:Service", "own", { friendlyName: "Own", sid: UNKNOWN });
    const { dependsOn } = at(resources, holder);
    dependsOn[property] = [...(dependsOn[property] ?? []), resources.own.urn];
    more.forEach((change) => change(resources));
  };
const newElsewhere = made("talk-address", "autoCreation", opening({ conversationServiceSid: UNKNOWN }));
const namedAlone = (friendlyName: string) =>
  both(
    remove("main-flow"),
    remove("configuration"),
    set("proxy", { chatInstanceSid: undefined }),
    set("chat", { friendlyName }),
  );

testRule(addressInFlex, [
  ["another service", elsewhere, [isElsewhere]],
  ["another service, as the account's default", byDefault, [isByDefault]],
  [
    "another service, and Flex's is known by its name",
    both(namedAlone("Flex Conversation Service"), elsewhere),
    [isElsewhere],
  ],
  ["another service, and which is Flex's is not known", both(namedAlone("Chat"), elsewhere), []],
  ["another service, and the Address is off", both(elsewhere, off), []],
  ["another service of a handler", both(elsewhere, webhook), []],
  [
    "a service that is new",
    newElsewhere,
    [`talk-address.autoCreation.conversationServiceSid is own, and Flex's is ${sid("IS", 1)}`],
  ],
  [
    "a service that is new, as the account's default",
    made(
      "conversations",
      "defaultChatServiceSid",
      opening({ conversationServiceSid: undefined }),
      set("conversations", { defaultChatServiceSid: UNKNOWN }),
    ),
    [
      `talk-address.autoCreation.conversationServiceSid is left out, so that it is the default service own, and Flex's is ${sid("IS", 1)}`,
    ],
  ],
  [
    "a service that is new, and that Flex will name",
    both(newElsewhere, (resources) => {
      at(resources, "configuration").dependsOn["chatServiceInstanceSid"] = [at(resources, "own").urn];
    }),
    [],
  ],
  [
    "a service that is new, and named like Flex's",
    both(newElsewhere, set("own", { friendlyName: "Flex Conversation Service" })),
    [],
  ],
  ["Flex's service, as the account's default", opening({ conversationServiceSid: undefined }), []],
  ["the account's default, which the stack does not say", both(byDefault, remove("conversations")), []],
  ["a service not known yet", opening({ conversationServiceSid: UNKNOWN }), []],
  ["nothing known yet", set("talk-address", { autoCreation: UNKNOWN }), []],
]);

testRule(addressService, [
  ["another service of a handler", both(elsewhere, webhook), [isElsewhere]],
  ["another default service of a handler", both(byDefault, webhook), [isByDefault]],
  [
    "another service of a flow that is not declared",
    both(elsewhere, opening({ studioFlowSid: sid("FW", 9) })),
    [isElsewhere],
  ],
  ["another service of a flow that hands over to Flex", elsewhere, []],
]);

type Definition = { states: { transitions: object[] }[] };
const wire =
  (...transitions: object[]) =>
  (resources: Centre) => {
    const [trigger] = (at(resources, "flow").properties.definition as Definition).states;
    trigger!.transitions = transitions;
  };
const legacy = wire({ event: "incomingMessage", next: "Lookup" }, { event: "incomingConversationMessage" });
const unwired =
  "flow.definition.states[0].transitions leads nowhere on incomingConversationMessage, with which talk-address starts the flow";

testRule(addressFlow, [
  ["an event that leads nowhere", legacy, [unwired]],
  [
    "an event that leads to an empty name",
    wire({ event: "incomingConversationMessage", next: "" }),
    [unwired],
  ],
  ["no such event", wire({ event: "incomingMessage", next: "Lookup" }), [unwired]],
  [
    "a definition as text",
    both(legacy, (resources) => {
      const { properties } = at(resources, "flow");
      properties.definition = JSON.stringify(properties.definition);
    }),
    [unwired],
  ],
  [
    "a flow that is new",
    both(legacy, set("flow", { sid: UNKNOWN }), opening({ studioFlowSid: UNKNOWN }), (resources) => {
      at(resources, "talk-address").dependsOn["autoCreation"] = [at(resources, "flow").urn];
    }),
    [unwired],
  ],
  ["a step that is not known yet", wire({ event: "incomingConversationMessage", next: UNKNOWN }), []],
  ["a definition that is not known yet", set("flow", { definition: UNKNOWN }), []],
  ["an event of a flow that no Address starts", both(legacy, opening({ studioFlowSid: sid("FW", 9) })), []],
  ["an event, and the Address is off", both(legacy, off), []],
  ["an event, and the Address calls a handler", both(legacy, webhook), []],
]);

testRule(closedTimer, [
  [
    "none",
    set("conversations", { defaultClosedTimer: undefined }),
    ["conversations.defaultClosedTimer is not set, and talk-address opens conversations"],
  ],
  [
    "one that is cleared",
    set("conversations", { defaultClosedTimer: "", defaultInactiveTimer: "PT1H" }),
    ["conversations.defaultClosedTimer is not set, and talk-address opens conversations"],
  ],
  [
    "no Configuration",
    remove("conversations"),
    ["talk-address opens conversations, and the stack declares no timer that closes them"],
  ],
  [
    "no Configuration, and several Addresses",
    both(remove("conversations"), (resources) => {
      resources.another = planned("twilio:conversations:Address", "another", {
        address: "whatsapp:+12025550199",
        autoCreation: { type: "default" },
      });
    }),
    ["another opens conversations, and the stack declares no timer that closes them"],
  ],
  ["one that is not known yet", set("conversations", { defaultClosedTimer: UNKNOWN }), []],
  ["none, and no Address that is on", both(remove("conversations"), off), []],
  ["none, and no Address", both(remove("conversations"), remove("talk-address")), []],
]);

const hook = { preWebhookUrl: "https://bot.example.com/", filters: ["onMessageAdd", "onConversationAdd"] };
const refused = (name: string) =>
  `${name}.filters[1] is onConversationAdd, and preWebhookUrl may refuse a conversation`;
const ofService =
  (serviceSid: unknown, properties: object = hook) =>
  (resources: Centre) => {
    resources.hooks = planned("twilio:conversations:ServiceWebhooks", "hooks", { serviceSid, ...properties });
  };

testRule(noOpeningHook, [
  ["of the account", set("conversation-webhooks", hook), [refused("conversation-webhooks")]],
  [
    "of the account, at a URL not known yet",
    set("conversation-webhooks", { ...hook, preWebhookUrl: UNKNOWN }),
    [refused("conversation-webhooks")],
  ],
  ["of the account, which tells Flex alone", set("conversation-webhooks", { ...hook, target: "flex" }), []],
  ["of the account, at no URL", set("conversation-webhooks", { ...hook, preWebhookUrl: "" }), []],
  [
    "of the account, at a URL that is left as it is",
    set("conversation-webhooks", { ...hook, preWebhookUrl: undefined }),
    [
      "conversation-webhooks.filters[1] is onConversationAdd, and the preWebhookUrl that the account may have may refuse a conversation",
    ],
  ],
  [
    "of the account, told afterwards",
    set("conversation-webhooks", { preWebhookUrl: undefined, filters: ["onConversationAdded"] }),
    [],
  ],
  [
    "of the account, for events not known yet",
    set("conversation-webhooks", { ...hook, filters: UNKNOWN }),
    [],
  ],
  ["of Flex's service", ofService(sid("IS", 1)), [refused("hooks")]],
  ["of another service", ofService(sid("IS", 2)), []],
  ["of a service not known yet", ofService(UNKNOWN), []],
  [
    "of Flex's service, which is new",
    both(ofService(UNKNOWN), set("chat", { sid: UNKNOWN }), (resources) => {
      at(resources, "hooks").dependsOn["serviceSid"] = [at(resources, "chat").urn];
    }),
    [refused("hooks")],
  ],
  [
    "of Flex's service, for other events",
    ofService(sid("IS", 1), { ...hook, filters: ["onMessageAdd"] }),
    [],
  ],
]);
