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
    method: "GET",
    host: "api.twilio.com",
    path: /^\/2010-04-01\/Accounts\/AC\w{32}\/Messages\/MM\w{32}\/Media\/ME\w{32}$/,
    source: "https://www.twilio.com/docs/messaging/api/media-resource, fetched without .json",
  },
];

/** Whether an exchange is with one of those. */
export function isKnownUndocumented({ method, host, path }: Exchange): boolean {
  return undocumented.some(
    (known) => known.method === method && known.host === host && known.path.test(path),
  );
}
