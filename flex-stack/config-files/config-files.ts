import {
  accessSync,
  chmodSync,
  constants,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { isMap, parseDocument, type Document } from "yaml";
import { ExitCode } from "../failure/exit-code.ts";
import { Failure } from "../failure/failure.ts";
import { isObject } from "../values/property-value.ts";
import { valueAt, type Edit } from "./edit.ts";
import { keptText } from "./kept-text.ts";
import { takeLooks } from "./looks.ts";

/** Of the settings that the program reads. */
export const namespace = "flex-messaging";

/** One of the files that the configuration of a stack is in. */
export interface ConfigFile {
  readonly path: string;
  /** As a person names it. */
  readonly name: string;
  /** As it was read. */
  readonly text: string;
  /** What it says, with the edits that were made. */
  readonly document: Document;
}

/** The files of a stack's configuration: its own, and the one that `routingFile` names. */
export interface ConfigFiles {
  readonly stack: ConfigFile;
  /** What it holds stands for `routing`. */
  readonly routing: ConfigFile | undefined;
}

/** @throws Failure when a file that is named can't be read */
export function readConfigFiles(path: string): ConfigFiles {
  const stack = readConfigFile(path, basename(path));
  const config = configIn(stack.document);
  const file: unknown = config[`${namespace}:routingFile`];
  if (typeof file !== "string" || Object.hasOwn(config, `${namespace}:routing`))
    return { stack, routing: undefined };
  const at = resolve(dirname(path), file);
  try {
    const routing = readConfigFile(at, file);
    if (routing.document.errors[0]) throw routing.document.errors[0];
    return { stack, routing };
  } catch (error) {
    const [why = ""] = String((error as Error).message).split("\n");
    throw new Failure({
      what: `${file}, which ${namespace}:routingFile of ${stack.name} names, can't be read.`,
      why,
      fix: "Correct the file, or its name.",
      exitCode: ExitCode.usage,
      cause: error,
    });
  }
}

function readConfigFile(path: string, name: string): ConfigFile {
  const text = readFileSync(path, "utf8");
  return { path, name, text, document: parseDocument(text) };
}

/** `flex-messaging:*` without the namespace, wherever it stands. */
export function settingsOf({ stack, routing }: ConfigFiles): Record<string, unknown> {
  const own = Object.entries(configIn(stack.document)).flatMap(([key, value]) =>
    key.startsWith(`${namespace}:`) ? [[key.slice(namespace.length + 1), value] as const] : [],
  );
  const { routingFile, ...settings } = Object.fromEntries(own);
  if (routing === undefined) return { ...settings, ...(routingFile !== undefined && { routingFile }) };
  return { ...settings, routing: routing.document.toJS() as unknown };
}

/** All of the configuration as Pulumi would have it from one file. */
export function configOf(files: ConfigFiles): Record<string, unknown> {
  const others = Object.entries(configIn(files.stack.document)).filter(
    ([key]) => !key.startsWith(`${namespace}:`),
  );
  const own = Object.entries(settingsOf(files)).map(
    ([key, value]) => [`${namespace}:${key}`, value] as const,
  );
  return Object.fromEntries([...others, ...own]);
}

/** The file in which a setting stands, and its path there. */
export function placeOf(
  { stack, routing }: ConfigFiles,
  path: Edit["path"],
): { file: ConfigFile; at: (string | number)[] } {
  const [first = "", ...rest] = path;
  if (first === "routing" && routing !== undefined) return { file: routing, at: rest };
  return { file: stack, at: ["config", `${namespace}:${String(first)}`, ...rest] };
}

/** Makes the edits in the documents, all else as it is written. @returns the files that change */
export function applyEdits(files: ConfigFiles, edits: readonly Edit[]): ConfigFile[] {
  const changed = new Set<ConfigFile>();
  const nodeAt = (path: Edit["path"]): unknown => {
    const { file, at } = placeOf(files, path);
    return file.document.getIn(at, true);
  };
  // They may be gone by the time that what takes their place is written.
  const before = edits.map(({ moved }) => moved && nodeAt(moved.from));
  for (const [index, { path, value, moved }] of edits.entries()) {
    const { file, at } = placeOf(files, path);
    const { document } = file;
    if (value === undefined) document.deleteIn(at);
    else if (typeof value === "object" && value !== null) {
      const node = shaped(document, at, value);
      takeLooks(node, before[index], moved?.names);
      document.setIn(at, node);
    } else document.setIn(at, value);
    changed.add(file);
  }
  return [...changed];
}

/**
 * All of it or nothing: whoever reads it meanwhile, and whoever ends this, finds a whole file.
 *
 * @throws Failure when it can't be written, or was changed since it was read
 */
export function writeConfigFile(file: ConfigFile): void {
  const { path, name, text, document } = file;
  try {
    // What a link leads to stays where it is.
    const target = realpathSync(path);
    accessSync(target, constants.W_OK);
    requireUnchanged(file, target);
    replaceFile(target, keptText(text, document));
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure({
      what: `${name} can't be written.`,
      why: (error as Error).message,
      fix: "Nothing of it was changed. Make it writable, and run this again.",
      cause: error,
    });
  }
}

/** It may have been a while: somebody was asked meanwhile. */
function requireUnchanged({ name, text }: ConfigFile, target: string): void {
  if (readFileSync(target, "utf8") === text) return;
  throw new Failure({
    what: `${name} was not written: it was changed meanwhile.`,
    why: "Its text is not what the changes were planned for.",
    fix: "Run this again.",
  });
}

function replaceFile(target: string, text: string): void {
  const beside = `${target}.${process.pid}.tmp`;
  try {
    writeFileSync(beside, text);
    chmodSync(beside, statSync(target).mode);
    renameSync(beside, target);
  } finally {
    rmSync(beside, { force: true });
  }
}

function configIn(document: Document): Record<string, unknown> {
  const config = valueAt(document.toJS(), ["config"]);
  return isObject(config) ? { ...config } : {};
}

/** A new entry looks like those beside it: on one line where they are. */
function shaped(document: Document, at: readonly (string | number)[], value: object): unknown {
  const siblings: unknown = document.getIn(at.slice(0, -1), true);
  const flow = isMap(siblings) && siblings.items.some(({ value: item }) => isMap(item) && item.flow === true);
  return document.createNode(value, { flow });
}
