import type { Twilio } from "twilio";

import { TwilioError } from "../engine/errors.ts";
import type { SdkRequest, SdkResponse } from "./transport.ts";

export interface SdkClientOptions {
  username: string;
  password: string;
  accountSid: string;
  region?: string;
  edge?: string;
  /** Carries the requests. */
  http: { request(request: SdkRequest): Promise<SdkResponse> };
}

/**
 * A client of the official twilio SDK over our transport. Refusals come as TwilioError. The SDK is only
 * loaded here, since a preview without changes does not need it.
 */
export async function sdkClient(options: SdkClientOptions): Promise<Twilio> {
  // By its file: the package's own also loads what webhooks, tokens and TwiML take.
  const { default: Client } = await import("twilio/lib/rest/Twilio.js");
  const request = async (sent: SdkRequest): Promise<SdkResponse> => {
    const answer = await options.http.request(sent);
    if (answer.statusCode >= 400) throw TwilioError.from(answer.statusCode, answer.body);
    return answer;
  };
  // The SDK calls `request` and nothing else of its HTTP client.
  const httpClient = { request } as unknown as NonNullable<
    NonNullable<ConstructorParameters<typeof Twilio>[2]>["httpClient"]
  >;
  return new Client(options.username, options.password, {
    accountSid: options.accountSid,
    // "" keeps the SDK from the environment variables: the configuration has read them already.
    region: options.region ?? "",
    edge: options.edge ?? "",
    httpClient,
  });
}
