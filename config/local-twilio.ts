import { allConfig } from "@pulumi/pulumi/runtime/config.js";

const loopback = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/;

/** Address of the local Twilio that a stack is on, as `twilio:endpoint` names it; undefined for one that is at Twilio. */
export function localTwilio(endpoint = allConfig()["twilio:endpoint"]): string | undefined {
  const url = endpoint === undefined ? null : URL.parse(endpoint);
  return url !== null && loopback.test(url.hostname) ? url.origin : undefined;
}
