import { isConfigError } from "../../config/config-error-text.ts";
import { ExitCode } from "../failure/exit-code.ts";

/** What a setting of the provider is told with, and how the command then ends. */
const endings: readonly (readonly [RegExp, number])[] = [
  [/^twilio:(accountSid|authToken|apiKey|apiSecret) is missing\b/, ExitCode.authentication],
  [/^twilio:[A-Za-z]+ /, ExitCode.usage],
  [/\bthis stack's resources are (in|at) /, ExitCode.elsewhere],
  [/ is not in account .* the state does not say that this is where it was made/, ExitCode.elsewhere],
  [/Twilio does not accept |the API key belongs to account |\bHTTP 401\b/, ExitCode.authentication],
];

/** The exit code of an error about credentials, the provider's settings or where they lead; undefined for any other. */
export function credentialExit(message: string): number | undefined {
  return endings.find(([pattern]) => pattern.test(message))?.[1];
}

/** The exit code that all of several errors stand for; undefined where they have none in common. */
export function commonExit(messages: readonly string[]): number | undefined {
  // A wrong value of the configuration is what a wrong option is, whoever finds it.
  const codes = messages.map((message) =>
    isConfigError(message) ? ExitCode.usage : credentialExit(message),
  );
  const [first] = codes;
  return codes.every((code) => code === first) ? first : undefined;
}
