import type { Cut, Stage } from "./stage.ts";
import type { Wiring } from "./world.ts";

/** What the account has otherwise than a stage says, a sentence each; none where it is as far. */
export function differences(
  stage: Stage,
  cut: Cut,
  found: Wiring,
  messagingServiceSid?: unknown,
): readonly string[] {
  const wanted = wiringAt(stage, cut);
  if (wanted === undefined) return [];
  const said: string[] = [];
  if (found.flexFlow !== wanted.flexFlow) said.push(flexFlowSentences[found.flexFlow]);
  if (found.address !== wanted.address) said.push(addressSentences[found.address]);
  if (found.isPooled !== wanted.isPooled)
    said.push(`The number is ${found.isPooled ? "" : "not "}in the Proxy pool.`);
  if (found.smsUrl !== wanted.smsUrl) said.push(urlSentences[found.smsUrl]);
  if (stage === "cut" && cut === "pool" && found.service !== messagingServiceSid)
    said.push(
      `The number is ${found.service === undefined ? "no sender of a" : `a sender of ${found.service}, not of the configured`} Messaging Service.`,
    );
  return said;
}

type Wanted = Omit<Wiring, "service">;

function wiringAt(stage: Stage, cut: Cut): Wanted | undefined {
  const old = { flexFlow: "on", isPooled: true, smsUrl: "proxy" } as const;
  switch (stage) {
    case "legacy":
      return { ...old, address: "none" };
    case "prepared":
      return { ...old, address: cut === "pool" ? "none" : "off" };
    case "cut":
      return { flexFlow: "off", address: "on", isPooled: true, smsUrl: cut === "pool" ? "proxy" : "empty" };
    case "done":
      return { flexFlow: "none", address: "on", isPooled: false, smsUrl: "empty" };
    case "custom":
      return undefined;
  }
}

const flexFlowSentences = {
  on: "Its Flex Flow is on.",
  off: "Its Flex Flow is off.",
  none: "There is no Flex Flow.",
} as const;

const addressSentences = {
  on: "Its Address opens conversations.",
  off: "Its Address is off.",
  none: "There is no Address.",
} as const;

const urlSentences = {
  proxy: "Its SmsUrl leads to Proxy.",
  empty: "Its SmsUrl is empty.",
  other: "Its SmsUrl, or an application, leads elsewhere.",
} as const;

/** How a number stands, in words. */
export type Standing =
  "legacy" | "prepared" | "cutting over" | "on Conversations" | "cleaned up" | "custom: not moved by this";

/** @param isDone Whether the account is as the stage says. @param openChats Chats that are open in Chat and Proxy */
export function standingOf(stage: Stage, isDone: boolean, openChats: number): Standing {
  if (stage === "custom") return "custom: not moved by this";
  if (!isDone) return "cutting over";
  if (stage === "cut") return openChats > 0 ? "cutting over" : "on Conversations";
  return stage === "done" ? "cleaned up" : stage;
}
