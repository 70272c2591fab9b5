import { appendFileSync } from "node:fs";
import { ExitCode } from "../flex-stack/failure/exit-code.ts";
import { Failure } from "../flex-stack/failure/failure.ts";
import type { Dialogue } from "../flex-stack/ports/dialogue.ts";
import { githubFailure, type GitHubStep } from "./github-step.ts";
import { stepVariable } from "./step-variable.ts";

/** The workflow whose runs keep plans, as an artifact `plan-STACK`. */
export const previewWorkflow = "preview.yml";

/** A commit whose preview was reviewed, and by what kind of run. */
interface Reviewed {
  sha: string;
  event: "pull_request" | "workflow_dispatch";
}

/**
 * Finds the run that previewed what is deployed now, and says so to the steps after it as `run-id`: a preview of this
 * very commit that somebody started by hand, else that of the pull request it came with, at its last commit.
 */
export async function findReviewedPlan(
  step: GitHubStep,
  terminal: Dialogue,
  env: NodeJS.ProcessEnv,
): Promise<number> {
  const output = stepVariable(env, "GITHUB_OUTPUT", "the file for what a step hands on");
  let run: number | undefined;
  try {
    for (const reviewed of [
      { sha: step.sha, event: "workflow_dispatch" } as const,
      ...(await pullRequestsOf(step)),
    ]) {
      run ??= await runWithPlan(step, reviewed);
    }
  } catch (error) {
    throw githubFailure("look for the reviewed plan", error);
  }
  if (run === undefined) throw nothingReviewed(step);
  appendFileSync(output, `run-id=${run}\n`);
  terminal.print(`The plan of ${step.stack} is that of run ${run}.`);
  return ExitCode.ok;
}

/** The last commits of the pull requests that became this commit. */
async function pullRequestsOf({ github, repository, sha }: GitHubStep): Promise<Reviewed[]> {
  const { data } = await github.rest.repos.listPullRequestsAssociatedWithCommit({
    ...repository,
    commit_sha: sha,
  });
  return data
    .filter(({ merged_at, merge_commit_sha }) => merged_at !== null && merge_commit_sha === sha)
    .map(({ head }) => ({ sha: head.sha, event: "pull_request" }));
}

/** The newest successful preview of a commit that kept a plan; of this repository, since forks have their own. */
async function runWithPlan(
  { github, repository, stack }: GitHubStep,
  { sha, event }: Reviewed,
): Promise<number | undefined> {
  const { data } = await github.rest.actions.listWorkflowRuns({
    ...repository,
    ...{ workflow_id: previewWorkflow, head_sha: sha, event, status: "success", per_page: 20 },
  });
  const own = `${repository.owner}/${repository.repo}`.toLowerCase();
  for (const run of data.workflow_runs) {
    if (run.head_repository?.full_name.toLowerCase() !== own || run.head_sha !== sha) continue;
    const { data: kept } = await github.rest.actions.listWorkflowRunArtifacts({
      ...repository,
      ...{ run_id: run.id, name: `plan-${stack}`, per_page: 100 },
    });
    if (kept.artifacts.some(({ name, expired }) => name === `plan-${stack}` && !expired)) return run.id;
  }
  return undefined;
}

function nothingReviewed({ stack, sha }: GitHubStep): Failure {
  return new Failure({
    what: `No preview of stack "${stack}" for this commit was reviewed.`,
    why: `Neither a run of ${previewWorkflow} started by hand for ${sha.slice(0, 7)} nor one of a pull request that became it succeeded and kept a plan.`,
    fix: `Run the workflow "preview" by hand on this commit's branch, look at its summary, then run this job again.`,
    exitCode: ExitCode.unexpectedChanges,
  });
}
