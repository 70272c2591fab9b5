import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";

/**
 * Finds the journal that `flex-stack` keeps beside a state in a folder while it changes something, and leaves when it is
 * cut short: Pulumi alone does not name it, and would make again what was made then.
 *
 * @param folder Of the project.
 * @param env Of Pulumi: PULUMI_BACKEND_URL comes before the project's own backend.
 */
export function leftJournalIn(
  folder: string,
  env: NodeJS.ProcessEnv,
): (project: string, stack: string) => string | undefined {
  return (project, stack) => {
    const [, path] = /^file:\/\/([^?]*)/.exec(env["PULUMI_BACKEND_URL"] || ownBackend(folder)) ?? [];
    if (path === undefined) return undefined;
    const root = resolve(folder, path.replace(/^~(?=\/|$)/, homedir()));
    const file = join(root, ".pulumi", "flex-stack", `${project}.${stack}.journal`);
    return existsSync(file) ? file : undefined;
  };
}

/** The address that Pulumi.yaml gives under `backend:`. */
function ownBackend(folder: string): string {
  try {
    const text = readFileSync(join(folder, "Pulumi.yaml"), "utf8");
    return /^backend: *(?:\{ *|\n(?: *#.*\n)* +)url: *["']?([^\s"'}]*)/m.exec(text)?.[1] ?? "";
  } catch {
    return "";
  }
}
