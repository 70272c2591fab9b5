import { suggest } from "./problem.ts";
import type { Config } from "./schema.ts";

/** What a check sees, and where it tells what it found. */
export interface Context {
  config: Config;
  report: (path: string, problem: string, fix: string) => void;
}

/** Task channels that every workspace has, and that Flex UI knows how to show. */
export const flexTaskChannels = ["default", "chat", "sms", "voice", "video"];

export const taskChannels = ({ routing }: Config): string[] => Object.keys(routing.taskChannels ?? {});

export function checkReference(
  { report }: Context,
  path: string,
  key: string | undefined,
  known: readonly string[],
  what: string,
): void {
  if (key === undefined || known.includes(key)) return;
  report(path, `is "${key}", which is no ${what}`, suggest(key, known));
}

/**
 * Twilio takes some of these duplicates; adoption by name could then not tell one from the other.
 * Where the name is left out, the key is the name.
 */
export function checkUnique<Name extends string>(
  { report }: Context,
  path: string,
  values: Readonly<Record<string, { readonly [name in Name]?: string | undefined }>>,
  name: Name,
): void {
  const first = new Map<string, string>();
  for (const [key, value] of Object.entries(values)) {
    const used = value[name] ?? key;
    const other = first.get(used);
    if (other === undefined) first.set(used, key);
    else report(`${path}.${key}.${name}`, `is "${used}", as that of ${other}`, "use another one");
  }
}
