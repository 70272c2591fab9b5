import { ExitCode } from "../failure/exit-code.ts";
import { Failure } from "../failure/failure.ts";
import { configFileName } from "../pulumi/stack-name.ts";
import type { Settings } from "./settings.ts";

/**
 * Pulumi hands a stack's configuration to its programs in one environment string, `PULUMI_CONFIG=…`, and platforms limit
 * such a string: Linux to 32 pages with the zero at its end, Windows to 32,767 characters. Elsewhere no limit of one
 * string is known.
 */
const longest: Partial<Record<NodeJS.Platform, number>> = { linux: 32 * 4096 - 1, win32: 32_767 };

const variable = "PULUMI_CONFIG=";

/** @throws Failure for a configuration with which no program of the stack could be started */
export function requireFittingConfig(
  settings: Settings,
  stack: string,
  platform: NodeJS.Platform = process.platform,
): void {
  const limit = longest[platform];
  if (limit === undefined) return;
  const sizes = configSizes(settings);
  const total = variable.length + Math.max(2, 1 + sizes.reduce((sum, { bytes }) => sum + bytes + 1, 0));
  if (total <= limit) return;
  const [largest] = [...sizes].sort((one, other) => other.bytes - one.bytes);
  const file = configFileName(stack);
  throw new Failure({
    what: `The configuration of stack "${stack}" is too large: ${total} bytes, of which ${largest?.key} takes ${largest?.bytes}; ${limit} are possible.`,
    why: "Pulumi hands it to programs in one environment variable, and this platform starts no program with a longer one.",
    fix: `Move what is under flex-messaging:routing in ${file} to a file of its own, e.g. routing.yaml, and set flex-messaging:routingFile: routing.yaml.`,
    exitCode: ExitCode.usage,
  });
}

/** What each entry takes, as Pulumi writes it: `"flex-messaging:config:routing":"{\"queues\":…}"`. */
function configSizes({ project, stack }: Settings): { key: string; bytes: number }[] {
  const given = new Map<string, unknown>();
  for (const [key, value] of Object.entries((project.config ?? {}) as Record<string, unknown>))
    given.set(key, unwrapped(value));
  for (const [key, value] of Object.entries(stack.config ?? {})) given.set(key, value);
  return [...given].map(([key, value]) => {
    const [namespace = "", ...name] = (key.includes(":") ? key : `${project.name}:${key}`).split(":");
    const full = `${namespace}:config:${name.join(":")}`;
    return { key, bytes: Buffer.byteLength(goJson(full)) + 1 + valueSize(value) };
  });
}

/** Project configuration may wrap a value: `{ value: … }` or `{ default: … }`. */
function unwrapped(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  if (Object.hasOwn(value, "value")) return (value as { value: unknown }).value;
  return Object.hasOwn(value, "default") ? (value as { default: unknown }).default : value;
}

function valueSize(value: unknown): number {
  const secret = cipherOf(value);
  // Decrypted it is no longer than this; what has to be escaped in it is not known.
  if (secret !== undefined) return Math.max(2, Math.floor((secret.length * 3) / 4) - 14);
  return Buffer.byteLength(goJson(typeof value === "string" ? value : goJson(value)));
}

function cipherOf(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, "secure")) return undefined;
  const { secure } = value as { secure: unknown };
  return typeof secure === "string" ? secure.split(":").at(-1) : undefined;
}

/** JSON as Go writes it: what HTML gives a meaning is escaped. */
function goJson(value: unknown): string {
  return (JSON.stringify(value) ?? "null").replace(
    /[<>&\u2028\u2029]/g,
    (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
