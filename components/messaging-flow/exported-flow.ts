import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import { mapValues, type Keyed } from "../keyed.ts";

export interface ExportedFlowArgs {
  /** Path of the JSON that Studio's "Show Flow JSON" gives; relative to the working directory. */
  file: string;
  /**
   * What replaces a SID of the account the flow was exported from, anywhere in the flow, e.g.
   * `{ "WW0123…": workflow.sid, "TC0123…": channel.sid }`. Each must occur in the file. @default none
   */
  substitutions?: Keyed<pulumi.Input<string>>;
}

/** The definition in the file, as it was exported. @throws RunError where it is none */
export function exportedDefinition(file: string): object {
  return JSON.parse(readDefinition(file)) as object;
}

/**
 * A flow as exported from Studio, with SIDs of this account in place of those of the account it was
 * exported from. Workflows and task channels (`WW…`, `TC…`) belong to one account only, so each needs a
 * substitution; to keep one, substitute it by itself.
 */
export function exportedFlow(args: ExportedFlowArgs): pulumi.Output<object> {
  const source = readDefinition(args.file);
  const substitutions = args.substitutions ?? {};
  const problems = [
    ...Object.keys(substitutions)
      .filter((text) => !source.includes(text))
      .map((text) => `it does not contain ${text}: remove that substitution`),
    ...[...new Set(source.match(/\b(?:WW|TC)[0-9a-f]{32}\b/g))]
      .filter((sid) => !(sid in substitutions))
      .map((sid) => `it names ${sid} of another account: add a substitution for it`),
  ];
  if (problems.length > 0)
    throw new pulumi.RunError(
      `The flow ${args.file} can't be used:\n${problems.map((line) => `  - ${line}`).join("\n")}`,
    );
  // Of overlapping texts the longer one goes first; one pass, so that nothing is substituted twice.
  const texts = Object.keys(substitutions).sort((a, b) => b.length - a.length);
  const pattern = new RegExp(texts.map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|"), "g");
  return pulumi
    .output(mapValues(substitutions, (value) => value))
    .apply(
      (values) =>
        substitute(JSON.parse(source), (text) =>
          texts.length === 0 ? text : text.replace(pattern, (found) => values[found] ?? found),
        ) as object,
    );
}

function readDefinition(file: string): string {
  let source: string;
  try {
    source = readFileSync(file, "utf8");
  } catch (error) {
    const reason =
      (error as NodeJS.ErrnoException).code === "ENOENT" ? "there is no such file" : String(error);
    throw new pulumi.RunError(
      `The flow ${file} can't be read: ${reason}. Save what Studio's "Show Flow JSON" shows there.`,
    );
  }
  try {
    const definition: unknown = JSON.parse(source);
    if (typeof definition === "object" && definition !== null && "states" in definition) return source;
  } catch (error) {
    throw new pulumi.RunError(`The flow ${file} is not JSON: ${(error as Error).message}.`);
  }
  throw new pulumi.RunError(
    `The flow ${file} is no Studio flow: it has no "states". Save what Studio's "Show Flow JSON" shows there.`,
  );
}

/** A copy of a JSON value in which every text is changed. */
function substitute(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) return value.map((item) => substitute(item, change));
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, substitute(item, change)]));
  return value;
}
