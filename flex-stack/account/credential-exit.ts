import { ExitCode } from "../failure/exit-code.ts";

/** What a setting of the provider is told with, and how the command then ends. */
const endings: readonly (readonly [RegExp, number])[] = [
  [/^twilio:(accountSid|authToken|apiKey|apiSecret) is missing\b/, ExitCode.authentication],
  [/^twilio:[A-Za-z]+ /, ExitCode.usage],
  [/Twilio does not accept |the API key belongs to account |\bHTTP 401\b/, ExitCode.authentication],
];

/** The exit code of an error about credentials or the provider's settings; undefined for any other. */
export function credentialExit(message: string): number | undefined {
  return endings.find(([pattern]) => pattern.test(message))?.[1];
}
