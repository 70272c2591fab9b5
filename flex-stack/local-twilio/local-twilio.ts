import { join, relative } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { healthPath, recognize, type Recognition } from "../../provider/access.ts";
import { ExitCode } from "../failure/exit-code.ts";
import { Failure } from "../failure/failure.ts";
import type { Dialogue } from "../ports/dialogue.ts";
import { emulatorFailure } from "./emulator-failure.ts";
import type { Endpoint } from "./endpoint.ts";

/** The local Twilio for the time of one command. */
export interface LocalTwilio {
  /** Tells it from others: made with its database. */
  readonly identity: string;
  /** It runs for this command only. */
  readonly started: boolean;
  /** Requests it served so far; `undefined` when it can't tell. */
  requests(): Promise<number | undefined>;
  /** Milliseconds that its clock is ahead of this machine's; 0 when it can't tell. */
  clockOffset(): Promise<number>;
  /** Stops it, if this command started it. */
  close(): Promise<void>;
}

/** How long another local Twilio may take to start, in milliseconds. */
const startTime = 3000;

/** Where the database of the embedded local Twilio lies in a project. */
export const databaseFile = join(".local", "twilio.db");

/** Uses the local Twilio that listens at the endpoint, or starts one in this process. */
export async function useLocalTwilio(
  endpoint: Endpoint,
  projectFolder: string,
  dialogue: Pick<Dialogue, "print" | "complain">,
): Promise<LocalTwilio> {
  const identity = await runningIdentity(endpoint);
  if (identity !== undefined) {
    dialogue.print(`Local Twilio: using the one that listens on ${endpoint.url}.`);
    return { ...about(endpoint), identity, started: false, close: () => Promise.resolve() };
  }
  if (!endpoint.plain) {
    throw new Failure({
      what: `Nothing listens on ${endpoint.url}.`,
      why: "The local Twilio that this command could start serves http:// only.",
      fix: "Start what serves that address, or use http:// in twilio:endpoint.",
    });
  }
  const { defaults, startEmulator, StorageFault } = await import("../../emulator/index.ts");
  const file = join(projectFolder, databaseFile);
  // What a request is answered with is shown by whoever sent it.
  const [faults, answered] = [new Set<string>(), new Set<string>()];
  const emulator = await startEmulator({
    ...{ host: endpoint.host, port: endpoint.port, file },
    sink: { port: defaults.sinkPort, from: "first webhook" },
    onNote: (line) => dialogue.print(line),
    onError: (error) => {
      if (error instanceof StorageFault) faults.add(error.message);
      else console.error(error);
    },
    onFaultAnswered: ({ message }) => answered.add(message),
  }).catch((error: unknown) => emulatorFailure(error));
  if (emulator instanceof Failure) {
    const other = / in use\b/.test(emulator.what) ? await soon(() => runningIdentity(endpoint)) : undefined;
    // Not used: it goes with the command that started it, perhaps while this one is at work.
    throw other === undefined ? emulator : justStarted(endpoint, emulator);
  }
  dialogue.print(
    `Local Twilio: started on ${endpoint.url} for this command (${relative(projectFolder, file)}).`,
  );
  return {
    ...about(endpoint),
    identity: emulator.identity,
    started: true,
    close: async () => {
      await emulator.close();
      for (const fault of faults) if (!answered.has(fault)) dialogue.complain(fault);
    },
  };
}

/** What is there within seconds; undefined where it is not, then either. */
async function soon<T>(look: () => Promise<T | undefined>): Promise<T | undefined> {
  for (const until = Date.now() + startTime; Date.now() < until; await sleep(100)) {
    const found = await look();
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * Which local Twilio listens there; undefined where nothing does.
 *
 * @throws Failure when it is another program, or a local Twilio that can't be used: neither gets credentials
 */
export async function runningIdentity(endpoint: Endpoint): Promise<string | undefined> {
  let found: Recognition;
  try {
    found = await recognized(endpoint);
  } catch (error) {
    if (isRefused(error)) return undefined;
    if (isForbidden(error)) throw forbidden(endpoint, error);
    throw taken(endpoint, "It accepts connections but does not answer like the local Twilio.", error);
  }
  if (found.kind === "local") return found.identity;
  if (found.kind === "stranger") throw taken(endpoint, sentence(found.what));
  throw new Failure({
    what: `The local Twilio that listens on ${endpoint.url} ${found.what}.`,
    why: "Another version of this project started it.",
    fix: "End it (Ctrl-C where it runs), then run this again; npm run emulator starts this project's own.",
  });
}

/** Which local Twilio is behind an endpoint that may also be somebody's proxy to Twilio; undefined where it is none. */
export async function identityBehind(endpoint: Endpoint): Promise<string | undefined> {
  const found = await recognized(endpoint).catch(() => undefined);
  return found?.kind === "local" ? found.identity : undefined;
}

async function recognized(endpoint: Endpoint): Promise<Recognition> {
  const answer = await ask(endpoint, healthPath);
  return recognize({ status: answer.status, body: await answer.text() });
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function about(endpoint: Endpoint): Pick<LocalTwilio, "requests" | "clockOffset"> {
  return {
    requests: async () => {
      const total = await askFor(endpoint, "/_emulator/requests", "total");
      return typeof total === "number" ? total : undefined;
    },
    clockOffset: async () => {
      const now = await askFor(endpoint, "/_emulator/clock", "now");
      return typeof now === "string" ? Date.parse(now) - Date.now() : 0;
    },
  };
}

/** One value of what it answers; undefined when it does not say. */
async function askFor(endpoint: Endpoint, path: string, name: string): Promise<unknown> {
  try {
    const body: unknown = await (await ask(endpoint, path)).json();
    return typeof body === "object" && body !== null ? Reflect.get(body, name) : undefined;
  } catch {
    return undefined;
  }
}

function ask(endpoint: Endpoint, path: string): Promise<Response> {
  return fetch(`${endpoint.url}${path}`, {
    headers: { connection: "close" },
    // What sends on elsewhere is no local Twilio.
    redirect: "manual",
    signal: AbortSignal.timeout(5000),
  });
}

function isRefused(error: unknown): boolean {
  const { code } = causeOf(error);
  return code === "ECONNREFUSED" || code === "EADDRNOTAVAIL";
}

/** Ports of other protocols, such as 1 and 22, to which fetch sends nothing. */
function isForbidden(error: unknown): boolean {
  return causeOf(error).message === "bad port";
}

/** What fetch gives as the reason of its "fetch failed". */
function causeOf(error: unknown): { code?: unknown; message?: unknown } {
  const { cause } = (error ?? {}) as { cause?: unknown };
  return typeof cause === "object" && cause !== null ? cause : {};
}

function justStarted({ url }: Endpoint, cause: unknown): Failure {
  return new Failure({
    what: `Another command has just started the local Twilio of this project on ${url}; this one has done nothing.`,
    why: "Two commands began at the same time, and each would have started it.",
    fix: "Run it again when the other one has ended. npm run emulator keeps one running for several.",
    cause,
  });
}

function forbidden({ port }: Endpoint, cause: unknown): Failure {
  return new Failure({
    what: `Port ${port} is no port for HTTP: it belongs to another protocol, and nothing is sent to it.`,
    fix: "Take another port: twilio:endpoint in the stack's configuration, and --port of npm run emulator.",
    exitCode: ExitCode.usage,
    cause,
  });
}

function taken(endpoint: Endpoint, why: string, cause?: unknown): Failure {
  return new Failure({
    what: `Port ${endpoint.port} is used by another program.`,
    why,
    fix: "End that program, or take another port: twilio:endpoint in the stack's configuration, and --port of npm run emulator.",
    cause,
  });
}
