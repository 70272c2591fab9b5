import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "@jest/globals";
import { findReviewedPlan } from "./reviewed-plan.ts";
import { collect } from "./testing/collect.ts";
import { GitHub, type PullRequest, type Run } from "./testing/github.ts";

let github: GitHub;
const folder = mkdtempSync(join(tmpdir(), "plan-"));
const output = join(folder, "output");
beforeAll(async () => {
  github = await GitHub.start();
});
afterEach(() => {
  rmSync(output, { force: true });
  github.refuses = undefined;
});
afterAll(async () => {
  await github.close();
  rmSync(folder, { recursive: true });
});

const merged = "a".repeat(40);
const head = "b".repeat(40);
const run = (id: number, fields: Partial<Run> = {}): Run => ({
  ...{ id, head_sha: head, event: "pull_request", conclusion: "success" },
  head_repository: { full_name: "acme/flex" },
  artifacts: [{ name: "plan-prod", expired: false }],
  ...fields,
});
const pullRequest = (fields: Partial<PullRequest> = {}): PullRequest => ({
  ...{ merged_at: "2026-11-24T00:00:00Z", merge_commit_sha: merged, head: { sha: head } },
  ...fields,
});
const byHand = { head_sha: merged, event: "workflow_dispatch" };

const find = () =>
  findReviewedPlan(github.step("prod", merged), collect().terminal, { GITHUB_OUTPUT: output });

test.each<[string, PullRequest[], Run[], number]>([
  ["the pull request's last preview", [pullRequest()], [run(9), run(8)], 9],
  ["the newest that kept a plan of this stack", [pullRequest()], [run(9, { artifacts: [] }), run(8)], 8],
  ["a preview of this commit by hand comes first", [pullRequest()], [run(9), run(10, byHand)], 10],
  ["a commit without a pull request, previewed by hand", [], [run(10, byHand)], 10],
  [
    "another pull request with this commit does not count",
    [pullRequest({ merge_commit_sha: "c".repeat(40), head: { sha: "d".repeat(40) } }), pullRequest()],
    [run(7, { head_sha: "d".repeat(40) }), run(8)],
    8,
  ],
])("%s", async (_, pullRequests, runs, id) => {
  Object.assign(github, { pullRequests, runs });
  expect(await find()).toBe(0);
  expect(readFileSync(output, "utf8")).toBe(`run-id=${id}\n`);
});

test.each<[string, PullRequest[], Run[]]>([
  ["nothing was previewed", [pullRequest()], []],
  ["the preview failed", [pullRequest()], [run(9, { conclusion: "failure" })]],
  [
    "an earlier commit of the pull request was previewed",
    [pullRequest()],
    [run(9, { head_sha: "e".repeat(40) })],
  ],
  ["a fork previewed it", [pullRequest()], [run(9, { head_repository: { full_name: "eve/flex" } })]],
  ["the fork is gone", [pullRequest()], [run(9, { head_repository: null })]],
  ["the plan is too old", [pullRequest()], [run(9, { artifacts: [{ name: "plan-prod", expired: true }] })]],
  [
    "the plan is of another stack",
    [pullRequest()],
    [run(9, { artifacts: [{ name: "plan-dev", expired: false }] })],
  ],
  ["the pull request is still open", [pullRequest({ merged_at: null })], [run(9)]],
  ["it was pushed without review", [], [run(9)]],
])("%s: stops", async (_, pullRequests, runs) => {
  Object.assign(github, { pullRequests, runs });
  await expect(find()).rejects.toMatchObject({
    what: 'No preview of stack "prod" for this commit was reviewed.',
    exitCode: 7,
  });
  expect(existsSync(output)).toBe(false);
});

test("without the permission it says so", async () => {
  github.refuses = 404;
  await expect(find()).rejects.toMatchObject({
    what: "GitHub did not let this step look for the reviewed plan.",
  });
});
