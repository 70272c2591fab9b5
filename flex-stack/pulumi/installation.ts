import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { Failure } from "../failure/failure.ts";

export interface Installation {
  /** Such as `3.259.0`; package.json names it. */
  version: string;
  /** Holds `bin/pulumi` and the language host. */
  root: string;
  binary: string;
}

/** `~/.pulumi`, or where PULUMI_HOME says. */
export function pulumiHome(env: NodeJS.ProcessEnv = process.env): string {
  return env["PULUMI_HOME"] || join(homedir(), ".pulumi");
}

/** The Pulumi CLI that set-up put in place for this project's version. */
export function findInstallation(projectFolder: string, env: NodeJS.ProcessEnv = process.env): Installation {
  const version = wantedVersion(projectFolder);
  const root = join(pulumiHome(env), "versions", version);
  const binary = join(root, "bin", process.platform === "win32" ? "pulumi.exe" : "pulumi");
  if (!existsSync(binary)) {
    throw new Failure({
      what: `Pulumi ${version} is not installed.`,
      why: `${binary} is not there.`,
      fix: "npm run setup",
    });
  }
  return { version, root, binary };
}

/** PATH with this Pulumi and this project's Node and tools before everything else. */
export function searchPath(installation: Installation, projectFolder: string, env = process.env): string {
  const own = [join(installation.root, "bin"), join(packageFolder(projectFolder), "node_modules", ".bin")];
  return [...own, env["PATH"]].filter(Boolean).join(delimiter);
}

function wantedVersion(projectFolder: string): string {
  const file = join(packageFolder(projectFolder), "package.json");
  const version = readPulumiDependency(file);
  if (version) return version;
  throw new Failure({
    what: `${file} does not say which Pulumi to use.`,
    why: 'Its dependencies have no exact version of "pulumi".',
    fix: "npm install --save-exact pulumi",
  });
}

/** A project may be inside another one's package, as Node finds modules: upwards. */
export function packageFolder(projectFolder: string): string {
  for (let folder = projectFolder; ; folder = dirname(folder)) {
    if (existsSync(join(folder, "package.json"))) return folder;
    if (folder === dirname(folder)) return projectFolder;
  }
}

function readPulumiDependency(file: string): string | undefined {
  if (!existsSync(file)) return undefined;
  const { dependencies = {} } = JSON.parse(readFileSync(file, "utf8")) as {
    dependencies?: Record<string, string>;
  };
  const version = dependencies["pulumi"];
  return version && /^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version) ? version : undefined;
}
