import type { Exchange } from "./exchange.ts";

/** Operations that Twilio has and documents nowhere. */
const undocumented: readonly {
  readonly method: string;
  readonly host: string;
  readonly path: RegExp;
  /** Where they are seen. */
  readonly source: string;
}[] = [
  {
    method: "POST",
    host: "flex-api.twilio.com",
    path: /^\/v1\/Channels\/CH\w{32}\/Roles\/\w+\/Users$/,
    source: "how Flex UI 1.34 adds an agent to a chat channel",
  },
  {
    method: "POST",
    host: "flex-api.twilio.com",
    path: /^\/v1\/Accounts\/AC\w{32}\/Tokens\/Info$/,
    source: "how Flex UI 2.17 asks whose token it has",
  },
  {
    method: "POST",
    host: "flex-api.twilio.com",
    path: /^\/v1\/Interactions\/KD\w{32}\/Channels\/UO\w{32}\/Invites\/KG\w{32}$/,
    source: "how Flex UI 2.17 accepts and declines for an agent",
  },
  {
    method: "POST",
    host: "flex-api.twilio.com",
    path: /^\/v1\/Instances\/GO\w{32}\/Interactions\/KD\w{32}\/Channels\/UO\w{32}\/Transfers$/,
    source: "how Flex UI 2.17 hands a conversation to another agent",
  },
  {
    method: "GET",
    host: "api.twilio.com",
    path: /^\/2010-04-01\/Accounts\/AC\w{32}\/Messages\/MM\w{32}\/Media\/ME\w{32}$/,
    source: "https://www.twilio.com/docs/messaging/api/media-resource, fetched without .json",
  },
];

/** What Flex UI 2.17 asks of documented operations in its own words: JSON where the documents have forms, and two queries. */
const ofFlexUi =
  /^\/v1\/Interactions\/KD\w{32}\/Channels\/UO\w{32}(?:\/Participants(?:\/UT\w{32})?|\/Invites)?$/;

/** Whether a request is said as Flex UI says it and as no document does; what it asks for and its answer are documented. */
export function isAskedByFlexUi({ method, host, path, query, contentType }: Exchange): boolean {
  if (host !== "flex-api.twilio.com" || !ofFlexUi.test(path)) return false;
  if (method === "POST") return contentType === "application/json";
  return path.endsWith("/Participants") && /^(?:status=all|taskSid=WT\w{32}|&)+$/.test(query);
}

/** Whether an exchange is with one of those. */
export function isKnownUndocumented({ method, host, path }: Exchange): boolean {
  return undocumented.some(
    (known) => known.method === method && known.host === host && known.path.test(path),
  );
}
