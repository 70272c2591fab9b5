import { readFileSync } from "node:fs";
import { z } from "zod";
import { changeKinds } from "../changes/resource-change.ts";
import { ExitCode } from "../failure/exit-code.ts";
import { Failure } from "../failure/failure.ts";
import type { StackReport } from "./report.ts";

const phrase = z.union([
  z.string(),
  z.object({ code: z.string() }).strict(),
  z.object({ before: z.string() }).strict(),
  z.object({ after: z.string() }).strict(),
  z.object({ lost: z.string() }).strict(),
]);

const statement = z.object({
  action: z.enum(["add", "remove", "change", "move", "rename", "consequence"]),
  at: z.array(z.string()),
  text: z.array(phrase),
  danger: z.boolean(),
  replaces: z.boolean(),
});

const mark = z.enum(["same", "added", "changed", "removed"]);

const filters = z.array(
  z.object({
    name: z.string(),
    expression: z.string(),
    mark,
    targets: z.array(
      z.object({
        queue: z.string(),
        conditions: z.array(z.string()),
        mark,
        unserved: z.boolean().optional(),
      }),
    ),
    deadEnd: z.boolean().optional(),
  }),
);

const otherwise = z.object({
  queue: z.string().nullable(),
  mark,
  unserved: z.boolean().optional(),
  lost: z.boolean().optional(),
});

const picture = z.object({
  workflow: z.string(),
  entries: z
    .array(
      z.object({
        to: z.array(z.string()),
        by: z.enum(["Chat and Proxy", "Flex Conversations"]),
        flow: z.string(),
      }),
    )
    .default([]),
  filters,
  otherwise,
  before: z.object({ filters, otherwise }).optional(),
});

const stackReport: z.ZodType<StackReport> = z.object({
  stack: z.string(),
  origin: z
    .object({
      stack: z.string(),
      account: z.string().optional(),
      commit: z.string().optional(),
      at: z.string(),
    })
    .optional(),
  result: z.enum(["succeeded", "failed"]),
  counts: z.record(z.string(), z.number()),
  changes: z.array(
    z.object({
      type: z.string(),
      name: z.string(),
      kind: z.enum(changeKinds),
      status: z.enum(["planned", "running", "done", "failed"]),
      id: z.string().optional(),
      component: z.string().optional(),
      meaning: z.array(statement),
      notes: z.array(z.string()).optional(),
      nowAs: z.string().optional(),
      formerly: z.string().optional(),
    }),
  ),
  diagnostics: z.array(
    z.object({
      severity: z.enum(["error", "warning", "info"]),
      message: z.string(),
      urn: z.string().exactOptional(),
      policy: z.literal(true).exactOptional(),
    }),
  ),
  policies: z.array(
    z.object({
      pack: z.string(),
      rule: z.string(),
      level: z.enum(["mandatory", "advisory"]),
      message: z.string(),
      resource: z.string().exactOptional(),
    }),
  ),
  rulesHeld: z.number(),
  rulesRan: z.enum(["all", "part", "off", "none"]).optional(),
  rulesDisabled: z.array(z.string()).optional(),
  unexpected: z.literal(true).optional(),
  routing: z.array(picture),
  comparedWith: z.enum(["account", "record"]).optional(),
});

const joined = z.object({ stacks: z.array(stackReport) });

/** Reads what `flex-stack preview --format json` wrote, or what `flex-stack report --format json` made of several. */
export function readReports(file: string): readonly StackReport[] {
  const document = parsed(file);
  const several = joined.safeParse(document);
  if (several.success) return several.data.stacks;
  const one = stackReport.safeParse(document);
  if (one.success) return [one.data];
  const [issue] = one.error.issues;
  throw new Failure({
    what: `${file} is no report of a preview.`,
    why: issue && `${issue.path.join(".") || "The document"}: ${issue.message}.`,
    fix: `Write it with npx flex-stack preview --format json --output ${file}.`,
    exitCode: ExitCode.usage,
  });
}

function parsed(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as unknown;
  } catch (error) {
    throw new Failure({
      what: `${file} can't be read.`,
      why: error instanceof Error ? error.message : String(error),
      fix: "Name files that npx flex-stack preview --format json --output FILE wrote.",
      exitCode: ExitCode.usage,
      cause: error,
    });
  }
}
