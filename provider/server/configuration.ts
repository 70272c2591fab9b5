import { quote } from "../engine/quote.ts";
import { isSid } from "../engine/id.ts";
import { nearest } from "../engine/nearest.ts";
import { UNKNOWN } from "../engine/value.ts";
import type { Properties, Value } from "../engine/value.ts";
import { settings } from "../engine/settings.ts";
import type { Setting, SettingName } from "../engine/settings.ts";

/** How to reach one Twilio account. */
export interface Configuration {
  accountSid: string;
  /** The account's SID with its auth token, or an API key with its secret. */
  username: string;
  password: string;
  region?: string;
  edge?: string;
  endpoint?: URL;
  maxConcurrency: number;
  maxRetries: number;
  /** Nothing that could change something at Twilio is sent. */
  readOnly?: true;
}

export interface ConfigurationFailure {
  property: string;
  reason: string;
}

export interface ConfigurationResult {
  /** Absent when something is wrong, or not known yet. */
  configuration?: Configuration;
  failures: ConfigurationFailure[];
}

type Environment = { readonly [name: string]: string | undefined };

/**
 * Reads the provider's configuration and, for what it does not say, the environment. Credentials are
 * never put together from both. Everything that is wrong is said at once, without the values of secrets.
 */
export function readConfiguration(values: Properties, env: Environment): ConfigurationResult {
  const failures: ConfigurationFailure[] = strangers(values);
  const fail = (property: string, reason: string): undefined => void failures.push({ property, reason });
  if (Object.keys(settings).some((name) => values[name] === UNKNOWN)) return { failures };

  const text = (name: SettingName): string | undefined => {
    const value = values[name];
    if (value === undefined || value === null || value === "") return undefined;
    return typeof value === "string" ? value : fail(name, "must be a text");
  };
  const credentials = readCredentials(text, env, fail);
  const endpoint = readEndpoint(text("endpoint"), fail);
  const maxConcurrency = readInteger("maxConcurrency", values["maxConcurrency"], fail);
  const maxRetries = readInteger("maxRetries", values["maxRetries"], fail);
  const region = readName("region", text("region") ?? env["TWILIO_REGION"], fail);
  const edge = readName("edge", text("edge") ?? env["TWILIO_EDGE"], fail);
  if (failures.length > 0 || credentials === undefined) return { failures };
  return {
    failures,
    configuration: {
      ...credentials,
      ...(endpoint !== undefined && { endpoint }),
      // Regions and edges are other host names, which the endpoint replaces.
      ...(endpoint === undefined && region !== undefined && { region }),
      ...(endpoint === undefined && edge !== undefined && { edge }),
      maxConcurrency,
      maxRetries,
      ...(env["TWILIO_PROVIDER_READ_ONLY"] === "true" && { readOnly: true as const }),
    },
  };
}

type Fail = (property: string, reason: string) => undefined;

function readCredentials(
  text: (name: SettingName) => string | undefined,
  env: Environment,
  fail: Fail,
): Pick<Configuration, "accountSid" | "username" | "password"> | undefined {
  const pinned = text("accountSid");
  if (pinned !== undefined && !isSid(pinned, "AC")) {
    return fail("accountSid", `must be AC and 32 hexadecimal digits, got ${quote(pinned)}`);
  }
  const [authToken, apiKey, apiSecret] = [text("authToken"), text("apiKey"), text("apiSecret")];
  const configured = authToken !== undefined || apiKey !== undefined || apiSecret !== undefined;
  if (configured) {
    if (pinned === undefined) {
      return fail(
        "accountSid",
        "is missing: credentials are configured, so name their account: pulumi config set twilio:accountSid AC…",
      );
    }
    return choose(pinned, { authToken, apiKey, apiSecret }, (name) => name, fail);
  }
  const account = env["TWILIO_ACCOUNT_SID"] || undefined;
  if (pinned !== undefined && account !== undefined && account !== pinned) {
    return fail(
      "accountSid",
      `pins this stack to account ${pinned}, but the environment has credentials of ${account} (TWILIO_ACCOUNT_SID). ` +
        `Use credentials of ${pinned}, or the stack of ${account}`,
    );
  }
  const accountSid = pinned ?? account;
  if (accountSid === undefined) {
    return fail(
      "accountSid",
      "is missing: set it and a credential with pulumi config set twilio:accountSid AC… and pulumi config set " +
        "--secret twilio:authToken, or set TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN (or TWILIO_API_KEY and " +
        "TWILIO_API_SECRET) in the environment",
    );
  }
  if (!isSid(accountSid, "AC")) {
    return fail(
      "accountSid",
      `must be AC and 32 hexadecimal digits, got ${quote(accountSid)} from TWILIO_ACCOUNT_SID`,
    );
  }
  const given = {
    authToken: env["TWILIO_AUTH_TOKEN"] || undefined,
    apiKey: env["TWILIO_API_KEY"] || undefined,
    apiSecret: env["TWILIO_API_SECRET"] || undefined,
  };
  // An environment often has both; the key is the narrower one.
  const complete = given.apiKey !== undefined && given.apiSecret !== undefined;
  return choose(
    accountSid,
    complete ? { ...given, authToken: undefined } : given,
    (name) => settings[name].env,
    fail,
  );
}

type CredentialName = "authToken" | "apiKey" | "apiSecret";

function choose(
  accountSid: string,
  given: { [name in CredentialName]: string | undefined },
  call: (name: CredentialName) => string,
  fail: Fail,
): Pick<Configuration, "accountSid" | "username" | "password"> | undefined {
  const { authToken, apiKey, apiSecret } = given;
  if (apiKey === undefined && apiSecret === undefined) {
    if (authToken !== undefined) return { accountSid, username: accountSid, password: authToken };
    return fail(
      "authToken",
      `is missing for account ${accountSid}: pulumi config set --secret twilio:authToken, or set TWILIO_AUTH_TOKEN in the environment`,
    );
  }
  if (authToken !== undefined) {
    // Pulumi shows the value of the property it is said of: none that is secret.
    return fail("apiKey", `or its secret is given beside ${call("authToken")}; keep one kind of credential`);
  }
  if (apiSecret === undefined) return fail("apiSecret", `is missing: it belongs to ${call("apiKey")}`);
  if (apiKey === undefined) return fail("apiKey", `is missing: it belongs to ${call("apiSecret")}`);
  if (!isSid(apiKey, "SK")) return fail("apiKey", "must be SK and 32 hexadecimal digits");
  return { accountSid, username: apiKey, password: apiSecret };
}

function readEndpoint(value: string | undefined, fail: Fail): URL | undefined {
  if (value === undefined) return undefined;
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.search !== "" || url.username !== "") {
    return fail("endpoint", `must be a URL such as http://127.0.0.1:4100, got ${quote(value)}`);
  }
  return url;
}

function readInteger(name: "maxConcurrency" | "maxRetries", value: Value | undefined, fail: Fail): number {
  const { min, max, default: standard } = settings[name];
  if (value === undefined || value === null || value === "") return standard;
  // Configuration files hold texts.
  const number = typeof value === "string" ? Number(value) : value;
  if (typeof number === "number" && Number.isInteger(number) && number >= min && number <= max) return number;
  fail(name, `must be a whole number from ${min} to ${max}, got ${quote(value)}`);
  return standard;
}

function readName(name: string, value: string | undefined, fail: Fail): string | undefined {
  if (value === undefined || value === "") return undefined;
  if (/^[a-z][a-z0-9-]*$/.test(value)) return value;
  return fail(name, `must be a name such as ie1 or dublin, got ${quote(value)}`);
}

/** Settings that do not exist. Pulumi adds some of its own. */
function strangers(values: Properties): ConfigurationFailure[] {
  const known = Object.keys(settings);
  return Object.keys(values)
    .filter(
      (name) =>
        !known.includes(name) && !["version", "pluginDownloadURL"].includes(name) && !name.startsWith("__"),
    )
    .map((name) => {
      const guess = nearest(name, known);
      const hint = guess === undefined ? `there are ${known.join(", ")}` : `did you mean ${guess}?`;
      return { property: name, reason: `is no setting of the provider; ${hint}` };
    });
}

/** Whether a setting must not show. */
export function isSecretSetting(name: string): boolean {
  return (settings as { [name: string]: Setting })[name]?.secret === true;
}
