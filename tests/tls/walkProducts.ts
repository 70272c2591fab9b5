/**
 * Walks through every product with the official SDK as it is, and prints a line of JSON for each: `{product, error}`.
 * Where the requests go is up to the environment alone, as with any program that uses the SDK.
 */
import twilio from "twilio";
import { walkApi } from "../conformance/walk/api.ts";
import { walkChat } from "../conformance/walk/chat.ts";
import { walkConversations } from "../conformance/walk/conversations.ts";
import { walkFlex } from "../conformance/walk/flex.ts";
import { walkMessaging } from "../conformance/walk/messaging.ts";
import { walkProxy } from "../conformance/walk/proxy.ts";
import { walkStudio } from "../conformance/walk/studio.ts";
import { walkTaskRouter } from "../conformance/walk/taskrouter.ts";

const walks = {
  taskrouter: walkTaskRouter,
  chat: walkChat,
  conversations: walkConversations,
  proxy: walkProxy,
  studio: walkStudio,
  "flex-api": walkFlex,
  api: walkApi,
  messaging: walkMessaging,
};

// The SDK takes TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN when it is given nothing.
const client = twilio();
for (const [product, walk] of Object.entries(walks)) {
  const error = await walk(client).then(
    () => null,
    (reason: unknown) => String(reason),
  );
  console.log(JSON.stringify({ product, error }));
}
