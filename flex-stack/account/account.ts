import type { Twilio } from "twilio";
import {
  Account,
  ConnectionError,
  explainConnection,
  sdkClient,
  TwilioError,
  UserError,
} from "../../provider/access.ts";
import { ExitCode } from "../failure/exit-code.ts";
import { Failure } from "../failure/failure.ts";
import type { StackRun } from "../session/stack-run.ts";
import { type Carrier, readOnly } from "./read-only.ts";
import { accountSettings } from "./settings.ts";

/** The account of a stack, to be read from. */
export interface TwilioAccount {
  readonly accountSid: string;
  /** What stands in for Twilio; undefined at Twilio itself. */
  readonly endpoint: string | undefined;
  /** The official SDK. It sends GET and nothing else; refusals come as `TwilioError`. */
  readonly client: Twilio;
  /** Requests sent so far, those sent again included. */
  readonly calls: number;
  /** The time at Twilio, in milliseconds since 1970. */
  now(): number;
}

export interface AccountOptions {
  /** Times a request is sent again at most. @default `twilio:maxRetries` */
  readonly maxRetries?: number;
}

/**
 * Opens the account that a stack acts on, with credentials and endpoint as the provider resolves them, and closes it
 * after `body`. At most `twilio:maxConcurrency` requests are open at once; 429 is waited out as Retry-After says.
 *
 * @throws Failure when the settings are wrong, Twilio refuses the credentials or nothing answers
 */
export async function withAccount<T>(
  run: StackRun,
  body: (account: TwilioAccount) => Promise<T>,
  options: AccountOptions = {},
): Promise<T> {
  return opened(run, (account) => body(account), options);
}

/**
 * The same for a command that writes, too. `writer` sends each request to Twilio once at most: an answer that is lost is
 * a lost connection, and whoever asked has to look what became of it.
 *
 * @throws Failure as `withAccount`
 */
export async function withWritableAccount<T>(
  run: StackRun,
  body: (account: TwilioAccount, writer: Twilio) => Promise<T>,
  options: AccountOptions = {},
): Promise<T> {
  return opened(run, async (account, connect) => body(account, await connect()), options);
}

async function opened<T>(
  run: StackRun,
  body: (account: TwilioAccount, connect: () => Promise<Twilio>) => Promise<T>,
  { maxRetries = Infinity }: AccountOptions,
): Promise<T> {
  const given = await accountSettings(run.session);
  const settings = { ...given, maxRetries: Math.min(given.maxRetries, maxRetries) };
  const { accountSid, username, password, region, edge } = settings;
  // What else is on its way when one request fails would be sent again for minutes to a local Twilio that is closed.
  const ended = new AbortController();
  const account = new Account(settings, AbortSignal.any([run.signal, ended.signal]));
  try {
    await verify(account, run);
    const ahead = await run.twilio?.clockOffset();
    const connect = (http: Carrier): Promise<Twilio> =>
      sdkClient({
        accountSid,
        username,
        password,
        ...(region !== undefined && { region }),
        ...(edge !== undefined && { edge }),
        http,
      });
    const client = await connect(readOnly(account.transport.resending));
    const { once } = account.transport;
    const opening: TwilioAccount = {
      accountSid,
      endpoint: account.endpoint,
      client,
      get calls() {
        return account.transport.requests;
      },
      now: () => (ahead === undefined ? account.transport.serverTime() : Date.now() + ahead),
    };
    return await body(opening, () => connect(settings.readOnly ? readOnly(once) : once));
  } catch (error) {
    throw explained(error, account);
  } finally {
    ended.abort();
    account.transport.close();
  }
}

/** Whose credentials these are. One that may not see the account itself may still see what matters. */
async function verify(account: Account, { session }: StackRun): Promise<void> {
  try {
    await account.clients();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    if (error.cause instanceof TwilioError && error.cause.status === 403) return;
    const [what = "", ...fix] = error.message.split("\nFix: ");
    throw new Failure({
      what: sentence(`Stack "${session.name}" can't be read: ${what}`),
      fix: fix.join("\n"),
      exitCode: error.cause instanceof ConnectionError ? ExitCode.failed : ExitCode.authentication,
      cause: error,
    });
  }
}

function explained(error: unknown, { endpoint }: Account): unknown {
  if (error instanceof TwilioError) return twilioFailure(error);
  if (!(error instanceof ConnectionError)) return error;
  const [what = "", ...fix] = explainConnection(error, endpoint).split("\nFix: ");
  return new Failure({ what: sentence(what), fix: fix.join("\n"), cause: error });
}

/** A refusal that nobody expected, with Twilio's words, status and code. */
function twilioFailure(error: TwilioError): Failure {
  return new Failure({
    what: `Twilio refused a request: ${sentence(error.message)}`,
    why: refusalFacts(error),
    exitCode: error.status === 401 ? ExitCode.authentication : ExitCode.failed,
    cause: error,
  });
}

/** `HTTP 403, Twilio error 20003, https://www.twilio.com/docs/errors/20003` */
export function refusalFacts({ status, code, moreInfo }: TwilioError): string {
  const facts = [
    status === undefined ? undefined : `HTTP ${status}`,
    code === undefined ? undefined : `Twilio error ${code}`,
    moreInfo,
  ];
  return facts.filter((fact) => fact !== undefined).join(", ");
}

function sentence(text: string): string {
  const first = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(first) ? first : `${first}.`;
}
