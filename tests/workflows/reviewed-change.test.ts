import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import { startEmulator, type Emulator, type Exchange } from "../../emulator/index.ts";
import { GitHub } from "../../ci/testing/github.ts";
import { localTwilio } from "../support/localTwilio.ts";
import { Checkout } from "./checkout.ts";
import { command } from "./workflow.ts";

// The very commands of the workflows, on a checkout of the project with a local Twilio, from the first preview to the
// issue about drift. The tests build on one another.

jest.setTimeout(180_000);
let emulator: Emulator;
let checkout: Checkout;
/** What would change the account. */
const writes: string[] = [];

beforeAll(async () => {
  const onExchange = ({ method, path }: Exchange) => {
    if (method !== "GET") writes.push(`${method} ${path}`);
  };
  emulator = await startEmulator({ file: ":memory:", port: 0, onExchange });
  checkout = await Checkout.make(emulator.url);
});
afterAll(async () => {
  await checkout.remove();
  await emulator.close();
});

const preview = () => checkout.run(command("preview", "preview", "Preview"));
const deploy = () => checkout.run(command("deploy-stack", "up", "Make the reviewed change"));
const plan = () => join(checkout.folder, ".local/ci/dev.plan.json");

interface Routing {
  queues: Record<string, { maxReservedWorkers?: number }>;
}
const reserve = (maxReservedWorkers: number) =>
  checkout.configure((config) => {
    (config["flex-messaging:routing"] as Routing).queues["billing"]!.maxReservedWorkers = maxReservedWorkers;
  });
const numbersOf = (config: Record<string, unknown>) =>
  (config["flex-messaging:messageHandling"] as { numbers: Record<string, unknown> }).numbers;

test("a pull request's preview keeps a report and a plan, and changes nothing", async () => {
  await checkout.configure((config) => (config["flex-messaging:protect"] = "true"));
  const { code, output } = await preview();
  expect(output).not.toContain("error");
  expect(code).toBe(0);
  expect(existsSync(plan())).toBe(true);
  expect(writes).toEqual([]);

  const summary = join(checkout.folder, "summary.md");
  const told = await checkout.run(command("preview", "preview", "Summary"), { GITHUB_STEP_SUMMARY: summary });
  expect([told.code, await checkout.read("summary.md")]).toEqual([0, expect.stringContaining("stack dev")]);
  const joined = await checkout.run(command("preview", "comment", "One report of all stacks"), {
    RUN_URL: "https://github.com/acme/flex/actions/runs/1",
  });
  expect([joined.code, await checkout.read(".local/ci/comment.md")]).toEqual([
    0,
    expect.stringMatching(/^<!-- flex-stack preview/),
  ]);
});

test("a deployment makes the reviewed change; another is refused, with nothing done", async () => {
  await reserve(5);
  const refused = await deploy();
  expect(refused.output).toContain(
    'error: The change of stack "dev" is not the one that was reviewed. Nothing was changed.\n' +
      "  why: reviewed, and now another change: create flex-routing-queue-billing\n",
  );
  expect(refused.code).toBe(7);
  expect(writes).toEqual([]);

  await reserve(1);
  await preview();
  const done = await deploy();
  expect(done.output).not.toContain("error");
  expect(done.code).toBe(0);
});

test("a change of the account after the review stops the deployment, and is left as it is", async () => {
  const { workspaces } = localTwilio(emulator).taskrouter.v1;
  const [workspace] = await workspaces.list();
  const queues = workspaces(workspace!.sid).taskQueues;
  const [billing] = await queues.list({ friendlyName: "Billing" });
  await reserve(5);
  expect(await preview()).toMatchObject({ code: 0 });
  // The very property that is to change, and another one of the same queue.
  for (const edit of [{ maxReservedWorkers: 9 }, { maxReservedWorkers: 1, targetWorkers: "1==1" }]) {
    await queues(billing!.sid).update(edit);
    writes.length = 0;
    expect(await deploy()).toMatchObject({
      code: 7,
      output: expect.stringContaining("reviewed, and now another change: update flex-routing-queue-billing"),
    });
    expect(writes).toEqual([]);
  }

  // Reviewed as well, the edit is undone by the deployment.
  await reserve(1);
  const planned = await preview();
  expect(planned.code).toBe(0);
  expect(await checkout.read(".local/ci/dev.report.json")).toContain("1==1");
  expect(await deploy()).toMatchObject({ code: 0 });
  expect((await queues(billing!.sid).fetch()).targetWorkers).toBe(billing!.targetWorkers);
});

test("a number that nobody named is not taken away, and no plan is kept", async () => {
  await checkout.configure((config) => delete numbersOf(config)["shop"]);
  writes.length = 0;
  const refused = await preview();
  expect(refused.output).toContain(
    "flex-number-shop-number would leave the stack: it stays at Twilio, and nobody looks after it. Fix: Keep it.",
  );
  expect(refused.code).toBe(5);
  expect(existsSync(plan())).toBe(false);
  // Pulumi's refusal would have hidden what else goes with the number.
  expect(await checkout.read(".local/ci/dev.report.json")).toContain("flex-number-shop-flex-flow");
  // Without a review, too.
  const update = await checkout.run("npm run up -- --stack dev --yes");
  expect(update.code).toBe(5);
  expect(writes).toEqual([]);
  const destroyed = await checkout.run("npm run destroy -- --stack dev --yes");
  expect(destroyed.code).toBe(5);
  expect(writes).toEqual([]);
});

test("named in the same change, it goes with the deployment, and the name is to be taken out after it", async () => {
  await checkout.configure(
    (config) => (config["flex-messaging:allowedDeletions"] = ["flex-number-shop-number"]),
  );
  const planned = await preview();
  expect([planned.code, planned.output]).toEqual([0, expect.not.stringContaining("message-path-kept")]);
  expect(writes).toEqual([]);
  const done = await deploy();
  expect([done.code, done.output]).toEqual([
    0,
    expect.stringContaining("left     api.IncomingPhoneNumber       flex-number-shop-number"),
  ]);
  const client = localTwilio(emulator);
  const flows = await client.flexApi.v1.flexFlow.list();
  expect(flows.map(({ contactIdentity }) => contactIdentity)).not.toContain("+12065550187");

  const after = await preview();
  expect([after.code, after.output]).toEqual([
    0,
    expect.stringContaining("names flex-number-shop-number, which this change neither deletes nor replaces."),
  ]);
});

test("a protected number gets another name: it stays what it is, and nothing at Twilio is changed", async () => {
  await checkout.configure((config) => {
    const { main, ...others } = numbersOf(config);
    (config["flex-messaging:messageHandling"] as { numbers: unknown }).numbers = { front: main, ...others };
    delete config["flex-messaging:allowedDeletions"];
  });
  writes.length = 0;
  const planned = await preview();
  expect([planned.code, planned.output]).toEqual([0, expect.not.stringContaining("error")]);
  const { changes, counts, rulesHeld, policies } = JSON.parse(
    await checkout.read(".local/ci/dev.report.json"),
  ) as {
    changes: { name: string; kind: string; nowAs?: string }[];
    counts: Record<string, number>;
    rulesHeld: number;
    policies: unknown[];
  };
  const renamed = changes.flatMap(({ kind, name, nowAs }) => (kind === "rename" ? [[name, nowAs]] : []));
  expect(renamed).toEqual(
    ["number", "flex-flow", "proxy-number"].map((part) => [
      `flex-number-main-${part}`,
      `flex-number-front-${part}`,
    ]),
  );
  expect(counts).toMatchObject({ create: 0, delete: 0, leave: 0, adopt: 3, rename: 3 });
  // The rules saw the number once, with one Flex Flow, though Pulumi did not plan to delete the protected one.
  expect([rulesHeld, policies]).toEqual([35, []]);

  const done = await deploy();
  expect([done.code, done.output]).toEqual([
    0,
    expect.stringContaining("      stays, now as flex-number-front-number\n"),
  ]);
  expect(writes).toEqual([]);
});

test("drift opens an issue, and its end closes it", async () => {
  const github = await GitHub.start();
  const look = command("drift", "drift", "Look for drift");
  const keep = command("drift", "drift", "Keep the issue");
  const as = {
    ...{ GITHUB_TOKEN: "token", GITHUB_REPOSITORY: "acme/flex", GITHUB_SHA: "a".repeat(40) },
    GITHUB_API_URL: github.url,
  };
  try {
    const client = localTwilio(emulator);
    const [workspace] = await client.taskrouter.v1.workspaces.list();
    const queues = client.taskrouter.v1.workspaces(workspace!.sid).taskQueues;
    const [billing] = await queues.list({ friendlyName: "Billing" });
    await queues(billing!.sid).update({ maxReservedWorkers: 9 });
    for (const line of [look, keep]) expect(await checkout.run(line, as)).toMatchObject({ code: 0 });
    await queues(billing!.sid).update({ maxReservedWorkers: 1 });
    expect(github.issues).toMatchObject([
      {
        title: "Stack dev was changed outside Pulumi",
        body: expect.stringContaining("Billing"),
        state: "open",
        labels: ["drift"],
      },
    ]);
    for (const line of [look, keep]) expect(await checkout.run(line, as)).toMatchObject({ code: 0 });
    expect(github.issues.map(({ state }) => state)).toEqual(["closed"]);
  } finally {
    await github.close();
  }
});
