import { withoutCredentials } from "../../config/credential.ts";
import { isLoopback } from "../../provider/access.ts";
import { ExitCode } from "../failure/exit-code.ts";
import { Failure } from "../failure/failure.ts";

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
  const port = /^https?:\/\/(?:[^/?#]*@)?(?:\[[^\]]*\]|[^/?#:]*):(\d+)(?:[/?#]|$)/i.exec(text)?.[1];
  if (port !== undefined && (Number(port) < 1 || Number(port) > 65_535))
    throw refused(text, stack, `Ports go from 1 to 65535, and ${port} is none of them.`);
  const web = url !== null && /^https?:$/.test(url.protocol);
  if (!web || url.username !== "" || url.password !== "" || url.search !== "" || url.hash !== "") {
    throw refused(text, stack, whyNot(text, web));
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

function whyNot(text: string, isWeb: boolean): string {
  if (isWeb) return "It must be nothing but protocol, host, port and path; credentials stand beside it.";
  if (!/^https?:\/\//i.test(text)) return "It must start with http:// or https://.";
  return "After http:// or https:// it must name a host, and may name a port.";
}

function refused(text: string, stack: string, why: string): Failure {
  return new Failure({
    what: `twilio:endpoint of stack "${stack}" is not an address: ${JSON.stringify(withoutCredentials("", text))}.`,
    why,
    fix: `npx pulumi config set twilio:endpoint http://127.0.0.1:4100 --stack ${stack}`,
    exitCode: ExitCode.usage,
  });
}
