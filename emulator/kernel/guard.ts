import { isIP } from "node:net";
import { TwilioError } from "./errors.ts";

/** What a request says of where it comes from. */
export type GuardedHeaders = Readonly<Record<string, string | string[] | undefined>>;

/**
 * Whether the name in a Host header is this machine's: a loopback name, an address, or one of those given. A page of
 * somebody else's can have its own name lead here, but not one of these.
 */
export function isOwnHost(host: string, names: readonly string[] = []): boolean {
  const name = nameOf(host);
  return name === "localhost" || name.endsWith(".localhost") || isIP(name) !== 0 || names.includes(name);
}

/**
 * Why a request to an endpoint of the local Twilio's own is refused: another page in the browser sends it, or a browser
 * that took this for somebody else's host (DNS rebinding). Programs, which say nothing of the kind, are never refused.
 *
 * @param names by which the local Twilio may be reached besides loopback names and addresses
 */
export function refusalOf(headers: GuardedHeaders, names: readonly string[] = []): TwilioError | undefined {
  const host = text(headers["host"]);
  const origin = headers["origin"];
  if (origin !== undefined && !isOriginOf(text(origin), host)) {
    return refused(
      `it comes from a page of ${quoted(text(origin))}, and only the local Twilio's own page may use its endpoints`,
    );
  }
  const site = text(headers["sec-fetch-site"]);
  if (site === "cross-site" || site === "same-site")
    return refused("it comes from another page, and only the local Twilio's own page may use its endpoints");
  if (isBrowser(headers) && !isOwnHost(host, names)) {
    return refused(
      `a browser asked ${quoted(host)} for it, which is no name of this machine's. Open the address that the local ` +
        "Twilio printed, or name this host when you start it (--allow-host)",
    );
  }
  return undefined;
}

/**
 * Whether a browser sends a request. Each sends Accept-Language, which a page can change and can't take away; so do Node's
 * fetch and nothing else that programs use, and it is known by a Sec- header, which no page can set, without its others.
 */
function isBrowser(headers: GuardedHeaders): boolean {
  const isNode = headers["sec-fetch-mode"] !== undefined && headers["sec-fetch-site"] === undefined;
  return (
    ["origin", "sec-fetch-site", "referer", "cookie"].some((name) => headers[name] !== undefined) ||
    (headers["accept-language"] !== undefined && !isNode) ||
    text(headers["user-agent"]).startsWith("Mozilla/")
  );
}

function isOriginOf(origin: string, host: string): boolean {
  const url = URL.parse(origin);
  // A proxy may end TLS in front of it.
  return url !== null && ["http:", "https:"].includes(url.protocol) && url.host === host.toLowerCase();
}

/** `127.0.0.1` of `127.0.0.1:4100`, `::1` of `[::1]:4100`. */
function nameOf(host: string): string {
  const [, address, name] = /^(?:\[([^\]]*)\]|([^:]*))(?::\d+)?$/.exec(host.toLowerCase()) ?? [];
  return address ?? name?.replace(/\.$/, "") ?? "";
}

function refused(why: string): TwilioError {
  return new TwilioError(403, 20403, `The local Twilio refuses this request: ${why}.`);
}

const quoted = (value: string): string => JSON.stringify(value.slice(0, 100));

const text = (value: string | string[] | undefined): string =>
  Array.isArray(value) ? value.join(",") : (value ?? "");
