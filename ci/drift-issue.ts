import { readFileSync } from "node:fs";
import { z } from "zod";
import { ExitCode } from "../flex-stack/failure/exit-code.ts";
import { Failure } from "../flex-stack/failure/failure.ts";
import type { Dialogue } from "../flex-stack/ports/dialogue.ts";
import type { DriftStep } from "./drift-step.ts";
import { githubFailure, type GitHubStep } from "./github-step.ts";
import { escaped } from "../flex-stack/report/github-text.ts";
import { issueBody, knownFingerprints, isAbout } from "./issue-body.ts";

/** The label of every issue about drift. */
export const driftLabel = "drift";

const driftReport = z.object({
  stack: z.string(),
  result: z.enum(["drift", "none"]),
  drifts: z.array(
    z.object({ fingerprint: z.string(), verdict: z.string(), title: z.string(), says: z.array(z.string()) }),
  ),
});

type Drift = z.infer<typeof driftReport>["drifts"][number];

/**
 * Keeps one open issue per stack that drifted: opens it, keeps its text up to date, says in a comment what is new (an
 * edit notifies nobody), and closes it when the stack and its account agree again.
 */
export async function keepDriftIssue(
  drift: DriftStep,
  { stack, repository, github }: GitHubStep,
  terminal: Dialogue,
): Promise<number> {
  const report = readDriftReport(drift);
  const news = report.drifts.filter(({ verdict }) => verdict !== "accepted");
  try {
    const open = await openIssue({ stack, repository, github });
    if (report.result === "none") {
      if (open) await close({ repository, github }, open.number, stack);
      terminal.print(open ? `Closed #${open.number}: ${stack} has no drift.` : `${stack} has no drift.`);
      return ExitCode.ok;
    }
    const body = issueBody(
      stack,
      news.map(({ fingerprint }) => fingerprint),
      readFileSync(drift.markdown, "utf8"),
    );
    if (!open) {
      const title = `Stack ${stack} was changed outside Pulumi`;
      const { data } = await github.rest.issues.create({ ...repository, title, body, labels: [driftLabel] });
      terminal.print(`Opened #${data.number}: ${news.length} differences in ${stack}.`);
      return ExitCode.ok;
    }
    const known = knownFingerprints(open.body ?? "");
    const unheard = news.filter(({ fingerprint }) => !known.has(fingerprint));
    const issue = { ...repository, issue_number: open.number };
    // First: were the step cut short after it, the next check would say it again, and not never.
    if (unheard.length > 0) await github.rest.issues.createComment({ ...issue, body: newsText(unheard) });
    if (body !== open.body) await github.rest.issues.update({ ...issue, body });
    terminal.print(`Updated #${open.number}: ${unheard.length} new differences in ${stack}.`);
    return ExitCode.ok;
  } catch (error) {
    throw error instanceof Failure ? error : githubFailure("keep the issue about drift", error);
  }
}

/** The oldest open issue about this stack; pull requests are issues too, and are none of these. */
async function openIssue({
  stack,
  repository,
  github,
}: Pick<GitHubStep, "stack" | "repository" | "github">): Promise<
  { number: number; body?: string | null } | undefined
> {
  const issues = await github.paginate(github.rest.issues.listForRepo, {
    ...repository,
    state: "open",
    labels: driftLabel,
    sort: "created",
    direction: "asc",
    per_page: 100,
  });
  return issues.find(({ body, pull_request }) => !pull_request && isAbout(stack, body ?? ""));
}

async function close(
  { repository, github }: Pick<GitHubStep, "repository" | "github">,
  number: number,
  stack: string,
): Promise<void> {
  const issue = { ...repository, issue_number: number };
  const body = `Stack ${escaped(stack)} and its account agree again.`;
  await github.rest.issues.createComment({ ...issue, body });
  await github.rest.issues.update({ ...issue, state: "closed", state_reason: "completed" });
}

/** Differences told in one comment; the text of the issue has them all. */
const maxTold = 20;

function newsText(unheard: readonly Drift[]): string {
  const told = unheard
    .slice(0, maxTold)
    .map(({ title, says }) => `- ${escaped(title)}: ${escaped(says.join("; "))}`);
  const rest = unheard.length - told.length;
  return ["New since the last check:", "", ...told, ...(rest > 0 ? [`- and ${rest} more, above`] : [])].join(
    "\n",
  );
}

function readDriftReport({ json, stack }: DriftStep): z.infer<typeof driftReport> {
  try {
    const report = driftReport.parse(JSON.parse(readFileSync(json, "utf8")));
    if (report.stack === stack) return report;
  } catch {
    // Told below, in the same words as a report of another stack.
  }
  throw new Failure({
    what: `${json} is no drift report of stack "${stack}".`,
    fix: "Run npm run ci:drift before, with the same STACK.",
    exitCode: ExitCode.usage,
  });
}
