import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { shortName } from "../pulumi/stack-name.ts";
import type { Adoption } from "./adoption.ts";
import { changeStackFile } from "./stack-file.ts";

/** A file that an adoption writes. */
export interface AdoptedFile {
  /** From the folder it goes to. */
  readonly path: string;
  readonly text: string;
  /** What of the text is new, where a file that is there keeps the rest. */
  readonly own?: string;
  /** What of a file that is there would be replaced; empty where nothing is lost. */
  readonly replaces: readonly string[];
}

/** What files are made from besides the account. */
export interface FileFacts {
  stack: string;
  accountSid: string;
  endpoint: string | undefined;
  /** Folder that the files go to. */
  folder: string;
  /** Name of the stack's configuration file. */
  stackFile: string;
  /** Where Pulumi finds the provider: a path from the project's folder, or a name. */
  provider: string;
  /** The project's folder. */
  project: string;
}

/** Where an adoption puts what does not go into the stack's configuration file. */
export function adoptedFolder(stack: string): string {
  return join("adopted", shortName(stack));
}

/** The definition of the Studio flow, as the configuration names it. */
export function definitionFile(stack: string): string {
  return `adopted/${shortName(stack)}/messaging-flow.json`;
}

/** The files of an adoption; those that are there as they would be written are left out. */
export function filesOf(adoption: Adoption, facts: FileFacts): AdoptedFile[] {
  const folder = adoptedFolder(facts.stack);
  const files =
    adoption.form === "configuration"
      ? [
          stackFileOf(adoption, facts),
          ...(adoption.definition === undefined
            ? []
            : [
                file(facts, definitionFile(facts.stack), `${JSON.stringify(adoption.definition, null, 2)}\n`),
              ]),
          ...(adoption.program === undefined
            ? []
            : [file(facts, join(folder, "index.ts"), adoption.program)]),
        ]
      : [
          file(facts, join(folder, "main.ts"), adoption.program ?? ""),
          file(facts, join(folder, "Pulumi.yaml"), projectText(facts)),
          file(facts, join(folder, facts.stackFile), accountText(facts)),
        ];
  return files.filter((each) => each !== undefined);
}

/** Writes all files or none: each beside its place first, then all are moved there. */
export function writeFiles(folder: string, files: readonly AdoptedFile[]): void {
  const moves: [string, string][] = [];
  try {
    for (const { path, text } of files) {
      const target = join(folder, path);
      const temporary = `${target}.${process.pid}.tmp`;
      mkdirSync(dirname(target), { recursive: true });
      moves.push([temporary, target]);
      writeFileSync(temporary, text);
    }
    for (const [temporary, target] of moves) renameSync(temporary, target);
  } finally {
    for (const [temporary] of moves) rmSync(temporary, { force: true });
  }
}

function file({ folder }: FileFacts, path: string, text: string): AdoptedFile | undefined {
  const target = join(folder, path);
  if (!existsSync(target)) return { path, text, replaces: [] };
  return readFileSync(target, "utf8") === text ? undefined : { path, text, replaces: [path] };
}

function stackFileOf(adoption: Adoption, facts: FileFacts): AdoptedFile | undefined {
  const { folder, stackFile } = facts;
  const target = join(folder, stackFile);
  const before = existsSync(target) ? readFileSync(target, "utf8") : accountText(facts);
  const { text, added, replaced } = changeStackFile(stackFile, before, adoption.config);
  if (added.length + replaced.length === 0) return undefined;
  const own = changeStackFile(stackFile, "config: {}\n", adoption.config).text;
  return { path: stackFile, text, own, replaces: replaced.map((key) => `${key} in ${stackFile}`) };
}

/** Which account; credentials come from the environment. */
function accountText({ accountSid, endpoint }: FileFacts): string {
  const lines = ["config:", `  twilio:accountSid: ${accountSid}`];
  if (endpoint !== undefined) lines.push(`  twilio:endpoint: ${endpoint}`);
  return `${lines.join("\n")}\n`;
}

function projectText({ stack, accountSid, folder, project, provider }: FileFacts): string {
  const path = relative(join(folder, adoptedFolder(stack)), join(project, provider));
  const package_ = provider.startsWith(".") ? path.replaceAll("\\", "/") : provider;
  return `name: flex-messaging-${stack}
description: The messaging setup of account ${accountSid}, as flex-stack adopt found it
main: main.ts
runtime:
  name: nodejs
  options:
    # Node strips the types itself; Pulumi must not load a compiler for that.
    typescript: false
backend:
  url: file://.
packages:
  twilio: ${package_}
`;
}
