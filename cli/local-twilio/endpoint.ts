import { withoutCredentials } from "../../config/credential.ts";
import { isLoopback } from "../../provider/access.ts";
import { ExitCode } from "../exit-code.ts";
import { Failure } from "../failure.ts";

/** `twilio:endpoint` of a stack, read. */
export interface Endpoint {
  /** Without a slash at the end. */
  url: string;
  /** As a socket is bound to it: an IPv6 address without brackets. */
  host: string;
  port: number;
  /** On this machine: the local Twilio, not a real account. */
  loopback: boolean;
  /** Served over plain HTTP, as the local Twilio is. */
  plain: boolean;
}

export function parseEndpoint(text: string, stack: string): Endpoint {
  const url = URL.parse(text);
  const web = url !== null && /^https?:$/.test(url.protocol);
  if (!web || url.username !== "" || url.password !== "" || url.search !== "" || url.hash !== "") {
    throw new Failure({
      what: `twilio:endpoint of stack "${stack}" is not an address: ${JSON.stringify(withoutCredentials("", text))}.`,
      why: web
        ? "It must be nothing but protocol, host, port and path; credentials stand beside it."
        : "It must start with http:// or https://.",
      fix: `npx pulumi config set twilio:endpoint http://127.0.0.1:4100 --stack ${stack}`,
      exitCode: ExitCode.usage,
    });
  }
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
  return {
    url: text.replace(/\/+$/, ""),
    host,
    port: Number(url.port) || (url.protocol === "https:" ? 443 : 80),
    loopback: isLoopback(host),
    plain: url.protocol === "http:",
  };
}
