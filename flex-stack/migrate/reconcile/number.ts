import { ExitCode } from "../../failure/exit-code.ts";
import { Failure } from "../../failure/failure.ts";
import type { Settings } from "../../project/settings.ts";
import { parsedJson } from "../../values/property-value.ts";

/**
 * The number that is meant: as it is, or by its key among `messageHandling.numbers` of the stack's configuration.
 *
 * @throws Failure when it is neither
 */
export function numberOf(given: string, { project, stack }: Settings): string {
  const text = given.trim();
  const plain = text.replaceAll(/[\s().-]/g, "");
  if (/^\+[1-9]\d{6,14}$/.test(plain)) return plain;
  // pulumi config set writes a map as JSON text.
  const handling = parsedJson(stack.config?.[`${project.name}:messageHandling`]);
  const numbers = recordOf(recordOf(handling)["numbers"]);
  const known = Object.keys(numbers);
  const own = Object.hasOwn(numbers, text) ? recordOf(numbers[text])["phoneNumber"] : undefined;
  if (typeof own === "string" && /^\+[1-9]\d{6,14}$/.test(own)) return own;
  throw new Failure({
    what: `--number ${JSON.stringify(given.slice(0, 64))} is neither a number in E.164 nor a key of messageHandling.numbers.`,
    fix:
      known.length === 0
        ? "Give the number, such as +14155550142: the stack's configuration has none."
        : `Give the number, such as +14155550142, or one of ${known.join(", ")}.`,
    exitCode: ExitCode.usage,
  });
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
