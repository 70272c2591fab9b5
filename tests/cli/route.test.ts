import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { number, useCentre } from "../journey/centre.ts";
import { flexStack } from "../support/commandLine.ts";
import { ScriptedProject } from "./scripted-project.ts";

const run = (...words: string[]) => flexStack("route", ...words);

describe("by the program of this project", () => {
  test("a task goes to the worker it names", async () => {
    expect(await run("--task", '{"targetWorker": "client:pat"}')).toEqual({
      code: 0,
      err: "",
      out: `Task {"targetWorker":"client:pat"}
  workflow "Inbound messages" of the program, task channel sms
  3 workers from the program

at once: offered to pat in queue Everyone, priority 0, until the task is 30 s old

It goes to pat.`,
    });
  });

  test("with other workers, and why", async () => {
    const workers = new ScriptedProject("http://127.0.0.1:1");
    workers.write("workers.yaml", "ann: {skills: [billing], activity: Break}\nben: {skills: [billing]}\n");
    const { out } = await run(
      ...["--task", '{"skill": "billing"}', "--workers", `${workers.folder}/workers.yaml`, "--explain"],
    );
    workers.remove();
    expect(out.split("\n").slice(2)).toEqual([
      expect.stringMatching(/^ {2}2 workers from .*workers\.yaml$/),
      "",
      "at once: offered to ben in queue Billing, priority 0, until the task is 60 s old",
      '  filter "Named worker" does not match: targetWorker != null is false: targetWorker is missing',
      '  filter "Complaints" does not match: skill == "support" is false: skill is "billing"; priority == "high" is false: priority is missing',
      '  filter "Billing" matches: skill == "billing" is true: skill is "billing"',
      "    target 1",
      "      queue Billing, priority 0, until the task is 60 s old",
      "      ben is offered the task",
      '      ann is not eligible: activity "Break" is not available',
      "",
      "It goes to ben.",
    ]);
  });

  test.each<[string[], RegExp, RegExp]>([
    [["--task", "{"], /--task is no JSON\./, /./],
    [["--task", "[1]"], /--task is no JSON object\./, /skill/],
    [["--task", JSON.stringify({ a: "x".repeat(4096) })], /longer than a task's attributes/, /Leave out/],
    [["--task", '{"a":'.repeat(10_000) + "1" + "}".repeat(10_000)], /at most 4096 characters/, /Leave out/],
    [["--task", "@/nowhere.json"], /--task names a file that can't be read\./, /ENOENT/],
    [["--task", "{}", "--workers", "/nowhere.yaml"], /--workers names a file that can't be read\./, /ENOENT/],
    [["--task", "{}", "--workflow", "Sales"], /There is no workflow "Sales"\./, /"Inbound messages"/],
    [["--task", "{}", "--channel", "fax"], /There is no task channel "fax"\./, /chat, sms, custom1/],
    [["--task", "{}", "--stack", "nowhere"], /There is no stack "nowhere"/, /dev, prod, staging/],
    [["--task", "{}", "--stack", "prod"], /twilio:accountSid is still the example value/, /npm run preview/],
  ])("%j is refused", async (words, what, more) => {
    const { code, out, err } = await run(...words);
    expect([code, out]).toEqual([words.includes("nowhere") ? 6 : 2, ""]);
    expect(err).toMatch(what);
    expect(err).toMatch(more);
  });
});

/** What both say of why a task goes where it goes. */
function pick(told: object): object {
  const { filters, defaultStep, doubts } = told as Record<string, unknown>;
  return { filters, defaultStep, doubts };
}

describe("by the account", () => {
  const setting = useCentre();
  let project: ScriptedProject;
  beforeAll(async () => {
    const { url, accountSid, authToken } = setting.local.emulator;
    project = new ScriptedProject(url);
    project.write(
      "Pulumi.dev.yaml",
      `config:\n  twilio:endpoint: ${url}\n  twilio:accountSid: ${accountSid}\n  twilio:authToken: ${authToken}\n`,
    );
    project.answers({ "stack export": { stderr: "error: no stack named 'dev' found", code: 255 } });
    await setting.centre.hire("alice");
    // Twilio tells by the second since when a worker has been idle.
    await setting.centre.advance(2);
    await setting.centre.hire("bob");
    await setting.centre.hire("eve", { activity: "Offline" });
  });
  afterAll(() => project.remove());
  const live = async (...words: string[]) => {
    const { code, stdout, stderr } = await project.run("route", "--live", "--task", "{}", "--json", ...words);
    return { code, stderr, route: JSON.parse(stdout) as unknown };
  };

  test("a task goes to who is free there, and workers whom nobody would ask are not read", async () => {
    expect(await live("--workflow", "Assign to Anyone", "--channel", "chat")).toMatchObject({
      code: 0,
      route: {
        source: "account",
        workers: { count: 3, from: "the account" },
        outcome: { workers: ["alice"] },
      },
    });
    await setting.centre.text("+14155550177", number, "Hello");
    const [alice] = await (await setting.centre.flex("alice")).reservations("pending");
    expect(alice).toBeDefined();
    expect(await live("--channel", "sms", "--workflow", "Assign to Anyone")).toMatchObject({
      code: 0,
      route: { outcome: { workers: ["bob"] }, workersLeftOut: [] },
    });
  });

  test("the local Twilio's own answer, which its page shows, is the same", async () => {
    const workflow = "Assign to Anyone";
    for (const [channel, attributes] of [
      ["chat", { skill: "billing" }],
      ["sms", {}],
    ] as const) {
      const { route } = await live(
        ...["--workflow", workflow, "--channel", channel, "--explain", "--task", JSON.stringify(attributes)],
      );
      const own = await setting.local.own("POST", "/routing", {
        workflow,
        task_channel: channel,
        attributes,
      });
      const { stages } = own.body as { stages: { age: number; trace: object }[] };
      expect(stages.map(({ age, trace }) => ({ age, ...pick(trace) }))).toEqual(
        (route as { stages: ({ age: number } & object)[] }).stages.map((stage) => ({
          age: stage.age,
          ...pick(stage),
        })),
      );
    }
  });

  test("what is to be deployed is tried with the workers of today", async () => {
    project.write(
      "index.ts",
      `import * as twilio from "@pulumi/twilio";
      const workspaceSid = "WS${"0".repeat(32)}";
      const queue = new twilio.taskrouter.TaskQueue("bobs", {
        workspaceSid, friendlyName: "Of Bob", targetWorkers: 'contact_uri == "client:bob"',
      });
      new twilio.taskrouter.Workflow("planned", {
        workspaceSid, friendlyName: "Planned",
        configuration: queue.sid.apply((sid) => JSON.stringify({ task_routing: { default_filter: { queue: sid } } })),
      });`,
    );
    const { code, stdout } = await project.run("route", "--task", "{}", "--workers", "live");
    expect(code).toBe(0);
    expect(stdout.split("\n").slice(2)).toEqual([
      '  workflow "Planned" of the program, task channel default',
      "  3 workers from the account",
      "",
      "at once: offered to bob in queue Of Bob, priority 0, until its own timeout",
      "",
      "It goes to bob.",
      "",
    ]);
  });

  test("a workflow that is not there is refused with those that are", async () => {
    const { code, stderr } = await project.run("route", "--live", "--task", "{}", "--workflow", "Sales");
    expect(code).toBe(2);
    expect(stderr).toContain('There is no workflow "Sales".\n  fix: Choose one of "Assign to Anyone"');
  });

  test("conditions on the time see the clock of the local Twilio, wherever that was moved", async () => {
    const workspace = await setting.centre.workspace();
    const [queue] = await workspace.taskQueues.list({ limit: 1 });
    // As the clock has it half a day from now.
    const later = new Date(Date.now() + 12 * 60 * 60 * 1000).getUTCHours();
    await workspace.workflows.create({
      friendlyName: "By the hour",
      configuration: JSON.stringify({
        task_routing: {
          filters: [
            {
              filter_friendly_name: "Later",
              expression: `taskrouter.currentHour == ${later} OR taskrouter.currentHour == ${(later + 1) % 24}`,
              targets: [{ queue: queue?.sid }],
            },
          ],
        },
      }),
    });
    const kind = async () => {
      const { route } = await live("--workflow", "By the hour", "--channel", "chat");
      return (route as { outcome: { kind: string } }).outcome.kind;
    };
    expect(await kind()).toBe("unmatched");
    await setting.centre.advance(12 * 60 * 60);
    expect(await kind()).not.toBe("unmatched");
  });
});
