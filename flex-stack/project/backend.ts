import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ProjectSettings } from "@pulumi/pulumi/automation/index.js";
import { pulumiHome } from "../pulumi/installation.ts";

const pulumiCloud = "https://api.pulumi.com";

/** Where the state is kept, as Pulumi decides it: environment, Pulumi.yaml, last login, Pulumi Cloud. */
export function backendUrl(project: ProjectSettings, env: NodeJS.ProcessEnv = process.env): string {
  return env["PULUMI_BACKEND_URL"] || project.backend?.url || lastLogin(env) || pulumiCloud;
}

/** State in a folder of this machine. */
export function isFileBackend(url: string): boolean {
  return url.startsWith("file:");
}

/**
 * The same backend, whose folder gets no side files (`dev.json.attrs`): Pulumi writes them in place, and one that a
 * kill leaves empty makes the state unreadable.
 */
export function withoutSidecars(url: string): string {
  if (!isFileBackend(url) || /[?&]metadata=/.test(url)) return url;
  return `${url}${url.includes("?") ? "&" : "?"}metadata=skip`;
}

/** Backends that keep no secrets key of their own; secrets need a passphrase or a key service. */
export function isSelfManaged(url: string): boolean {
  return !/^https?:/.test(url);
}

/** Where that is, for people: without credentials. */
export function backendText(url: string): string {
  if (url === "file://." || url === withoutSidecars("file://.")) return ".pulumi in the project's folder";
  const parsed = URL.parse(url);
  if (!parsed?.password) return url;
  parsed.password = "****";
  return parsed.href;
}

function lastLogin(env: NodeJS.ProcessEnv): string | undefined {
  const file = join(pulumiHome(env), "credentials.json");
  if (!existsSync(file)) return undefined;
  try {
    const { current } = JSON.parse(readFileSync(file, "utf8")) as { current?: string };
    return current;
  } catch {
    return undefined;
  }
}
