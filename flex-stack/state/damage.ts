import { accessSync, constants, existsSync, readdirSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { Failure } from "../failure/failure.ts";
import { shortName } from "../pulumi/stack-name.ts";
import type { FileState } from "./file-state.ts";
import { isBadPack, readStateText } from "./state-text.ts";

/**
 * Refuses a state that Pulumi could not read, or would take for none, with the way back.
 *
 * @param stack Its name, for messages.
 */
export function requireSoundState(state: FileState, stack: string): void {
  const own = join(state.root, ".pulumi");
  if (!existsSync(own)) return;
  const blocked = [own, dirname(dirname(state.file)), dirname(state.file)].find(
    (folder) => existsSync(folder) && !statSync(folder).isDirectory(),
  );
  if (blocked !== undefined)
    throw damaged(state, stack, blocked, "It is a file where Pulumi keeps a folder.");
  const layout = join(own, "meta.yaml");
  const layoutFault = faultOf(layout, (text) =>
    /^version: *\d+ *$/m.test(text) ? undefined : "It does not say which layout the folder has.",
  );
  if (layoutFault !== undefined) {
    throw new Failure({
      what: `${layout} can't be read.`,
      why: layoutFault,
      fix: `rm -r ${quoted(layout)} && echo 'version: 1' > ${quoted(layout)}`,
    });
  }
  if (!existsSync(state.file)) {
    if (isLink(state.file)) throw damaged(state, stack, state.file, "It is a link that leads nowhere.");
    const copy = newestCopy(state);
    if (copy === undefined || resourcesIn(copy) === 0) return;
    throw damaged(
      state,
      stack,
      state.file,
      `It is not there, though ${resourcesIn(copy)} resources were recorded in it.`,
    );
  }
  const fault = stateFault(state.file, stack);
  if (fault !== undefined) throw damaged(state, stack, state.file, fault);
}

/** What is wrong with a state, or with a copy of one; undefined when nothing is, or where there is none. */
export function stateFault(file: string, stack: string): string | undefined {
  return faultOf(file, (text) => contentFault(text, stack));
}

/** Of a state that was cut short while it was written, and of nothing else. */
export const cutShort = "It is cut short, or something else was written into it.";
export const empty = "It is empty.";

/** Refuses early to change what could not be recorded. */
export function requireWritableState(
  { root, file, locks, backups }: FileState,
  access: (folder: string) => void = (folder) => accessSync(folder, constants.W_OK),
): void {
  const own = join(root, ".pulumi");
  const all = [own, dirname(file), locks, backups, join(own, "flex-stack")].filter((one) => existsSync(one));
  for (const folder of existsSync(own) ? all : [root]) {
    try {
      access(folder);
    } catch (error) {
      throw new Failure({
        what: `The state can't be written: ${folder} is read-only.`,
        why: (error as Error).message,
        fix: "Give yourself the right to write there, or keep the state elsewhere: PULUMI_BACKEND_URL, or backend.url in Pulumi.yaml.",
      });
    }
  }
}

/** What is wrong with a file; undefined when nothing is. */
function faultOf(file: string, judge: (text: string) => string | undefined): string | undefined {
  try {
    if (statSync(file).isDirectory()) return "It is a folder where Pulumi keeps a file.";
    return judge(readStateText(file));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return undefined;
    if (isBadPack(error)) return cutShort;
    return code === "EACCES" ? "You have no right to read it." : `${message}.`;
  }
}

function contentFault(text: string, stack: string): string | undefined {
  if (text.trim() === "") return empty;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return text.trimStart().startsWith("{") ? cutShort : "It is no JSON.";
  }
  if (!isMap(value) || typeof value["version"] !== "number") return "It is no state of Pulumi.";
  if (value["version"] > 4)
    return `It was written by a newer Pulumi (format ${value["version"]}); npm run setup installs this project's.`;
  const { checkpoint } = value;
  if (!isMap(checkpoint)) return "It is a state of Pulumi without anything in it.";
  const { latest } = checkpoint;
  if (!isMap(latest)) return undefined;
  const resources = latest["resources"] ?? [];
  if (!Array.isArray(resources)) return "Its resources are no list.";
  const urns = resources.map((one: unknown) => (isMap(one) ? one["urn"] : undefined));
  if (urns.some((urn) => typeof urn !== "string" || !urn.startsWith("urn:pulumi:")))
    return "It has a resource without a name.";
  const name = shortName(stack);
  const stranger = urns.map(String).find((urn) => urn.slice("urn:pulumi:".length).split("::")[0] !== name);
  return stranger === undefined ? undefined : `It has resources of another stack (${stranger}).`;
}

function damaged(state: FileState, stack: string, file: string, why: string): Failure {
  const copy = newestCopy(state);
  const way =
    copy === undefined
      ? `There is no copy of it. Move it away (mv ${quoted(file)} ${quoted(`${file}.damaged`)}); npx flex-stack up --stack ${stack} then ` +
        "takes over what is at Twilio by its names, and destroy will leave that in place."
      : `rm -rf ${quoted(file)} && mkdir -p ${quoted(dirname(state.file))} && cp ${quoted(copy)} ${quoted(state.file)}, then ` +
        `npx flex-stack up --refresh --stack ${stack}: the copy has ${resourcesIn(copy)} resources, and what was made since is found by its name.`;
  return new Failure({ what: `The state of stack "${stack}" can't be used: ${file}`, why, fix: way });
}

/** The latest copy of the state that can be read. */
function newestCopy({ file, backups }: FileState): string | undefined {
  const kept = listed(backups)
    .filter((name) => /\.json(\.gz|\.zst)?$/.test(name))
    .sort()
    .reverse()
    .map((name) => join(backups, name));
  return [`${file}.bak`, ...kept].find((copy) => resourcesIn(copy) > 0);
}

/** How many resources a state holds; 0 also where it can't be read. */
function resourcesIn(file: string): number {
  try {
    const value = JSON.parse(readStateText(file)) as {
      checkpoint?: { latest?: { resources?: unknown[] } };
    };
    return value.checkpoint?.latest?.resources?.length ?? 0;
  } catch {
    return 0;
  }
}

function isLink(file: string): boolean {
  return listed(dirname(file)).includes(file.slice(dirname(file).length + 1));
}

function listed(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function quoted(file: string): string {
  const near = relative(process.cwd(), file);
  const short = near !== "" && !near.startsWith("..") ? near : file;
  return /^[\w./-]+$/.test(short) ? short : `'${short.replaceAll("'", "'\\''")}'`;
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
