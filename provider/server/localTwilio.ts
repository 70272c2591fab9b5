/** Where a local Twilio says what it is; no credentials are needed to ask. */
export const healthPath = "/_emulator/health";

/** What a local Twilio calls itself, and the version of it that this program can use. */
const ours = { name: "flex-messaging local Twilio", version: 1 } as const;

/** What an answer to `GET /_emulator/health` proves. */
export type Recognition =
  | { kind: "local"; identity: string }
  /** A local Twilio, of a version that can't be used: what is to be said of it. */
  | { kind: "incompatible"; what: string }
  /** Something else: what it does that a local Twilio would not. */
  | { kind: "stranger"; what: string };

/**
 * Whether an answer is that of a local Twilio, and of which one. Whatever else answers on the port, with 200 or not,
 * is a stranger, and gets no credentials.
 */
export function recognize({ status, body }: { status: number; body: string }): Recognition {
  if (status !== 200) return { kind: "stranger", what: `it answers ${status} to GET ${healthPath}` };
  const { name, version, identity, status: health, hosts } = fields(body);
  // Before it had a name, it said no more than this.
  if (name === undefined && health === "ok" && Array.isArray(hosts))
    return { kind: "incompatible", what: "is of an older version, which does not say which one it is" };
  if (name !== ours.name)
    return { kind: "stranger", what: `it does not say at ${healthPath} that it is one` };
  if (version !== ours.version) {
    const direction = typeof version === "number" && version > ours.version ? "a newer" : "another";
    return { kind: "incompatible", what: `is of ${direction} version (${JSON.stringify(version)})` };
  }
  if (typeof identity !== "string" || !/^[0-9a-f]{32}$/.test(identity))
    return { kind: "stranger", what: `it does not say at ${healthPath} which one it is` };
  return { kind: "local", identity };
}

function fields(body: string): { readonly [name: string]: unknown } {
  try {
    const parsed: unknown = JSON.parse(body);
    return typeof parsed === "object" && parsed !== null ? { ...parsed } : {};
  } catch {
    return {};
  }
}

/** Whether a host name is this machine's: nothing but a local Twilio is expected there. */
export function isLoopback(hostname: string): boolean {
  const host = hostname.replace(/^\[(.*)\]$/, "$1");
  return host === "localhost" || host === "::1" || /^127(\.\d+){3}$/.test(host);
}

/** As much of an identity as people need to tell two apart. In two parts: one of eight digits would be taken for a phone number. */
export function shortIdentity(identity: string): string {
  return `${identity.slice(0, 4)}-${identity.slice(4, 8)}`;
}
