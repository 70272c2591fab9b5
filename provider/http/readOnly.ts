import { UserError } from "../engine/errors.ts";
import type { SdkRequest, SdkResponse } from "./transport.ts";

interface Carrier {
  request(request: SdkRequest): Promise<SdkResponse>;
}

/** What sends something and yet changes nothing at Twilio. */
const question = /^\/v2\/Flows\/Validate$/;

/** Lets through only what changes nothing at Twilio. */
export function readOnly(carrier: Carrier): Carrier {
  return {
    request: async (request) => {
      const { host, pathname } = new URL(request.uri);
      if (request.method.toUpperCase() === "GET" || question.test(pathname)) return carrier.request(request);
      throw new UserError(
        `${request.method.toUpperCase()} ${host}${pathname} was not sent: nothing may change at Twilio ` +
          "while TWILIO_PROVIDER_READ_ONLY is true",
      );
    },
  };
}
