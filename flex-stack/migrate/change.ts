import { isMap, isScalar, type Document } from "yaml";
import { ExitCode } from "../failure/exit-code.ts";
import { Failure } from "../failure/failure.ts";
import {
  applyEdits,
  namespace,
  readConfigFiles,
  settingsOf,
  writeConfigFile,
} from "../config-files/config-files.ts";
import { valueAt, type Edit } from "../config-files/edit.ts";
import { refusalOf } from "../config-files/refusal.ts";
import { isObject } from "../values/property-value.ts";
import { leaveChat, type LeavingFacts } from "./last-number.ts";
import { moved, type Move, type MoveOptions, type Moved } from "./moves.ts";
import type { Configured, Numbered } from "./numbers.ts";

/** An edit, and what stands there before it. */
export interface PlannedEdit extends Edit {
  /** The setting, as a person names it. */
  readonly setting: string;
  readonly before: unknown;
}

/** A move of a number, as it changes the configuration; nothing of it is written yet. */
export interface Change extends Pick<Moved, "from" | "to" | "cut"> {
  /** The file, as a person names it. */
  readonly file: string;
  readonly edits: readonly PlannedEdit[];
  /** Nothing of Chat and Proxy is left in the stack. */
  readonly leavesChat: boolean;
  /** What is left for a person, a sentence each. */
  readonly byHand: readonly string[];
  /** Writes the whole file, or nothing. */
  write(): void;
}

/**
 * Plans a move of a number.
 *
 * @throws Failure when there is no such move, or the file can't be edited, or would not be accepted
 */
export function planChange(
  configured: Configured,
  number: Numbered,
  move: Move,
  { options, facts }: { readonly options: MoveOptions; readonly facts: LeavingFacts },
): Change {
  const { stack, handling } = configured;
  const found = moved(move, number.settings, handling["kind"], options);
  if ("refused" in found)
    throw new Failure({
      what: `The number ${number.key} of stack "${stack}" can't go ${words[move]}.`,
      why: found.refused,
      fix: found.fix,
      exitCode: ExitCode.usage,
    });
  const at = ["messageHandling", "numbers", number.key];
  const own = found.edits.map(({ path, value }) => ({ path: [...at, ...path], value }));
  const path = configured.files.stack.path;
  const files = readConfigFiles(path);
  const { document, path: file, name } = files.stack;
  const refuse = (why: string): never => refuseEdit(name, why);
  if (file.endsWith(".json")) refuse("It is JSON.");
  requirePlain(document, ["config", `${namespace}:messageHandling`, "numbers", number.key], refuse);
  const isLast =
    move === "finish" && configured.numbers.every((one) => one === number || one.stage === "done");
  const leaving = isLast
    ? leaveChat(settingsAfter(configured.settings, own), facts)
    : { edits: [], byHand: [] };
  const edits = [...own, ...leaving.edits];
  const wanted = settingsAfter(settingsOf(files), edits);
  const changed = applyEdits(files, edits);
  // Anchors and merged maps stand in several places: an edit of one would be one of all.
  if (JSON.stringify(settingsOf(files)) !== JSON.stringify(wanted))
    refuse("What stands there is written once for several places (an anchor).");
  const why = refusalOf(files, stack);
  if (why !== undefined)
    throw new Failure({
      what: `${name} was not written: with the number ${number.key} moved it would be wrong.`,
      why,
      fix: "Correct that first.",
      exitCode: ExitCode.usage,
    });
  return {
    ...{ from: found.from, to: found.to, cut: found.cut, file: name, leavesChat: isLast },
    edits: edits.map((edit) => ({
      ...edit,
      setting: `${namespace}:${edit.path.join(".")}`,
      before: valueAt(configured.settings, edit.path),
    })),
    byHand: leaving.byHand,
    write: () => changed.forEach(writeConfigFile),
  };
}

const words: Readonly<Record<Move, string>> = { next: "on", back: "back", finish: "to its end" };

function refuseEdit(name: string, why: string): never {
  throw new Failure({
    what: `${name} can't be edited.`,
    why,
    fix: "Write the number out below flex-messaging:messageHandling.numbers as a plain map of YAML, and run this again; or edit it by hand: docs/migration.md has each stage.",
    exitCode: ExitCode.usage,
  });
}

/** All on the way has to be written out where it stands. */
function requirePlain(document: Document, path: readonly string[], refuse: (why: string) => never): void {
  const error = document.errors[0];
  if (error !== undefined) refuse(error.message.split("\n")[0] ?? "");
  for (let length = 1; length <= path.length; length++) {
    const at = path.slice(0, length);
    const node: unknown = document.getIn(at, true);
    if (isMap(node)) continue;
    const shown = at.slice(1).join(".") || "config";
    if (node === undefined)
      refuse(`${shown} does not stand in it: the project's file, or an environment, has it.`);
    refuse(
      isScalar(node) && typeof node.value === "string"
        ? `${shown} is text (pulumi config set writes it so), not a map.`
        : `${shown} is no map of its own.`,
    );
  }
}

/** The settings as the edits leave them. */
function settingsAfter(
  settings: Readonly<Record<string, unknown>>,
  edits: readonly Edit[],
): Readonly<Record<string, unknown>> {
  const after = structuredClone(settings) as Record<string, unknown>;
  for (const { path, value } of edits) {
    let parent = after;
    for (const key of path.slice(0, -1)) {
      const inner = parent[key];
      if (!isObject(inner)) parent[key] = {};
      parent = parent[key] as Record<string, unknown>;
    }
    const last = String(path.at(-1));
    if (value === undefined) delete parent[last];
    else parent[last] = value;
  }
  return after;
}
