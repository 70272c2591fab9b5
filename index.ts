import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import * as pulumi from "@pulumi/pulumi";
import { FlexMessaging } from "./components/index.ts";
import { localTwilio, readConfig } from "./config/index.ts";

const flex = new FlexMessaging("flex", { ...readConfig(), localTwilio: localTwilio() });

// What flex-stack adopt wrote for this stack because the configuration has no words for it.
const adopted = resolve("adopted", pulumi.getStack(), "index.ts");
if (existsSync(adopted)) {
  const part = (await import(pathToFileURL(adopted).href)) as { default(flex: FlexMessaging): void };
  part.default(flex);
}

export const workspaceSid = flex.routing.workspaceSid;
export const queueSids = flex.routing.queueSids;
export const workflowSids = flex.routing.workflowSids;
export const taskChannelSids = flex.routing.taskChannelSids;
export const chatServiceSid = flex.chat.sid;
export const chatRoleSids = flex.chat.roleSids;
export const proxyServiceSid = flex.proxy?.sid ?? null;
export const messagingFlowSid = flex.messagingFlow.sid;
/** Who gets the messages of which number. */
export const numbers = Object.fromEntries(
  Object.entries(flex.messageHandling).map(([key, { kind, phoneNumber, sid, flexFlowSid, address }]) => [
    key,
    { phoneNumber, kind, sid, flexFlowSid, addressSid: address?.sid },
  ]),
);
export const consoleUrls = flex.consoleUrls;
