import { Octokit } from "@octokit/rest";
import { ExitCode } from "../flex-stack/failure/exit-code.ts";
import { Failure } from "../flex-stack/failure/failure.ts";
import { stackOf, stepVariable } from "./step-variable.ts";

/** Where a step of a workflow works, and as whom. */
export interface GitHubStep {
  stack: string;
  /** `owner/name` */
  repository: { owner: string; repo: string };
  /** The commit that the workflow runs for. */
  sha: string;
  github: Octokit;
}

/** Reads what GitHub sets for each step, and `GITHUB_TOKEN` and `STACK`, which the workflow sets. */
export function readGitHubStep(env: NodeJS.ProcessEnv): GitHubStep {
  const name = stepVariable(env, "GITHUB_REPOSITORY", "the repository, owner/name");
  const [owner = "", repo = ""] = name.split("/");
  if (owner === "" || repo === "") {
    throw new Failure({
      what: `GITHUB_REPOSITORY is ${JSON.stringify(name)}, not owner/name.`,
      exitCode: ExitCode.usage,
    });
  }
  return {
    stack: stackOf(env),
    repository: { owner, repo },
    sha: stepVariable(env, "GITHUB_SHA", "the commit"),
    github: new Octokit({
      auth: stepVariable(env, "GITHUB_TOKEN", "the token of the job, ${{ github.token }}"),
      baseUrl: env["GITHUB_API_URL"] || "https://api.github.com",
      // What fails is told once, by the step.
      log: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} },
    }),
  };
}

/** What GitHub answered, as a failure that says which permission or call it was about. */
export function githubFailure(doing: string, error: unknown): Failure {
  const status: unknown = error instanceof Error ? Reflect.get(error, "status") : undefined;
  const message = error instanceof Error ? error.message : String(error);
  return new Failure({
    what: `GitHub did not let this step ${doing}.`,
    why: `${typeof status === "number" ? `${status}: ` : ""}${message.split("\n")[0]}`,
    fix:
      status === 403 || status === 404
        ? "Check the permissions of the job in the workflow, and of the token in the repository's settings."
        : "Run the job again; https://www.githubstatus.com tells whether GitHub is well.",
    cause: error,
  });
}
