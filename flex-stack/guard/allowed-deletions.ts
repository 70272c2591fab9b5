import { z } from "zod";
import { ExitCode } from "../failure/exit-code.ts";
import { Failure } from "../failure/failure.ts";
import type { Settings } from "../project/settings.ts";

/** The configuration key that names what may be deleted or replaced although it is protected. */
export const allowedDeletionsKey = "flex-messaging:allowedDeletions";

const names = z.array(z.string().min(1));

/** Names of resources, as previews show them, that the stack's configuration lets go. */
export function allowedDeletions({ stack }: Settings): string[] {
  const value: unknown = stack.config?.[allowedDeletionsKey];
  if (value === undefined) return [];
  const parsed = names.safeParse(typeof value === "string" ? json(value) : value);
  if (parsed.success) return parsed.data;
  throw new Failure({
    what: `${allowedDeletionsKey} is ${JSON.stringify(value)}.`,
    why: "It names resources that may be deleted or replaced although they are protected.",
    fix: "Set a list of names as npm run preview shows them, e.g. [flex-number-shop-number], or remove it.",
    exitCode: ExitCode.usage,
  });
}

/** `pulumi config set` writes a list as JSON text. */
function json(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
