import { existsSync, readdirSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { ExitCode } from "../failure/exit-code.ts";
import { Failure } from "../failure/failure.ts";
import { shortName } from "../pulumi/stack-name.ts";

const extensions = [".yaml", ".yml", ".json"];

/** The folder of the Pulumi project that a folder belongs to, found as Pulumi finds it: upwards. */
export function findProjectFolder(from: string): string {
  const start = resolve(from);
  if (!existsSync(start)) {
    throw new Failure({
      what: `There is no folder ${start}.`,
      fix: "Correct --cwd.",
      exitCode: ExitCode.usage,
    });
  }
  for (let folder = start; ; folder = dirname(folder)) {
    if (extensions.some((extension) => existsSync(join(folder, `Pulumi${extension}`)))) return folder;
    if (folder === dirname(folder)) break;
  }
  throw new Failure({
    what: `${start} is not in a Pulumi project.`,
    why: "Neither it nor a folder above it has a Pulumi.yaml.",
    fix: "Run it in the project's folder, or name that with --cwd FOLDER.",
    exitCode: ExitCode.usage,
  });
}

/** Refuses a stack without a configuration file, and names those that have one. */
export function requireStackFile(projectFolder: string, stack: string): void {
  const short = shortName(stack);
  if (!/^[\w-][\w.-]*(\/[\w-][\w.-]*){0,2}$/.test(stack)) {
    throw new Failure({
      what: `"${stack}" can't be the name of a stack.`,
      why: "It may have letters, digits, dots, hyphens and underscores.",
      fix: "Choose one with --stack NAME.",
      exitCode: ExitCode.usage,
    });
  }
  if (extensions.some((extension) => existsSync(join(projectFolder, `Pulumi.${short}${extension}`)))) return;
  const known = configuredStacks(projectFolder);
  throw new Failure({
    what: `There is no stack "${short}": Pulumi.${short}.yaml is missing.`,
    why:
      known.length > 0
        ? `Configured stacks: ${known.join(", ")}.`
        : "No stack of this project is configured.",
    fix:
      known.length > 0
        ? `Choose one with --stack, or start a new one from Pulumi.${known[0]}.yaml.`
        : `Write the stack's configuration to Pulumi.${short}.yaml.`,
    exitCode: ExitCode.stackNotFound,
  });
}

/** The file of a project, which must be there. */
export function projectFile(projectFolder: string): string {
  const files = extensions.map((extension) => join(projectFolder, `Pulumi${extension}`));
  return files.find((file) => existsSync(file)) ?? join(projectFolder, "Pulumi.yaml");
}

/** The configuration file of a stack, which must be there. */
export function stackFile(projectFolder: string, stack: string): string {
  const short = shortName(stack);
  const files = extensions.map((extension) => join(projectFolder, `Pulumi.${short}${extension}`));
  return files.find((file) => existsSync(file)) ?? join(projectFolder, `Pulumi.${short}.yaml`);
}

function configuredStacks(projectFolder: string): string[] {
  return readdirSync(projectFolder)
    .flatMap((file) => /^Pulumi\.(.+)\.(?:ya?ml|json)$/.exec(basename(file))?.[1] ?? [])
    .sort();
}
