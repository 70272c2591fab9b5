import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { diagnosisText } from "../../cli/diagnose/diagnosis-text.ts";
import type { Diagnosis } from "../../flex-stack/diagnose/diagnosis.ts";
import { stepNames, type State } from "../../flex-stack/diagnose/finding.ts";
import { exitCodeOf } from "../../cli/diagnose/run-diagnosis.ts";
import { startEmulator, type Exchange } from "../../emulator/index.ts";
import { useReceiver } from "../support/receiver.ts";
import { advised, isAdvice, unfollowed } from "./advice.ts";
import { BrokenCentre, customer, useCentres } from "./centre.ts";
import { expectAdvice, expectCommandsToMend } from "./clean-up.ts";
import { testCommand } from "./command.ts";
import { faults } from "./faults/index.ts";
import { ailments, wellUsed } from "./ailments.ts";
import { rounds } from "./repairs.ts";
import { completed, journeys } from "./healthy.ts";
import { finished, nextText, talking, web } from "./talk.ts";

// The dev stack, provisioned once by Pulumi. Each way to break it, and each journey, gets a copy of its own.

const centres = useCentres();
const receiver = useReceiver();
const plain = { style: (_: unknown, text: string) => text };

const letters: Readonly<Record<State, string>> = {
  ok: "✓",
  waiting: "…",
  broken: "✗",
  unknown: "?",
  skipped: "–",
};
const problemsOf = ({ findings }: Diagnosis) =>
  findings.flatMap(({ problem, remarks = [] }) => [...(problem === undefined ? [] : [problem]), ...remarks]);
/** What `flex-stack up --refresh` was seen to mend. */
const mendedCauses = new Set(
  rounds
    .flat()
    .flatMap(([name]) => [
      ...faults.filter((one) => one.name === name).map((one) => one.expect.cause),
      ...ailments.filter((one) => one.name === name).flatMap((one) => one.causes),
    ]),
);
const marks = ({ findings }: Diagnosis): string => findings.map(({ state }) => letters[state]).join("");

describe.each(faults)(
  "$name",
  ({ name, break: breakIt, expect: expected, webhookTimeout = 300, calls = 25, served }) => {
    test(`breaks at ${expected.step}: ${expected.cause}`, async () => {
      const centre = await centres.open({ webhookTimeout });
      const subject = await breakIt(centre, receiver);
      const diagnosis = await centre.diagnose(subject);
      const { step, problem } = diagnosis;
      expect({ step, cause: problem?.cause, exit: exitCodeOf(diagnosis) }).toEqual(expected);
      expect(problem?.sentence).toMatch(/^.{20,}[.!?]$/s);
      expect(problem?.fix).toMatch(/\S/);
      expect(diagnosis.calls).toBeLessThanOrEqual(calls);
      expect(diagnosis.cut).toEqual([]);
      if (problem !== undefined) expectAdvice(name, problem);
      await expectCommandsToMend(centre, async () =>
        problemsOf(await centre.diagnose(subject, { showContent: true })),
      );
      if (served === undefined) return;
      const next = await centre.diagnose(await nextText(web(centre)));
      expect({ next: marks(next), text: diagnosisText(next, plain).join("\n") }).toEqual({
        next: "✓✓✓✓✓✓✓––",
        text: expect.any(String),
      });
    });
  },
);

test("every step is broken in at least two ways", () => {
  const counts = stepNames.map(
    (step) => faults.filter(({ expect: { step: broken } }) => broken === step).length,
  );
  expect(counts.filter((count) => count < 2)).toEqual([]);
  expect(faults.length).toBeGreaterThanOrEqual(20);
});

describe("nothing is broken when", () => {
  test.each(journeys)("$name", async ({ travel, marks: expected }) => {
    const centre = await centres.open();
    const diagnosis = await centre.diagnose(await travel(centre));
    expect({ marks: marks(diagnosis), text: diagnosisText(diagnosis, plain).join("\n") }).toEqual({
      marks: expected,
      text: expect.not.stringMatching(/✗|\n *!/),
    });
    expect(exitCodeOf(diagnosis)).toBe(0);
  });
});

test.each([
  ["Programmable Chat", completed],
  ["Flex Conversations", (centre: BrokenCentre) => finished(web(centre))],
])("a diagnosis only reads, and takes few calls: %s", async (_, finish) => {
  const sent: Exchange[] = [];
  const centre = await centres.open({ onExchange: (exchange) => sent.push(exchange) });
  const { message } = await finish(centre);
  sent.length = 0;
  const { calls } = await centre.diagnose(message);
  expect(new Set(sent.map(({ method }) => method))).toEqual(new Set(["GET"]));
  // One more tells whose credentials these are.
  expect(sent.length).toBe(calls + 1);
  expect(calls).toBeLessThanOrEqual(25);
});

describe("what may not be read is said, and the rest is looked at", () => {
  test.each([
    ["api", "?✓✓✓✓✓––", "Messaging"],
    ["proxy", "✓?✓✓✓✓––", "Proxy"],
    ["chat", "✓✓?✓✓??–", "Programmable Chat"],
    ["studio", "✓✓✓?✓✓––", "Studio"],
    ["taskrouter", "✓✓✓✓????", "TaskRouter"],
    // The stack knows what the Flex Configuration would tell.
    ["flex-api", "✓✓✓✓✓✓––", ""],
  ])("no permission for %s", async (host, expected, product) => {
    const centre = await centres.open();
    const { channelSid } = await centre.talks();
    await centre.advance(60);
    const message = await centre.writes("Are you there?");
    await centre.fault({ host, error: { status: 403, code: 20003, message: "Permission denied" } });
    const diagnosis = await centre.diagnose(host === "api" ? { channel: channelSid } : message);
    expect(marks(diagnosis)).toBe(expected);
    const refused = diagnosis.findings.filter(({ state }) => state === "unknown");
    const facts =
      "Permission denied (HTTP 403, Twilio error 20003, https://www.twilio.com/docs/errors/20003)";
    expect(new Set(refused.map(({ sentence }) => sentence))).toEqual(
      new Set(product === "" ? [] : [`No permission to read ${product}: ${facts}.`]),
    );
    expect(exitCodeOf(diagnosis)).toBe(product === "" ? 0 : 10);
  });

  test.each([
    ["api", "??✓✓✓✓✓✓–", ["Messaging", "Phone Numbers"]],
    ["conversations", "✓?–––––––", ["Conversations"]],
    ["studio", "✓✓✓?✓✓✓✓–", ["Studio"]],
    ["taskrouter", "✓✓✓✓–????", ["TaskRouter"]],
    ["flex-api", "✓✓✓✓?✓✓✓–", ["Flex"]],
    // Both have one store.
    ["chat", "✓✓✓✓✓✓✓✓–", []],
  ])("no permission for %s, on the way through Flex Conversations", async (host, expected, products) => {
    const centre = await centres.open();
    const { message, agent, reservation, conversationSid } = await talking(web(centre));
    await agent.answer(reservation, "How can I help?");
    await centre.advance(5);
    await centre.fault({ host, error: { status: 403, code: 20003, message: "Permission denied" } });
    const diagnosis = await centre.diagnose(host === "api" ? { channel: conversationSid } : message);
    expect(marks(diagnosis)).toBe(expected);
    const refused = diagnosis.findings.filter(({ state }) => state === "unknown");
    expect(new Set(refused.map(({ sentence }) => sentence.split(":")[0]))).toEqual(
      new Set(products.map((product) => `No permission to read ${product}`)),
    );
    expect(exitCodeOf(diagnosis)).toBe(products.length === 0 ? 0 : 10);
  });

  test("a sender's messages", async () => {
    const centre = await centres.open();
    await centre.talks();
    await centre.fault({ host: "api", path: "/**/Messages*", error: { status: 403 } });
    const diagnosis = await centre.diagnose({ from: customer });
    expect(diagnosis).toMatchObject({ result: "unknown", problem: { cause: "no-permission" } });
  });

  test("the message itself", async () => {
    const centre = await centres.open();
    const { message } = await centre.talks();
    await centre.fault({ host: "api", path: "/**/Messages/*", error: { status: 403 } });
    const diagnosis = await centre.diagnose(message);
    expect(marks(diagnosis)).toBe("?–––––––");
    expect(exitCodeOf(diagnosis)).toBe(10);
  });

  test("a product that has trouble", async () => {
    const centre = await centres.open();
    const { message } = await centre.talks();
    await centre.fault({ host: "studio", error: { status: 429, retryAfter: 0 }, times: 2 });
    expect(marks(await centre.diagnose(message))).toBe("✓✓✓✓✓✓––");
    await centre.fault({ host: "studio", error: { status: 400, code: 20001, message: "Bad day" } });
    const { findings, problem } = await centre.diagnose(message);
    expect(findings[3]).toMatchObject({ state: "unknown", sentence: expect.stringContaining("Bad day") });
    expect(problem).toMatchObject({ cause: "twilio-failed", fix: "Run it again." });
  });
});

test("a product that is down is given up soon", async () => {
  const centre = await centres.open();
  const { message } = await centre.talks();
  await centre.fault({ host: "proxy", path: "/**/Interactions", error: { status: 500 } });
  const diagnosis = await centre.diagnose(message);
  expect(marks(diagnosis)).toBe("✓?✓✓✓✓––");
  expect(diagnosis.problem?.sentence).toMatch(/^Proxy did not answer: /);
  // Once, and three times again.
  expect(diagnosis.calls).toBeLessThanOrEqual(25);
});

test("an account without Flex", async () => {
  const emulator = await startEmulator({ file: ":memory:", port: 0, seed: "empty" });
  try {
    const centre = new BrokenCentre(emulator, [], () => undefined);
    const diagnosis = await centre.diagnose(`SM${"0".repeat(32)}`);
    expect(diagnosis).toMatchObject({ step: "receive", problem: { cause: "no-flex" } });
    expect(await centre.health()).toMatchObject({
      result: "broken",
      checks: [{ name: "services", problems: [{ cause: "no-flex" }] }],
    });
  } finally {
    await emulator.close();
  }
});

describe("the health of the set-up", () => {
  test.each(ailments)("$name", async ({ name, break: breakIt, check, causes }) => {
    const centre = await centres.open({ webhookTimeout: 60_000 });
    await breakIt(centre, receiver);
    const { result, checks } = await centre.health();
    const failed = checks.filter(({ state }) => state !== "ok");
    expect(failed.map(({ name, problems }) => [name, problems.map(({ cause }) => cause)])).toEqual([
      [check, causes],
    ]);
    expect(result).toBe("broken");
    const problems = failed.flatMap((one) => one.problems);
    for (const problem of problems) {
      expect(`${problem.sentence} ${problem.fix}`).toMatch(/^.{40,}\.$/s);
      expectAdvice(name, problem);
    }
    await expectCommandsToMend(centre, async () =>
      (await centre.health({ showContent: true })).checks.flatMap((one) => one.problems),
    );
  });

  test("a set-up in use has nothing wrong", async () => {
    const centre = await centres.open();
    await wellUsed(centre);
    const { result, checks, calls } = await centre.health();
    expect(checks.filter(({ state }) => state !== "ok")).toEqual([]);
    expect(result).toBe("ok");
    expect(calls).toBeLessThanOrEqual(40);
  });

  test("a service that is missing is told, whatever may not be read besides", async () => {
    const centre = await centres.open();
    await centre.client.proxy.v1.services(centre.sids.proxy).remove();
    await centre.fault({ host: "chat", error: { status: 403 } });
    const { result, checks } = await centre.health();
    expect(result).toBe("broken");
    expect(checks[0]).toMatchObject({ name: "services", problems: [{ cause: "proxy-service-missing" }] });
  });

  test("what may not be read is said", async () => {
    const centre = await centres.open();
    await centre.fault({ host: "studio", error: { status: 403 } });
    const { result, checks } = await centre.health();
    expect(result).toBe("unknown");
    expect(checks.filter(({ state }) => state === "unknown").map(({ name }) => name)).toEqual([
      "addresses",
      "flex-flows",
      "flows",
      "executions",
    ]);
  });
});

describe("what the health of an account advises in words", () => {
  test.each(advised)("$cause: $words", async ({ cause, words, break: breakIt, follow, known = () => [] }) => {
    const centre = await centres.open({ webhookTimeout: 60_000 });
    const { definition } = await centre.flow.fetch();
    const { smsUrl } = await centre.ownNumber.fetch();
    const { integration } = await (await centre.flexFlow()).fetch();
    await breakIt(centre, receiver);
    const seen = centre.seenWith(known);
    const problems = async (from = seen) =>
      (await from.health({ showContent: true })).checks.flatMap((check) => check.problems);
    expect((await problems()).filter((problem) => isAdvice({ cause, words }, problem))).not.toEqual([]);
    // Where the stack has it, the command is advised that repair.test.ts runs.
    const up = (await problems(centre)).filter(({ fix }) => fix.includes("flex-stack up --refresh"));
    expect(up.map((problem) => problem.cause).filter((one) => !mendedCauses.has(one))).toEqual([]);
    if (follow !== "command") await follow(centre, { definition, smsUrl, integration });
    // Others may be left, of conversations that were broken on the way.
    await expectCommandsToMend(seen, problems);
    expect(await problems()).toEqual([]);
  });

  /** Where the checks say what is wrong, and what to do. */
  const source = [
    "health",
    "agent.ts",
    "number-handler.ts",
    "flex-conversations/address-problem.ts",
    "flex-conversations/agent-room.ts",
    "flex-conversations/opening-hook.ts",
    "flex-conversations/second-handler.ts",
  ]
    .map((place) => new URL(`../../flex-stack/diagnose/${place}`, import.meta.url))
    .flatMap((url) =>
      url.pathname.endsWith(".ts") ? url : readdirSync(url).map((file) => new URL(`${url.href}/${file}`)),
    )
    .map((url) => readFileSync(url, "utf8").replace(/export function memberRoleProblem[^]*?^}/m, ""))
    .join("\n");
  const inSource = (pattern: RegExp) =>
    [...new Set([...source.matchAll(pattern)].map((found) => JSON.parse(`"${found[1]}"`) as string))].sort();
  const inTable = (key: "cause" | "words") =>
    [...new Set([...advised, ...unfollowed].map((one) => one[key]))].sort();

  test("is all in the table", () => {
    expect(inTable("cause")).toEqual(inSource(/(?:cause: |problem\(\s*|missing\()"([^"]+)"/g));
    expect(inTable("words")).toEqual(inSource(/(?:fix: |fix:\s+|repair\.or\(\s*|\n\s+[?:] )"([A-Z][^"]*)"/g));
  });
});

describe("flex-stack diagnose", () => testCommand(centres));
