import { ref } from "../case.ts";
import type { Case } from "../case.ts";

export const proxy: Case[] = [
  {
    name: "proxy",
    token: "twilio:proxy:Service",
    inputs: {
      uniqueName: "Numbers",
      defaultTtl: 3600,
      callbackUrl: "https://example.com/interaction",
      geoMatchLevel: "area-code",
      numberSelectionBehavior: "avoid-sticky",
      interceptCallbackUrl: "https://example.com/intercept",
      outOfSessionCallbackUrl: "https://example.com/out-of-session",
      chatInstanceSid: ref("chat.sid"),
    },
    update: { defaultTtl: 7200 },
    drift: {
      uniqueName: "Other",
      defaultTtl: 1,
      callbackUrl: "",
      geoMatchLevel: "country",
      numberSelectionBehavior: "prefer-sticky",
      interceptCallbackUrl: "https://example.com/other",
      outOfSessionCallbackUrl: "https://example.com/other",
      chatInstanceSid: "",
    },
    cleared: {
      defaultTtl: 0,
      callbackUrl: null,
      geoMatchLevel: "country",
      numberSelectionBehavior: "prefer-sticky",
      interceptCallbackUrl: null,
      chatInstanceSid: null,
    },
    at: (client, sid) => client.proxy.v1.services(sid),
  },
  {
    name: "proxyNumber",
    token: "twilio:proxy:PhoneNumber",
    inputs: { serviceSid: ref("proxy.sid"), phoneNumberSid: ref("pooled.sid"), isReserved: true },
    update: { isReserved: false },
    drift: { isReserved: true },
    at: (client, service, sid) => client.proxy.v1.services(service).phoneNumbers(sid),
  },
];
