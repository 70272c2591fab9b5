import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import type { EngineEvent } from "@pulumi/pulumi/automation/index.js";
import {
  done,
  failed,
  said,
  started,
  state,
  step,
  urnOf,
} from "../../flex-stack/changes/engine-events.fixture.ts";
import { startEmulator, type Emulator } from "../../emulator/index.ts";
import { ScriptedProject, type Answer } from "./scripted-project.ts";

const queue = "twilio:taskrouter:TaskQueue";
const stackType = "pulumi:pulumi:Stack";
const id = "WS1/WQ1";

const existing = (protect = false): Answer => ({
  stdout: JSON.stringify({
    version: 3,
    deployment: { resources: [{ urn: urnOf(queue, "billing"), type: queue, custom: true, id, protect }] },
  }),
});
const missing: Answer = { stderr: "error: no stack named 'dev' found\n", code: 6 };

const summary = (counts: Record<string, number>): EngineEvent => ({
  sequence: 0,
  timestamp: 0,
  summaryEvent: { maybeCorrupt: false, durationSeconds: 1, resourceChanges: counts, policyPacks: {} },
});
const outputs = done(
  step("same", stackType, "s", {
    new: state(stackType, "s", { custom: false, outputs: { workspaceSid: "WS1" } }),
  }),
);
const creation: Answer = {
  events: [
    started(step("create", queue, "billing")),
    done(step("create", queue, "billing", { new: state(queue, "billing", { id }) })),
    outputs,
    summary({ create: 1 }),
  ],
};
const nothing: Answer = { events: [done(step("same", queue, "billing")), outputs, summary({ same: 1 })] };
const renamed = step("update", queue, "billing", {
  old: state(queue, "billing", { id, inputs: { friendlyName: "Billing" } }),
  new: state(queue, "billing", { id, inputs: { friendlyName: "Billing EU" } }),
  diffs: ["friendlyName"],
});
const update: Answer = { events: [done(renamed), summary({ update: 1 })] };
const refusal: Answer = {
  events: [
    started(step("create", queue, "billing")),
    said("error", "Twilio 20001 (400): Queue named Billing already exists\n", urnOf(queue, "billing")),
    failed(step("create", queue, "billing")),
    said("error", "update failed\n", urnOf(stackType, "s")),
  ],
  code: 1,
};

/** Everything but times and the temporary folder. */
const steady = (text: string, folder: string): string =>
  text
    .replaceAll(folder, "FOLDER")
    .replaceAll(/\d+\.\d s/g, "0.0 s")
    .replaceAll(/127\.0\.0\.1:\d+/g, "127.0.0.1:PORT");

describe("flex-stack", () => {
  let emulator: Emulator;
  let project: ScriptedProject;

  beforeAll(async () => {
    emulator = await startEmulator({ port: 0, file: ":memory:" });
    project = new ScriptedProject(emulator.url);
  });
  beforeEach(() => project.answers({}));
  afterAll(async () => {
    project.remove();
    await emulator.close();
  });

  const run = async (...words: string[]) => {
    const { code, stdout, stderr } = await project.run(...words);
    return { code, stdout: steady(stdout, project.folder), stderr: steady(stderr, project.folder) };
  };
  const commands = () => project.calls().map(({ command }) => command);

  test("up creates a new stack and says what was provisioned", async () => {
    project.answers({ "stack export": missing, up: creation });
    expect(await run("up")).toEqual({
      code: 0,
      stderr: "",
      stdout: `Local Twilio: using the one that listens on http://127.0.0.1:PORT.
Stack dev: created, state in .pulumi in the project's folder.
+ created  taskrouter.TaskQueue          billing  WQ1

Stack dev: 1 created, in 0.0 s, with 0 API requests.

Outputs:
  workspaceSid  WS1

Next:
  npm run emulator   keep the local Twilio running, for npx pulumi, curl or your own programs
  npm run preview    change index.ts or Pulumi.dev.yaml and see what that would do
  npm run destroy    take it all away again
`,
    });
    expect(commands()).toEqual(["stack init", "preview", "up"]);
    expect(project.calls().map(({ passphrase }) => passphrase)).toEqual(["", "", ""]);
  });

  test("what to do next is told after the first update only", async () => {
    project.answers({ "stack export": existing(), up: creation });
    const { code, stdout } = await run("up");
    expect(code).toBe(0);
    expect(stdout).toContain("Stack dev: 1 created");
    expect(stdout).not.toContain("Next:");
  });

  const recorded = (workspaceSid: string): Answer => ({
    stdout: JSON.stringify({
      deployment: {
        resources: [
          {
            urn: urnOf(stackType, "s"),
            type: stackType,
            custom: false,
            outputs: { workspaceSid, number: "+1" },
          },
          { urn: urnOf(queue, "billing"), type: queue, custom: true, id },
        ],
      },
    }),
  });
  const changed = {
    events: [done(renamed), outputs, summary({ update: 1 })],
  };

  test.each<[string, string, string[], string]>([
    ["that changed", "WS0", [], "\nOutputs:\n  workspaceSid  WS1\n  number        (gone)\n"],
    [
      "but not those that did not",
      "WS1",
      [],
      "\nOutputs:\n  number  (gone)\n  1 more as before (--outputs).\n",
    ],
    ["and all when asked", "WS1", ["--outputs"], "\nOutputs:\n  workspaceSid  WS1\n"],
  ])("up tells outputs %s, and what a change on a local stack means", async (_, before, words, end) => {
    project.answers({ "stack export": recorded(before), preview: changed, up: changed });
    const { code, stdout } = await run("up", ...words);
    expect(code).toBe(0);
    expect(stdout).toContain(
      '~ updated  taskrouter.TaskQueue          billing  WQ1\n      friendlyName: "Billing" → "Billing EU"',
    );
    expect(stdout.slice(stdout.indexOf("\nOutputs:"))).toBe(end);
  });

  test("up on a stack that is as declared says so", async () => {
    project.answers({ "stack export": existing(), up: nothing });
    const { code, stdout } = await run("up");
    expect(code).toBe(0);
    expect(stdout).toContain(
      "\nStack dev: no changes, 1 unchanged, in 0.0 s, with 0 API requests.\n" +
        "Compared with what the last update recorded; --refresh compares with the account, too.\n",
    );
    expect((await run("up", "--refresh")).stdout).not.toContain("the last update recorded");
    expect(stdout).not.toContain("billing");
  });

  test("up tells a failure once, with Twilio's code", async () => {
    project.answers({ "stack export": existing(), up: refusal });
    const { code, stdout, stderr } = await run("up");
    expect(code).toBe(1);
    expect(stderr).toBe("error: TaskQueue billing: Twilio 20001 (400): Queue named Billing already exists\n");
    expect(stdout).toContain("✗ failed to create taskrouter.TaskQueue");
    expect(stdout).toContain("Stack dev: 1 failed, in 0.0 s");
  });

  test("what is wrong with the configuration ends as a wrong option does", async () => {
    const message = "1 problem in the configuration of stack dev (Pulumi.dev.yaml):\n  - a is 1; set 2.\n";
    const wrong = { events: [said("error", message, urnOf(stackType, "s"))], code: 255 };
    project.answers({ "stack export": existing(), preview: wrong });
    expect((await run("up")).code).toBe(2);
  });

  test("up is not silent when Pulumi does not say why it failed", async () => {
    const mute = { events: [said("error", "update failed\n", urnOf(stackType, "s"))], code: 1 };
    project.answers({ "stack export": existing(), up: mute });
    const { code, stderr } = await run("up");
    expect([code, stderr.split("\n")[0]]).toEqual([
      1,
      "error: Pulumi failed without saying why (exit code 1).",
    ]);
  });

  test("preview shows what changes, property by property", async () => {
    project.answers({ "stack export": existing(), preview: update });
    const { code, stdout } = await run("preview");
    expect(code).toBe(0);
    expect(stdout).toContain(
      '\n~ update   taskrouter.TaskQueue  billing  WQ1\n      friendlyName: "Billing" → "Billing EU"\n\nStack dev: 1 to update',
    );
  });

  test("preview --expect-no-changes exits with 7 when there are some", async () => {
    const expectation = {
      ...update,
      code: 7,
      stderr: "error: no changes were expected but changes were proposed\n",
    };
    project.answers({ "stack export": existing(), preview: expectation });
    const { code, stderr } = await run("preview", "--expect-no-changes");
    expect([code, stderr]).toEqual([7, "error: No changes were expected (--expect-no-changes).\n"]);
    expect(project.calls().at(-1)?.args).toContain("--expect-no-changes");
  });

  test("--json prints one document", async () => {
    project.answers({ "stack export": existing(), preview: update });
    const { code, stdout, stderr } = await run("preview", "--json");
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      stack: "dev",
      result: "succeeded",
      counts: { update: 1 },
      changes: [
        {
          name: "billing",
          kind: "update",
          properties: [{ path: "friendlyName", before: "Billing", after: "Billing EU" }],
        },
      ],
      apiRequests: 0,
    });
    expect(stderr).toBe("Local Twilio: using the one that listens on http://127.0.0.1:PORT.\n");
  });

  test("options reach Pulumi, those after -- as they are", async () => {
    project.answers({ "stack export": existing(), up: nothing });
    await run("up", "--refresh", "--parallel", "4", "--target", "billing", "--", "--policy-pack", "policy");
    const args = project.calls().at(-1)?.args?.join(" ");
    expect(args).toContain("--refresh --target **::billing --parallel 4 --color never");
    expect(args).toMatch(/ --policy-pack policy --non-interactive$/);
  });

  test.each([
    ["preview", []],
    ["up", []],
    ["destroy", ["--yes"]],
  ])("%s of a target that is no resource fails, and changes nothing", async (command, words) => {
    project.answers({ "stack export": existing(), preview: nothing, up: nothing, destroy: nothing });
    const { code, stderr } = await run(command, ...words, "--target", "bill");
    expect(code).toBe(2);
    expect(stderr).toContain('error: Stack "dev" has no resource with the name "bill".');
    expect(stderr).toContain("fix: Did you mean billing?");
    expect(commands()).not.toContain("up");
    expect(commands()).not.toContain("destroy");
  });

  test("a real account is not updated without being asked about", async () => {
    const { code, stderr } = await project.start(["up", "--stack", "prod"], { PULUMI_CONFIG_PASSPHRASE: "p" })
      .ended;
    expect(code).toBe(2);
    expect(stderr).toContain('error: The update of stack "prod" has to be confirmed.');
    expect(stderr).toContain(
      'warning: Stack "prod" is protected, but its state is only on this machine (.pulumi in ',
    );
    expect(commands()).toEqual([]);
  });

  test("a Pulumi that ends well and could not be heard is no success", async () => {
    project.answers({ "stack export": existing(), preview: { unheard: true } });
    const { code, stderr } = await run("preview");
    expect([code, stderr]).toEqual([
      1,
      "error: Pulumi came to its end, but what it did could not be heard.\n" +
        "  why: Its events are written into a file in the folder for temporary files, which did not work.\n" +
        "  fix: Make room there (TMPDIR names the folder), then look at npm run preview.\n",
    ]);
  });

  test("a real account is previewed before it is updated", async () => {
    project.answers({ "stack export": existing(), preview: update, up: update });
    const { code, stdout } = await project.start(["up", "-s", "prod", "--yes"], {
      PULUMI_CONFIG_PASSPHRASE: "p",
    }).ended;
    expect(code).toBe(0);
    expect(commands()).toEqual(["preview", "up"]);
    expect(stdout).toMatch(/~ update[^]*Stack prod: 1 to update\.[^]*~ updated[^]*Stack prod: 1 updated/);
  });

  test("the passphrase of a real account's stack must be given", async () => {
    const { code, stderr } = await run("preview", "--stack", "prod");
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /^error: The secrets of stack "prod" need their passphrase.\n {2}why: .*\n {2}fix: export /,
    );
  });

  test("destroy deletes, and tells what it left in place", async () => {
    const adopted = state(queue, "everyone", { id: "WS1/WQ2", outputs: { adopted: true } });
    const events = [
      done(step("delete", queue, "billing", { old: state(queue, "billing", { id }) })),
      done(step("delete", queue, "everyone", { old: adopted })),
    ];
    project.answers({ "stack export": existing(), destroy: { events } });
    const { code, stdout } = await run("destroy", "--", "--remove");
    expect(code).toBe(0);
    expect(stdout).toContain(`
- deleted  taskrouter.TaskQueue          billing  WQ1
· left     taskrouter.TaskQueue          everyone  WQ2

Stack dev: 1 deleted, 1 left in place, in 0.0 s, with 0 API requests.
`);
    expect(project.calls().at(-1)?.args).toContain("--remove");
  });

  const analyzed = (key: string, passed: string[]): EngineEvent => ({
    ...{ sequence: 0, timestamp: 0 },
    [key]: { policyPackName: "flex-messaging", passed },
  });
  const resourceRules = analyzed("policyAnalyzeSummaryEvent", ["no-plain-credentials"]);
  const stackRules = analyzed("policyAnalyzeStackSummaryEvent", ["references-are-declared"]);
  const had = (op: "create" | "same", name: string) =>
    done(step(op, queue, name, { new: state(queue, name, { id, protect: true }) }));
  /** Pulumi's refusal to delete the protected name of a queue that has another one now. */
  const renaming: EngineEvent[] = [
    resourceRules,
    had("create", "invoices"),
    done(step("delete", queue, "billing", { old: state(queue, "billing", { id, protect: true }) })),
    said(
      "error",
      `Preview failed: resource "${urnOf(queue, "billing")}" cannot be deleted\nbecause it is protected. …`,
      urnOf(queue, "billing"),
    ),
    said("error", "preview failed\n"),
  ];

  test("up lets a protected queue change its name, once the rules judged the stack without the old one", async () => {
    const update = { events: [had("create", "invoices"), ...[renaming[2]!]] };
    project.answers({
      ...{ "stack export": existing(true), up: update },
      preview: { events: renaming, code: 255 },
      "preview --exclude": { events: [stackRules, summary({ create: 1 })] },
    });
    const { code, stdout, stderr } = await run("up");
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toContain(
      "» renamed  taskrouter.TaskQueue          billing  WQ1\n      stays, now as invoices\n",
    );
    expect(stdout).toContain("\nStack dev: 1 adopted, 1 renamed, in 0.0 s");
    expect(commands()).toEqual(["preview", "preview --exclude", "state", "up"]);
  });

  test("where the rules could not judge that, nothing is done", async () => {
    project.answers({
      ...{ "stack export": existing(true), up: nothing },
      preview: { events: renaming, code: 255 },
      "preview --exclude": { events: [said("error", "the plugin ended")], code: 255 },
    });
    const { code, stdout, stderr } = await run("up");
    expect([code, stderr]).toEqual([255, "error: the plugin ended\n"]);
    expect(stdout).toContain("\nPolicies: the preview ended before all rules had looked at all of it.\n");
    expect(commands()).toEqual(["preview", "preview --exclude"]);
  });

  test("preview says of a failure that not all rules came to look, and of --no-policy that none did", async () => {
    const broken = { events: [resourceRules, said("error", "no such queue", urnOf(queue, "x"))], code: 255 };
    project.answers({ "stack export": existing(), preview: broken });
    expect((await run("preview")).stdout).toContain(
      "\nPolicies: the preview ended before all rules had looked at all of it.\n",
    );
    const { stdout } = await run("preview", "--json");
    expect(JSON.parse(stdout)).toMatchObject({ rulesHeld: 1, rulesRan: "part", rulesDisabled: [] });
    project.answers({ "stack export": existing(), preview: nothing });
    expect((await run("preview", "--no-policy")).stdout).toContain(
      "\nPolicies: the rules were left out (--no-policy).\n",
    );
    expect((await run("preview")).stdout).not.toContain("Policies");
  });

  test("up --skip-preview does not look first", async () => {
    project.answers({ "stack export": existing(), up: nothing });
    expect((await run("up", "--skip-preview")).code).toBe(0);
    expect(commands()).toEqual(["stack ls", "up"]);
  });

  test("up stops at what its preview finds, before anything is done", async () => {
    const violation: EngineEvent = {
      sequence: 0,
      timestamp: 0,
      policyEvent: {
        message: "A chat service of Flex is declared together with its agent role.\nchat has no agent role",
        color: "never",
        policyName: "agent-role-exists",
        policyPackName: "flex-messaging",
        policyPackVersion: "",
        policyPackVersionTag: "",
        enforcementLevel: "mandatory",
      },
    };
    project.answers({ "stack export": existing(), preview: { events: [violation], code: 1 }, up: update });
    expect((await run("up")).code).toBe(5);
    expect(commands()).toEqual(["preview"]);
  });

  test("destroy of a stack that is not there says so", async () => {
    project.answers({ "stack export": missing });
    const { code, stderr } = await run("destroy");
    expect([code, stderr.split("\n")[0]]).toEqual([
      6,
      'error: Stack "dev" does not exist, so there is nothing to delete.',
    ]);
  });

  test("a locked stack says who locked it and how to unlock it", async () => {
    const lock =
      "error: the stack is currently locked by 1 lock(s). Either wait for the other process(es) to end or delete the lock file with `pulumi cancel`.\n" +
      "  file:///x: created by ann@elsewhere (pid 12) at 2026-11-24T00:00:00Z\n";
    project.answers({ "stack export": existing(), up: { stderr: lock, code: 1 } });
    expect(await run("up")).toMatchObject({
      code: 1,
      stderr:
        'error: Stack "dev" is locked by another run.\n' +
        "  why: ann@elsewhere started it at 2026-11-24T00:00:00Z (process 12).\n" +
        "  fix: Wait for it to end. If it was killed: npx pulumi cancel --yes --stack dev\n",
    });
  });

  test("Ctrl-C reaches Pulumi once, which ends in its own time", async () => {
    project.answers({
      "stack export": existing(),
      up: { ...creation, waitForSignal: true, code: 1, stderr: "error: update canceled\n" },
    });
    const { child, ended } = project.start(["up"]);
    await project.until(({ ready }) => ready === true);
    child.kill("SIGINT");
    const { code, stdout, stderr } = await ended;
    expect(code).toBe(130);
    expect(stderr).toBe("Ctrl-C: stopping when the current operations are done. Again to stop at once.\n");
    expect(stdout).toContain("Stopped. What was done is recorded; run it again to go on from here.");
    expect(project.calls().filter(({ signal }) => signal)).toHaveLength(1);
  });

  test("Ctrl-C while up looks first stops before anything is done", async () => {
    const stopped = said("error", "failed to run policy: context canceled\n", urnOf(queue, "billing"));
    project.answers({
      "stack export": existing(),
      preview: { events: [stopped], waitForSignal: true, code: 1, stderr: "error: preview canceled\n" },
    });
    const { child, ended } = project.start(["up"]);
    await project.until(({ ready }) => ready === true);
    child.kill("SIGINT");
    const { code, stdout, stderr } = await ended;
    expect(code).toBe(130);
    expect(stderr).toBe("Ctrl-C: stopping when the current operations are done. Again to stop at once.\n");
    expect(stdout).toContain("Stopped. Nothing was done yet.");
    expect(commands()).not.toContain("up");
  });
});

describe("flex-stack and the port of the local Twilio", () => {
  let other: Server;
  let project: ScriptedProject;

  beforeAll(async () => {
    other = createServer((_, response) => response.writeHead(404).end());
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    project = new ScriptedProject(`http://127.0.0.1:${(other.address() as AddressInfo).port}`);
    project.answers({ "stack export": existing(), up: nothing });
  });
  afterAll(() => {
    other.close();
    project.remove();
  });

  test("says so when another program has it", async () => {
    const { code, stderr } = await project.run("up");
    expect(code).toBe(1);
    expect(steady(stderr, project.folder)).toMatch(
      /^error: Port \d+ is used by another program\.\n {2}why: It answers 404 /,
    );
  });

  test("starts a local Twilio where nothing listens, for the time of the command", async () => {
    await new Promise((resolve) => other.close(resolve));
    const { code, stdout } = await project.run("up");
    expect(code).toBe(0);
    expect(steady(stdout, project.folder)).toContain(
      "Local Twilio: started on http://127.0.0.1:PORT for this command (.local/twilio.db).\n",
    );
  });
});
