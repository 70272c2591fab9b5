import { handler, planned, proxyUrl, sid, type Centre } from "../../testing/centre.ts";
import { at, remove, set, testRule } from "../../testing/test-rule.ts";
import { UNKNOWN } from "../../unknown.ts";
import { chatHandlersExclusive } from "./chat-handlers-exclusive.ts";
import { customExcludesFlex } from "./custom-excludes-flex.ts";
import { flexNumberComplete } from "./flex-number-complete.ts";
import { numberOneHandler } from "./number-one-handler.ts";

const addFlexFlow = (properties: Record<string, unknown>) => (resources: Centre) => {
  resources.added = planned("twilio:flex:FlexFlow", "added", {
    channelType: "sms",
    enabled: true,
    ...properties,
  });
};
const both =
  (...changes: ((resources: Centre) => void)[]) =>
  (resources: Centre) =>
    changes.forEach((change) => change(resources));

testRule(customExcludesFlex, [
  [
    "an enabled Flex Flow",
    addFlexFlow({ contactIdentity: "+12025550134" }),
    ["added.enabled is true for +12025550134, whose messages go to a handler of its own (shop.smsUrl)"],
  ],
  ["one that is off", addFlexFlow({ contactIdentity: "+12025550134", enabled: false }), []],
  ["one for every other number", addFlexFlow({}), []],
  ["one whose number is not known yet", addFlexFlow({ contactIdentity: UNKNOWN }), []],
  [
    "a place in the pool",
    (resources) => {
      resources.pool = planned("twilio:proxy:PhoneNumber", "pool", { phoneNumber: "+12025550134" });
    },
    [
      "pool puts +12025550134 into the pool of Proxy, though its messages go to a handler of its own (shop.smsUrl)",
    ],
  ],
  [
    "a place in the pool, by SID",
    (resources) => {
      resources.pool = planned("twilio:proxy:PhoneNumber", "pool", { phoneNumberSid: sid("PN", 2) });
    },
    [
      "pool puts +12025550134 into the pool of Proxy, though its messages go to a handler of its own (shop.smsUrl)",
    ],
  ],
  [
    "Flex as the fallback",
    set("shop", { smsFallbackUrl: proxyUrl }),
    ["shop.smsFallbackUrl goes to Flex, though smsUrl goes to a handler of its own"],
  ],
  [
    "the number of Flex now goes to a handler, and the rest stayed",
    set("main", { smsUrl: `${handler}/sms` }),
    [
      "main-flow.enabled is true for +12025550112, whose messages go to a handler of its own (main.smsUrl)",
      "main-pool puts +12025550112 into the pool of Proxy, though its messages go to a handler of its own (main.smsUrl)",
    ],
  ],
  [
    "the number of Flex now has an application, with or without the URL of Flex",
    (resources) => {
      set("main", { smsApplicationSid: sid("AP", 1) })(resources);
      set("shop", { smsUrl: "", smsApplicationSid: sid("AP", 1) })(resources);
      addFlexFlow({ contactIdentity: "+12025550134" })(resources);
    },
    [
      "main-flow.enabled is true for +12025550112, whose messages go to a handler of its own (main.smsApplicationSid)",
      "main-pool puts +12025550112 into the pool of Proxy, though its messages go to a handler of its own (main.smsApplicationSid)",
      "added.enabled is true for +12025550134, whose messages go to a handler of its own (shop.smsApplicationSid)",
    ],
  ],
  ["a URL not known yet", set("main", { smsUrl: UNKNOWN }), []],
]);

testRule(flexNumberComplete, [
  [
    "no Flex Flow",
    remove("main-flow"),
    ["main.smsUrl goes to Flex, which has no Flex Flow for +12025550112"],
  ],
  [
    "a Flex Flow of another number",
    set("main-flow", { contactIdentity: "+12025550199" }),
    ["main.smsUrl goes to Flex, which has no Flex Flow for +12025550112"],
  ],
  [
    "a Flex Flow that is off",
    set("main-flow", { enabled: false }),
    ["main-flow.enabled is off, though the messages of +12025550112 go to Flex"],
  ],
  ["one for all numbers instead", both(remove("main-flow"), addFlexFlow({})), []],
  [
    "one for all numbers of another channel",
    both(remove("main-flow"), addFlexFlow({ channelType: "whatsapp" })),
    ["main.smsUrl goes to Flex, which has no Flex Flow for +12025550112"],
  ],
  [
    "two of them",
    addFlexFlow({ contactIdentity: "+12025550112" }),
    ["added.contactIdentity is +12025550112, as that of main-flow; only one of them gets the messages"],
  ],
  ["whether it is on is not known yet", set("main-flow", { enabled: UNKNOWN }), []],
  [
    "not in the pool",
    remove("main-pool"),
    ["main.smsUrl goes to Proxy, and +12025550112 is not in the pool of a Proxy service"],
  ],
  [
    "in the pool of another service",
    set("main-pool", { serviceSid: sid("KS", 2) }),
    [`main.smsUrl goes to the Proxy service ${sid("KS", 1)}, and +12025550112 is in the pool of another`],
  ],
  [
    "no URL at all",
    set("main", { smsUrl: "" }),
    ["main.smsUrl is empty, so that no message of +12025550112 comes to main-flow, which is enabled for it"],
  ],
  [
    "no URL, and a Flex Flow that is off",
    both(set("main", { smsUrl: "" }), set("main-flow", { enabled: false })),
    [],
  ],
  ["a URL that is left to Twilio", set("main", { smsUrl: undefined }), []],
  ["in the pool by SID", set("main-pool", { phoneNumber: undefined, phoneNumberSid: sid("PN", 1) }), []],
  ["in a pool not known yet", set("main-pool", { serviceSid: UNKNOWN }), []],
  [
    "the number with a handler goes to Flex, and nothing else is there",
    set("shop", { smsUrl: proxyUrl }),
    [
      "shop.smsUrl goes to Flex, which has no Flex Flow for +12025550134",
      "shop.smsUrl goes to Proxy, and +12025550134 is not in the pool of a Proxy service",
    ],
  ],
]);

testRule(numberOneHandler, [
  [
    "an application",
    set("main", { smsApplicationSid: sid("AP", 1) }),
    [`main.smsApplicationSid is ${sid("AP", 1)}, which gets the messages in place of smsUrl`],
  ],
  ["an application alone", set("main", { smsApplicationSid: sid("AP", 1), smsUrl: undefined }), []],
  ["one not known yet", set("main", { smsApplicationSid: UNKNOWN }), []],
]);

const studioWebhook = (channelSid: unknown) => (resources: Centre) => {
  resources.studio = planned("twilio:chat:ChannelWebhook", "studio", {
    channelSid,
    type: "studio",
    configuration: { flowSid: sid("FW", 1) },
  });
};
const customOnly = both(remove("main"), remove("main-pool"), remove("main-flow"));

testRule(chatHandlersExclusive, [
  [
    "a Studio flow beside a handler",
    studioWebhook(sid("CH", 1)),
    ["studio.type is studio, and archive handles messages of the same channel"],
  ],
  ["a Studio flow in another channel", studioWebhook(sid("CH", 2)), []],
  ["a channel not known yet", studioWebhook(UNKNOWN), []],
  [
    "a Studio flow beside a webhook that hears no messages",
    both(studioWebhook(sid("CH", 1)), (resources) => {
      at(resources, "archive").properties.configuration = { filters: ["onMemberAdded"] };
    }),
    [],
  ],
  ["no number of Flex, and nothing of Flex in chat", customOnly, []],
  [
    "a Studio flow, and no number of Flex",
    both(customOnly, studioWebhook(sid("CH", 2))),
    ["studio.type is studio, though no number is handled by Flex"],
  ],
  [
    "the chat service calls Flex, and no number of Flex",
    both(customOnly, set("chat", { preWebhookUrl: "https://webhooks.twilio.com/v1/Accounts/AC/Flex" })),
    ["chat.preWebhookUrl goes to a handler of Flex, though no number is handled by Flex"],
  ],
]);
