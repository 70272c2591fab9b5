import { afterEach, expect, test } from "@jest/globals";
import { main } from "../../cli/main.ts";
import type { Dialogue } from "../../flex-stack/ports/dialogue.ts";
import { ScriptedProject } from "../cli/scripted-project.ts";
import { blocks } from "../docs/blocks.ts";
import { customer, number, type BrokenCentre, type Centres } from "./centre.ts";
import { faults } from "./faults/index.ts";

const missing = (prefix: string): string => prefix + "0".repeat(32);

/** Keeps what is told. */
function listening(told: string[]): Dialogue {
  return {
    live: false,
    interactive: false,
    columns: 80,
    print: (text = "") => void told.push(text),
    complain: (text) => void told.push(text),
    style: (_, text) => text,
    ask: () => Promise.reject(new Error("Nobody answers.")),
  };
}

/** What differs from run to run. */
const steady = (text: string): string =>
  text
    .replaceAll(/\b\d\d:\d\d:\d\d\b/g, "12:00:00")
    .replaceAll(/\b([A-Z]{2})(?:[0-9a-f]{32}|…)/g, "$1…")
    .replaceAll(/http:\/\/127\.0\.0\.1:\d+/g, "http://127.0.0.1:4100")
    .trim();

export function testCommand(centres: Centres): void {
  const projects: ScriptedProject[] = [];
  afterEach(() => {
    for (const project of projects.splice(0)) project.remove();
  });

  /** A project whose stack `dev` is on this copy; Pulumi only has its state to tell. */
  function projectOf({ emulator }: BrokenCentre): ScriptedProject {
    const { url, accountSid, authToken } = emulator;
    const project = new ScriptedProject(url);
    projects.push(project);
    project.write(
      "Pulumi.dev.yaml",
      `config:\n  twilio:endpoint: ${url}\n  twilio:accountSid: ${accountSid}\n  twilio:authToken: ${authToken}\n`,
    );
    project.answers({ "stack export": { stdout: centres.exported() } });
    return project;
  }

  async function broken(
    name: string,
  ): Promise<{ centre: BrokenCentre; project: ScriptedProject; sid: string }> {
    const centre = await centres.open();
    // Twilio tells since when somebody is idle to the second: what happens now must be later than the hiring.
    centre.skip(2);
    const fault = faults.find((one) => one.name === name);
    // None of those that are used here needs somebody who answers.
    const subject = await fault?.break(centre, { url: "", received: [], answer: () => ({ status: 204 }) });
    return { centre, project: projectOf(centre), sid: typeof subject === "string" ? subject : "" };
  }

  test("writes what its page shows", async () => {
    const samples = blocks(new URL("../../docs/diagnose.md", import.meta.url))
      .filter(({ language }) => language === "text")
      .map(({ text }) => steady(text));
    const { centre, project, sid } = await broken("nobody in the queue is available");
    const { code, stdout } = await project.run("diagnose", "--message", sid);
    expect(steady(stdout)).toBe(
      `Local Twilio: using the one that listens on http://127.0.0.1:4100.\n${samples[0]}`,
    );
    expect(code).toBe(15);
    const { reservation } = await talk(centre);
    await centre.router
      .tasks(reservation.taskSid)
      .update({ assignmentStatus: "completed", reason: "script" });
    const health = await project.run("diagnose", "--health");
    expect(steady(health.stdout)).toBe(
      `Local Twilio: using the one that listens on http://127.0.0.1:4100.\n${samples[1]}`,
    );
    expect(health.code).toBe(19);
  });

  test("asks Pulumi for nothing: the state is read where it lies, and nothing is changed in it", async () => {
    const { project, sid } = await broken("nobody in the queue is available");
    await project.run("diagnose", "--message", sid);
    expect(project.calls()).toEqual([]);
  });

  test("hides numbers and what people wrote, unless told otherwise", async () => {
    const { project, sid } = await broken("the channel was made inactive while the agent talks");
    for (const format of ["text", "json", "markdown", "html"]) {
      const { stdout, stderr, code } = await project.run("diagnose", "--message", sid, "--format", format);
      expect(code).toBe(13);
      const told = stdout + stderr;
      for (const secret of [customer, number, customer.slice(1), "Invoice", "local-twilio"])
        expect(told).not.toContain(secret);
      expect(told).toContain("0170");
    }
    const shown = await project.run("diagnose", "--message", sid, "--show-content", "--json");
    const { problem, findings, verdict, stack, result, step, calls } = JSON.parse(shown.stdout) as Record<
      string,
      unknown
    >;
    expect({ stack, result, step, verdict }).toEqual({
      stack: "dev",
      result: "broken",
      step: "channel",
      verdict: (problem as { sentence: string }).sentence,
    });
    expect(findings).toHaveLength(8);
    expect(calls).toBeLessThanOrEqual(25);
    expect(shown.stdout).toContain(customer);
    expect(shown.stdout).toContain('\\"Invoice\\"');
    expect(shown.stdout).not.toContain("local-twilio");
  });

  test("shows no credential of a handler", async () => {
    const centre = await centres.open();
    const project = projectOf(centre);
    await centre.ownNumber.update({ smsUrl: "https://ann:hunter2@example.com/sms?token=hunter2" });
    const sid = await centre.writes("Hello");
    for (const words of [["--message", sid, "--show-content"], ["--message", sid, "--json"], ["--health"]]) {
      const { stdout, stderr } = await project.run("diagnose", ...words);
      expect(stdout + stderr).toContain("ann:[secret]@example.com/sms");
      expect(stdout + stderr).not.toContain("hunter2");
    }
  });

  test("writes one document for a ticket", async () => {
    const { centre, project, sid } = await broken("nobody in the queue is available");
    const markdown = await project.run("diagnose", "--message", sid, "--format", "markdown");
    expect(markdown.stdout).toContain("Diagnosis of a message, stack dev");
    expect(markdown.stdout).toMatch(/✗.* \| task \|/);
    // Of a local account, where the local Twilio shows it.
    const page = /<a href="(http:\/\/127\.0\.0\.1:\d+)\/#\/account\/(?:WS|WQ|WW|WT)[0-9a-f]{32}">/.exec(
      markdown.stdout,
    );
    expect(page?.[1]).toBe(centre.emulator.url);
    const html = await project.run("diagnose", "--message", sid, "--format", "html");
    expect(html.stdout.trim()).toMatch(/^<!doctype html>[^]*<\/html>$/i);
  });

  test("names and texts of strangers are shown, and do nothing", async () => {
    const centre = await centres.open();
    const project = projectOf(centre);
    const [alice] = await centre.router.workers.list({ friendlyName: "alice" });
    const friendlyName = "\u001b[31m<img src=x onerror=alert(1)> | [a](javascript:b)";
    await centre.router.workers(alice?.sid ?? "").update({ friendlyName });
    await centre.writes("Hello");
    const sid = await centre.writes("Invoice");
    for (const format of ["text", "json", "markdown", "html"]) {
      const { stdout } = await project.run(
        "diagnose",
        "--message",
        sid,
        "--format",
        format,
        "--show-content",
      );
      expect(stdout).not.toContain("\u001b");
      if (format === "html" || format === "markdown") expect(stdout).not.toContain("<img");
      if (format === "markdown") expect(stdout).not.toContain("](javascript");
    }
  });

  test("an account that can't be reached, or whose credentials are refused, is told", async () => {
    const centre = await centres.open();
    const project = projectOf(centre);
    const { url, accountSid } = centre.emulator;
    const config = `config:\n  twilio:endpoint: ${url}\n  twilio:accountSid: ${accountSid}\n  twilio:authToken: wrong\n`;
    project.write("Pulumi.dev.yaml", config);
    const { code, stderr } = await project.run("diagnose", "--from", customer);
    expect(code).toBe(3);
    expect(stderr).toContain("Twilio does not accept the auth token for account AC10ca");
    expect(stderr).not.toContain("wrong\n");
  });

  test("a stack that does not exist yet is looked for in the account's Flex Configuration", async () => {
    const centre = await centres.open();
    const project = projectOf(centre);
    const stderr = "error: no stack named 'dev' found";
    project.answers({ "stack export": { code: 6, stderr } });
    const sid = await centre.asks();
    const { code, stdout } = await project.run("diagnose", "--message", sid);
    expect(stdout).toContain("Offered to alice, who has not answered yet.");
    expect(code).toBe(0);
  });

  test.each<[readonly string[], number, string]>([
    [[], 2, "Nothing says which message it is about."],
    [["--message", "SM1"], 2, "--message must be a SID: SM or MM and 32 hexadecimal digits."],
    [["--message", `${missing("SM")}; rm -rf /`], 2, "--message must be a SID"],
    [["--message", "../../Accounts"], 2, "--message must be a SID"],
    [["--task", missing("CH")], 2, "--task must be a SID"],
    [["--channel", missing("WT")], 2, "--channel must be a SID"],
    [["--from", "0170"], 2, "--from must be a number in E.164"],
    [["--from", `${customer}' OR 1`], 2, "--from must be a number in E.164"],
    [["--from", customer, "--since", "yesterday"], 2, "--since must be a time such as 30m, 1h or 2d."],
    [["--from", customer, "--since", "999999d"], 2, "--since must be a time such as 30m, 1h or 2d."],
    [["--from", "0170"], 2, "such as +14155550142."],
    [["--from", customer, "--since", "-1h"], 2, "--since must be a time such as 30m, 1h or 2d."],
    [["--task", missing("WT"), "--since", "1h"], 2, "--since belongs to --from."],
    [["--health", "--since", "1h"], 2, "--since belongs to --from."],
    [["--task", missing("WT"), "--message", missing("SM")], 2, ""],
    [["--health", "--task", missing("WT")], 2, ""],
    [["--message", missing("SM"), "--format", "pdf"], 2, ""],
    [["--message", missing("SM"), "--format", "html", "--json"], 2, "cannot be used with"],
    [["--message", missing("SM"), "--stack", "nowhere"], 6, 'There is no stack "nowhere"'],
    [["--message", missing("SM"), "--stack", "../dev"], 2, "can't be the name of a stack"],
  ])("refuses %j", async (words, exit, reason) => {
    const project = new ScriptedProject("http://127.0.0.1:1");
    projects.push(project);
    const told: string[] = [];
    const code = await main(["diagnose", ...words, "--cwd", project.folder], listening(told));
    expect(told.join("\n")).toContain(reason);
    expect(told.join("\n")).not.toContain(customer);
    expect(code).toBe(exit);
  });

  test("what does not exist is told at the step that it belongs to", async () => {
    const project = projectOf(await centres.open());
    for (const [words, exit, cause] of [
      [["--message", missing("SM")], 11, "message-missing"],
      [["--channel", missing("CH")], 13, "channel-missing"],
      [["--task", missing("WT")], 15, "task-deleted"],
    ] as const) {
      const { code, stdout } = await project.run("diagnose", ...words, "--json");
      const { problem } = JSON.parse(stdout) as { problem: { cause: string; fix: string } };
      expect(problem.cause).toBe(cause);
      // There is no session to delete.
      if (cause === "channel-missing") expect(problem.fix).toMatch(/^Check its SID\./);
      expect(code).toBe(exit);
    }
  });

  async function talk(centre: BrokenCentre) {
    const [available] = await centre.router.activities.list({ friendlyName: "Available" });
    const [alice] = await centre.router.workers.list({ friendlyName: "alice" });
    await centre.router.workers(alice?.sid ?? "").update({ activitySid: available?.sid ?? "" });
    return centre.accepts("alice");
  }
}
