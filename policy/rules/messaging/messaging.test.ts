import { describe, expect, test } from "@jest/globals";
import { centre, handler, planned, proxyUrl, sid, type Centre } from "../../testing/centre.ts";
import { at, remove, set, testRule, violationsOf } from "../../testing/test-rule.ts";
import { UNKNOWN } from "../../unknown.ts";
import { chatHandlersExclusive } from "./chat-handlers-exclusive.ts";
import { conversationsAlone } from "./conversations-alone.ts";
import { conversationsKeptAlone } from "./conversations-kept-alone.ts";
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

const studioWebhook = (channelSid: unknown) => (resources: Centre) => {
  resources.studio = planned("twilio:chat:ChannelWebhook", "studio", {
    channelSid,
    type: "studio",
    configuration: { flowSid: sid("FW", 1) },
  });
};

const opening = (change: Record<string, unknown>) => (resources: Centre) => {
  const { properties } = at(resources, "talk-address");
  properties.autoCreation = { ...(properties.autoCreation as object), ...change };
};
const pool = (place: Record<string, unknown>) => (resources: Centre) => {
  resources.pool = planned("twilio:proxy:PhoneNumber", "pool", { serviceSid: sid("KS", 1), ...place });
};
const off = opening({ enabled: false });
/** The number of Flex, opened to conversations with everything else left as it was. */
const mainToo = (resources: Centre) => {
  resources.moved = planned("twilio:conversations:Address", "moved", {
    type: "SMS",
    address: "+12025550112",
    autoCreation: { enabled: true, type: "default" },
  });
};
const flexToo = addFlexFlow({ contactIdentity: "+12025550156" });
const flexTooRefused =
  "added.enabled is true for +12025550156, whose messages open conversations (talk-address)";
const beside = (property: string) =>
  `talk.${property} is set, and so answers +12025550156 beside the conversations of talk-address`;
const pooled =
  "pool gives +12025550156 the URL of Proxy, which answers beside the conversations of talk-address";

const sender = (resources: Centre) => {
  const properties = { serviceSid: sid("MG", 1), phoneNumberSid: sid("PN", 3) };
  resources.sender = planned("twilio:messaging:PhoneNumber", "sender", properties);
};

testRule(conversationsAlone, [
  ["an enabled Flex Flow", flexToo, [flexTooRefused]],
  [
    "a Flex Flow, with the Address as Twilio makes it",
    both(flexToo, opening({ enabled: undefined })),
    [flexTooRefused],
  ],
  ["one that is off", addFlexFlow({ contactIdentity: "+12025550156", enabled: false }), []],
  ["one for every other number", addFlexFlow({}), []],
  ["a Flex Flow, and the Address is off", both(flexToo, off), []],
  [
    "a Flex Flow, and whether the Address is on is not known yet",
    both(flexToo, opening({ enabled: UNKNOWN })),
    [],
  ],
  [
    "a Flex Flow, and nothing of the Address is known yet",
    both(flexToo, set("talk-address", { autoCreation: UNKNOWN })),
    [],
  ],
  [
    "a Flex Flow of WhatsApp",
    (resources) => {
      set("talk-address", { type: "whatsapp", address: "whatsapp:+12025550156" })(resources);
      addFlexFlow({ channelType: "whatsapp", contactIdentity: "whatsapp:+12025550156" })(resources);
    },
    ["added.enabled is true for whatsapp:+12025550156, whose messages open conversations (talk-address)"],
  ],
  ["the URL of Proxy", set("talk", { smsUrl: proxyUrl }), [beside("smsUrl")]],
  ["a handler of somebody's own", set("talk", { smsUrl: `${handler}/sms` }), [beside("smsUrl")]],
  [
    "a demo page of Twilio",
    set("talk", { smsUrl: "https://demo.twilio.com/welcome/sms/reply" }),
    [beside("smsUrl")],
  ],
  ["an application", set("talk", { smsApplicationSid: sid("AP", 1) }), [beside("smsApplicationSid")]],
  ["a URL, and the Address is off", both(set("talk", { smsUrl: proxyUrl }), off), []],
  ["a URL not known yet", set("talk", { smsUrl: UNKNOWN }), []],
  [
    "a URL, and the Address is of WhatsApp",
    both(set("talk", { smsUrl: proxyUrl }), set("talk-address", { type: "whatsapp" })),
    [],
  ],
  [
    "an Address not known yet",
    both(set("talk", { smsUrl: proxyUrl }), set("talk-address", { address: UNKNOWN })),
    [],
  ],
  [
    "a pool, which writes the URL that the program leaves out",
    both(pool({ phoneNumber: "+12025550156" }), set("talk", { smsUrl: undefined })),
    [pooled],
  ],
  [
    "a pool by SID",
    both(pool({ phoneNumberSid: sid("PN", 3) }), set("talk", { smsUrl: undefined })),
    [pooled],
  ],
  [
    "a pool, and a number that is not declared",
    both(pool({ phoneNumber: "+12025550156" }), remove("talk")),
    [pooled],
  ],
  ["a pool, and a URL that stays empty", pool({ phoneNumber: "+12025550156" }), []],
  [
    "a URL, of a sender whose Messaging Service takes the texts",
    both(set("talk", { smsUrl: proxyUrl }), sender),
    [],
  ],
  [
    "a URL, of a sender whose Messaging Service sends them on",
    both(
      set("talk", { smsUrl: proxyUrl }),
      (resources) =>
        void (resources.service = planned("twilio:messaging:Service", "service", {
          sid: sid("MG", 1),
          useInboundWebhookOnNumber: true,
        })),
      sender,
    ),
    [beside("smsUrl")],
  ],
  [
    "the number of Flex, moved in half",
    mainToo,
    [
      "main-flow.enabled is true for +12025550112, whose messages open conversations (moved)",
      "main.smsUrl is set, and so answers +12025550112 beside the conversations of moved",
    ],
  ],
]);

testRule(conversationsKeptAlone, [
  [
    "a URL that is left to others",
    set("talk", { smsUrl: undefined }),
    ["talk.smsUrl is left to others, though talk-address opens conversations for +12025550156"],
  ],
  ["a URL that is left to others, and the Address is off", both(set("talk", { smsUrl: undefined }), off), []],
  ["a URL not known yet", both(set("talk", { smsUrl: UNKNOWN }), pool({ phoneNumber: "+12025550156" })), []],
  [
    "a pool, for its open sessions",
    pool({ phoneNumberSid: sid("PN", 3) }),
    ["pool keeps +12025550156 in a pool of Proxy, though its messages open conversations (talk-address)"],
  ],
  [
    "a pool, and a Flex Flow that is kept for the way back",
    both(
      pool({ phoneNumberSid: sid("PN", 3) }),
      addFlexFlow({ contactIdentity: "+12025550156", enabled: false }),
    ),
    [],
  ],
  [
    "a pool that writes the URL",
    both(set("talk", { smsUrl: undefined }), pool({ phoneNumber: "+12025550156" })),
    [],
  ],
  ["a number that is not declared", remove("talk"), []],
]);

describe("rules of the other kinds leave a number of Conversations alone", () => {
  const cases: [string, (resources: Centre) => void][] = [
    ["moved in half, its URL at Proxy", both(mainToo, remove("main-flow"), remove("main-pool"))],
    ["with a Flex Flow that waits in vain", flexToo],
    ["with a handler beside it", both(set("talk", { smsUrl: `${handler}/sms` }), flexToo)],
    ["whose Address may be on", both(flexToo, opening({ enabled: UNKNOWN }))],
    [
      "as the only part that Flex has in messages",
      both(remove("main"), remove("main-pool"), remove("main-flow"), studioWebhook(sid("CH", 2))),
    ],
  ];
  test.each(cases)("%s", (_, spoil) => {
    const resources = centre();
    spoil(resources);
    const others = [flexNumberComplete, customExcludesFlex, chatHandlersExclusive, numberOneHandler];
    expect(others.flatMap((rule) => violationsOf(rule, resources))).toEqual([]);
  });

  test("but not one whose Address is off", () => {
    const resources = centre();
    both(flexToo, off)(resources);
    expect(violationsOf(flexNumberComplete, resources)).toEqual([
      "talk.smsUrl is empty, so that no message of +12025550156 comes to added, which is enabled for it",
    ]);
  });
});

testRule(numberOneHandler, [
  [
    "an application",
    set("main", { smsApplicationSid: sid("AP", 1) }),
    [`main.smsApplicationSid is ${sid("AP", 1)}, which gets the messages in place of smsUrl`],
  ],
  ["an application alone", set("main", { smsApplicationSid: sid("AP", 1), smsUrl: undefined }), []],
  ["one not known yet", set("main", { smsApplicationSid: UNKNOWN }), []],
]);

const customOnly = both(remove("main"), remove("main-pool"), remove("main-flow"), remove("talk-address"));

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
