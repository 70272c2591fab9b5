/** What `pulumi config set twilio:<name>` and the arguments of `new twilio.Provider` take. */
export interface Setting {
  type: "string" | "integer";
  secret?: boolean;
  /** Environment variable that is used where the setting is absent. */
  env?: string;
  min?: number;
  max?: number;
  default?: number;
  description: string;
}

export const settings = {
  accountSid: {
    type: "string",
    env: "TWILIO_ACCOUNT_SID",
    description:
      "Account to act on (AC…). Set in a stack's config it pins the stack to that account: credentials of " +
      "another one are refused before anything is done.",
  },
  authToken: {
    type: "string",
    secret: true,
    env: "TWILIO_AUTH_TOKEN",
    description:
      "Auth token of the account. Where it, or an API key, is configured, the environment's credentials are ignored.",
  },
  apiKey: {
    type: "string",
    env: "TWILIO_API_KEY",
    description: "API key of the account (SK…), with `apiSecret` in place of `authToken`.",
  },
  apiSecret: {
    type: "string",
    secret: true,
    env: "TWILIO_API_SECRET",
    description: "Secret of the API key.",
  },
  region: {
    type: "string",
    env: "TWILIO_REGION",
    description: "Twilio region, for example `ie1`.",
  },
  edge: {
    type: "string",
    env: "TWILIO_EDGE",
    description: "Twilio edge location, for example `dublin`.",
  },
  endpoint: {
    type: "string",
    description:
      "Sends every request to this URL, with the host name of the Twilio API it was meant for, in place of " +
      "Twilio: `http://127.0.0.1:4100` is the local Twilio.",
  },
  maxConcurrency: {
    type: "integer",
    min: 1,
    max: 100,
    // Accounts are said to have 100, though not by Twilio itself, and live traffic has its share of them.
    default: 25,
    description:
      "How many requests to Twilio are open at once, at most. After 429 Too Many Requests there are fewer for a while.",
  },
  maxRetries: {
    type: "integer",
    min: 0,
    max: 100,
    default: 12,
    description:
      "How many times a request is sent again after 429 Too Many Requests, a server error or a lost connection.",
  },
} as const satisfies { [name: string]: Setting };

export type SettingName = keyof typeof settings;
