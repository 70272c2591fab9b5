import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import packageJson from "../../package.json" with { type: "json" };
import { workflows, type Job, type Step } from "./workflow.ts";

// What actionlint does not hold workflows to. That they are valid, `npm test` checks with actionlint itself.

const all = workflows();
const jobs = Object.entries(all).flatMap(([file, { jobs }]) =>
  Object.entries(jobs).map(([name, job]): [string, Job] => [`${file}/${name}`, job]),
);
const steps = jobs.flatMap(([name, job]) =>
  (job.steps ?? []).map((step): [string, Step] => [`${name}: ${step.name ?? step.run ?? step.uses}`, step]),
);

test("each workflow begins without a permission, and its jobs ask for what they need", () => {
  expect(Object.values(all).map(({ permissions }) => permissions)).toEqual(Object.keys(all).map(() => ({})));
  expect(Object.fromEntries(jobs.map(([name, { permissions }]) => [name, permissions]))).toEqual({
    "deploy/dev": { contents: "read", actions: "read", "pull-requests": "read" },
    "deploy/prod": { contents: "read", actions: "read", "pull-requests": "read" },
    "deploy/staging": { contents: "read", actions: "read", "pull-requests": "read" },
    "deploy-stack/up": { contents: "read", actions: "read", "pull-requests": "read" },
    "drift/drift": { contents: "read", issues: "write" },
    "preview/comment": { contents: "read", "pull-requests": "write" },
    "preview/preview": { contents: "read" },
    "test/test": { contents: "read" },
  });
});

test("what pull requests start runs without the secrets of the repository's own branch", () => {
  for (const { on } of Object.values(all)) {
    expect(Object.keys(on)).not.toContain("pull_request_target");
    expect(Object.keys(on)).not.toContain("workflow_run");
  }
});

test.each(jobs)("%s ends some time", (_, { uses, ...job }) => {
  expect(job["timeout-minutes"] ?? (uses === undefined ? 0 : 1)).toBeGreaterThan(0);
});

test.each(steps.filter(([, { run }]) => run !== undefined))(
  "%s calls a script of package.json",
  (_, { run = "" }) => {
    const [, script = ""] = /^npm (?:run )?([\w:-]+)(?: |$)/.exec(run) ?? [];
    expect(Object.keys(packageJson.scripts)).toContain(script);
    expect(run).not.toContain("\n");
    // Whatever somebody may write into a title or a branch never becomes part of a command.
    expect(run).not.toContain("${{");
  },
);

test("actions are pinned to a commit, with the version beside it, one for all", () => {
  const lines = Object.values(all).flatMap(({ text }) => text.match(/^ *(?:- )?uses: (?!\.\/).*$/gm) ?? []);
  const pins = lines.map((line) => /uses: ([\w/-]+)@([0-9a-f]{40}) # (v\d+\.\d+\.\d+)$/.exec(line));
  expect(lines.filter((_, index) => pins[index] === null)).toEqual([]);
  const used = new Map<string, Set<string>>();
  for (const [, action = "", sha, version] of pins.flatMap((pin) => (pin ? [pin] : [])))
    used.set(action, (used.get(action) ?? new Set()).add(`${sha} ${version}`));
  expect([...used].filter(([, versions]) => versions.size > 1)).toEqual([]);
  expect(used.size).toBe(5);
});

test("no step leaves the job's token in the checkout", () => {
  const checkouts = steps.filter(([, { uses }]) => uses?.startsWith("actions/checkout@"));
  expect(checkouts.map(([, step]) => step.with)).toEqual(
    checkouts.map(() => ({ "persist-credentials": false })),
  );
});

test("credentials of Twilio, Pulumi and GitHub never meet in one step, and none is in a step that needs none", () => {
  const withSecrets = steps.flatMap(([name, { env = {} }]) => {
    const text = JSON.stringify(env);
    const kinds = [/secrets\./.test(text) && "account", /github\.token/.test(text) && "github"];
    return kinds.some(Boolean) ? [`${name}: ${kinds.filter(Boolean).join(" and ")}`] : [];
  });
  expect(withSecrets).toEqual([
    "deploy-stack/up: Find the reviewed plan: github",
    "deploy-stack/up: Make the reviewed change: account",
    "drift/drift: Look for drift: account",
    "drift/drift: Keep the issue: github",
    "preview/preview: Preview: account",
  ]);
});

test("a stack is updated by one job at a time, which is never cut short", () => {
  expect(all["deploy-stack"]?.jobs["up"]?.concurrency).toEqual({
    group: "stack-${{ inputs.stack }}",
    "cancel-in-progress": false,
  });
});

test("only the deployment gets the credentials that can change an account", () => {
  expect(jobs.flatMap(([name, { environment }]) => (environment ? [[name, environment]] : []))).toEqual([
    ["deploy-stack/up", "${{ inputs.stack }}"],
    ["drift/drift", "${{ matrix.stack }}-preview"],
    ["preview/preview", "${{ matrix.stack }}-preview"],
  ]);
});

test("docs/ci.md names every workflow, variable and secret, and scripts that exist", () => {
  const documented = readFileSync(new URL("../../docs/ci.md", import.meta.url), "utf8");
  const texts = Object.values(all).map(({ text }) => text);
  const set = texts.flatMap((text) => text.match(/(?<=(?:vars|secrets)\.)[A-Z_]+/g) ?? []);
  const files = Object.keys(all).map((name) => `${name}.yml`);
  expect(set.length).toBeGreaterThan(0);
  expect([...files, ...set].filter((name) => !documented.includes(name))).toEqual([]);
  const scripts = [...documented.matchAll(/npm run ([\w:-]+)/g)].map(([, script = ""]) => script);
  expect(scripts.filter((script) => !(script in packageJson.scripts))).toEqual([]);
});
