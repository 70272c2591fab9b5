import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "@jest/globals";
import { driftLabel, keepDriftIssue } from "./drift-issue.ts";
import { readDriftStep } from "./drift-step.ts";
import { collect } from "./testing/collect.ts";
import { GitHub, type Issue } from "./testing/github.ts";

let github: GitHub;
const folder = mkdtempSync(join(tmpdir(), "drift-"));
beforeAll(async () => {
  github = await GitHub.start();
});
afterEach(() => {
  github.issues = [];
  github.requests.length = 0;
  github.refuses = undefined;
});
afterAll(async () => {
  await github.close();
  rmSync(folder, { recursive: true });
});

/** 16 hexadecimal digits. */
const fingerprint = (digit: number) => String(digit).repeat(16);

interface Found {
  digit: number;
  verdict?: string;
  title?: string;
}

/** What the check of a stack found, and what the step then says. */
async function check(stack: string, found: readonly Found[], report = "## Drift\n"): Promise<string[]> {
  const step = readDriftStep({ STACK: stack }, folder);
  mkdirSync(dirname(step.json), { recursive: true });
  const drifts = found.map(({ digit, verdict = "new", title = `Queue ${digit}` }) => ({
    ...{
      fingerprint: fingerprint(digit),
      verdict,
      title,
      says: ["name is A in the stack and B in the account"],
    },
  }));
  const result = drifts.some(({ verdict }) => verdict !== "accepted") ? "drift" : "none";
  writeFileSync(step.json, JSON.stringify({ stack, result, drifts }));
  writeFileSync(step.markdown, report);
  const { terminal, out } = collect();
  expect(await keepDriftIssue(step, github.step(stack), terminal)).toBe(0);
  return out;
}

const issue = (): Issue => {
  expect(github.issues).toHaveLength(1);
  return github.issues[0]!;
};

test("drift opens an issue; the same drift again changes nothing and notifies nobody", async () => {
  expect(await check("prod", [{ digit: 2 }, { digit: 1 }])).toEqual(["Opened #1: 2 differences in prod."]);
  const opened = { ...issue() };
  expect(opened).toEqual({
    number: 1,
    title: "Stack prod was changed outside Pulumi",
    body: `<!-- flex-stack drift of prod: ${fingerprint(1)} ${fingerprint(2)} -->\n\n## Drift\n`,
    labels: [driftLabel],
    state: "open",
    comments: [],
  });
  github.requests.length = 0;
  await check("prod", [{ digit: 1 }, { digit: 2 }]);
  expect(issue()).toEqual(opened);
  expect(github.requests).toEqual(["GET issues"]);
});

test("what is new is told in a comment, once, and its text can mention nobody", async () => {
  await check("prod", [{ digit: 1 }]);
  await check("prod", [{ digit: 1 }, { digit: 2, title: "@everyone #1 *now*" }], "## More\n");
  await check("prod", [{ digit: 1 }, { digit: 2 }], "## More\n");
  expect(issue().body).toContain("## More");
  expect(issue().comments).toEqual([
    "New since the last check:\n\n- @\u200beveryone #\u200b1 &#42;now&#42;: name is A in the stack and B in the account",
  ]);
});

test("drift that went away changes the text only", async () => {
  await check("prod", [{ digit: 1 }, { digit: 2 }]);
  await check("prod", [{ digit: 2 }], "## Less\n");
  expect(issue()).toMatchObject({
    body: `<!-- flex-stack drift of prod: ${fingerprint(2)} -->\n\n## Less\n`,
    comments: [],
    state: "open",
  });
});

test("no drift closes it and says why; later drift opens another", async () => {
  await check("prod", [{ digit: 1 }]);
  expect(await check("prod", [])).toEqual(["Closed #1: prod has no drift."]);
  expect(issue()).toMatchObject({
    state: "closed",
    state_reason: "completed",
    comments: ["Stack prod and its account agree again."],
  });
  await check("prod", [{ digit: 1 }]);
  expect(github.issues.map(({ state }) => state)).toEqual(["closed", "open"]);
});

test("accepted drift is none", async () => {
  expect(await check("prod", [{ digit: 1, verdict: "accepted" }])).toEqual(["prod has no drift."]);
  expect(github.issues).toEqual([]);
  await check("prod", [
    { digit: 1, verdict: "accepted" },
    { digit: 2, verdict: "expired" },
  ]);
  expect(issue().body).toMatch(new RegExp(`^<!-- flex-stack drift of prod: ${fingerprint(2)} -->`));
});

test("each stack has an issue of its own, and other issues stay as they are", async () => {
  github.issues = [
    { number: 1, title: "Drift", body: "ours", labels: [driftLabel], state: "open", comments: [] },
    {
      ...{ number: 2, title: "PR", body: "<!-- flex-stack drift of prod: -->", labels: [driftLabel] },
      ...{ state: "open", comments: [], pull_request: {} },
    },
  ];
  await check("prod", [{ digit: 1 }]);
  await check("prod-eu", [{ digit: 1 }]);
  await check("prod", []);
  expect(github.issues.map(({ number, state, title }) => [number, state, title])).toEqual([
    [1, "open", "Drift"],
    [2, "open", "PR"],
    [3, "closed", "Stack prod was changed outside Pulumi"],
    [4, "open", "Stack prod-eu was changed outside Pulumi"],
  ]);
});

test("much that is new is told in part", async () => {
  await check("prod", [{ digit: 1 }]);
  const step = readDriftStep({ STACK: "prod" }, folder);
  const drifts = Array.from({ length: 25 }, (_, index) => ({
    ...{
      fingerprint: index.toString(16).padStart(16, "f"),
      verdict: "new",
      title: `Q${index}`,
      says: ["new"],
    },
  }));
  writeFileSync(step.json, JSON.stringify({ stack: "prod", result: "drift", drifts }));
  await keepDriftIssue(step, github.step("prod"), collect().terminal);
  const [comment = ""] = issue().comments;
  expect(comment.split("\n")).toHaveLength(23);
  expect(comment).toMatch(/\n- and 5 more, above$/);
});

test("a report of another stack, or none, is refused", async () => {
  const step = readDriftStep({ STACK: "prod" }, folder);
  for (const text of ['{"stack":"dev","result":"none","drifts":[]}', "{", '{"stack":"prod"}']) {
    writeFileSync(step.json, text);
    await expect(keepDriftIssue(step, github.step("prod"), collect().terminal)).rejects.toMatchObject({
      what: `${step.json} is no drift report of stack "prod".`,
      exitCode: 2,
    });
  }
  expect(github.requests).toEqual([]);
});

test("without the permission it says so", async () => {
  github.refuses = 403;
  await expect(check("prod", [{ digit: 1 }])).rejects.toMatchObject({
    what: "GitHub did not let this step keep the issue about drift.",
    why: expect.stringMatching(/^403: Resource not accessible by integration/),
    fix: expect.stringContaining("Check the permissions of the job"),
  });
});
