import type { TwilioHttp } from "./twilio-http.ts";

/** Somebody outside who writes. */
export interface Customer {
  /** Lets a message of theirs come in. @returns its SID */
  write(body: string, mediaUrls: readonly string[]): Promise<string>;
}

/** A customer with a phone. */
export function texter(http: TwilioHttp, from: string, to: string): Customer {
  return { write: (body, mediaUrls) => comeIn(http, { from, to, body, mediaUrls }) };
}

/** Has a message come in at the local Twilio. @returns its SID */
export async function comeIn(http: TwilioHttp, json: object): Promise<string> {
  return (await http.send<{ sid: string }>({ method: "POST", url: "/_emulator/messages", json })).sid;
}
