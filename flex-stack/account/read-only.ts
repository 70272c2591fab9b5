import type { SdkRequest, SdkResponse } from "../../provider/access.ts";

/** What carries the SDK's requests. */
export interface Carrier {
  request(request: SdkRequest): Promise<SdkResponse>;
}

/** Lets nothing through but GET: whoever looks for a fault must not cause one. */
export function readOnly(carrier: Carrier): Carrier {
  return {
    request: (request) => {
      if (request.method.toUpperCase() === "GET") return carrier.request(request);
      const { host, pathname } = new URL(request.uri);
      return Promise.reject(
        new Error(`This command only reads; ${request.method} ${host}${pathname} was not sent.`),
      );
    },
  };
}
