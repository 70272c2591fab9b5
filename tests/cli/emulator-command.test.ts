import { existsSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { defaults } from "../../emulator/index.ts";
import { Centre } from "../journey/centre.ts";
import { freePort } from "../support/freePort.ts";
import { localTwilio } from "../support/localTwilio.ts";
import { ScriptedProject } from "./scripted-project.ts";

describe("flex-stack emulator", () => {
  let project: ScriptedProject;
  beforeAll(() => {
    project = new ScriptedProject("http://127.0.0.1:4100");
  });
  afterAll(() => project.remove());

  /** Starts it and gives its address, once it has said it. */
  const start = async (...words: string[]) => {
    const { child, ended } = project.start(["emulator", ...words]);
    const url = await new Promise<string>((resolve, reject) => {
      child.stdout?.on("data", (text: string) => {
        const match = /^Local Twilio: (http:\S+)$/m.exec(text);
        if (match?.[1]) resolve(match[1]);
      });
      void ended.then(({ stderr }) => reject(new Error(stderr)));
    });
    return { child, ended, url };
  };

  test("serves the account until it is stopped, and keeps what it holds", async () => {
    const { child, ended, url } = await start("--port", "0", "--verbose");
    const host = new URL(url);
    const { request } = await import("node:http");
    const status = await new Promise((resolve, reject) => {
      const headers = {
        host: "taskrouter.twilio.com",
        authorization: `Basic ${Buffer.from("AC10ca1000000000000000000000000000:local-twilio").toString("base64")}`,
      };
      request({ host: host.hostname, port: host.port, path: "/v1/Workspaces", headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on("error", reject)
        .end();
    });
    expect(status).toBe(200);

    const second = await project.run("emulator", "--port", host.port);
    expect(second).toMatchObject({
      code: 1,
      stderr: `error: A local Twilio listens on ${url} already.\n  fix: Use that one, or start another with --port and --file of its own.\n`,
    });

    child.kill("SIGINT");
    const { code, stdout, stderr } = await ended;
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("  account SID  AC10ca1000000000000000000000000000\n");
    expect(stdout).toMatch(/^\d\d:\d\d:\d\d GET taskrouter\.twilio\.com\/v1\/Workspaces 200 ListWorkspace$/m);
    expect(stdout).toMatch(/Local Twilio: stopped\.\n$/);
    expect(existsSync(join(project.folder, ".local", "twilio.db"))).toBe(true);
  });

  test("has a sink on a port, unless another program has it or it is told to leave that alone", async () => {
    const port = await freePort();
    const run = async (...words: string[]) => {
      const { child, ended } = await start("--port", "0", "--file", `${port}.db`, ...words);
      const answer = await fetch(`http://127.0.0.1:${port}/chat`, { method: "POST" }).then(
        ({ headers }) => headers.get("server") ?? "a program",
        () => "nobody",
      );
      child.kill("SIGINT");
      const { stdout } = await ended;
      return [answer, /^ {2}sink {9}(.*)$/m.exec(stdout)?.[1]];
    };
    expect(await run("--sink", String(port))).toEqual([
      "local-twilio-sink",
      `http://127.0.0.1:${port} takes what goes to programs of yours (--no-sink leaves the port to them)`,
    ]);
    expect(await run("--no-sink")).toEqual(["nobody", undefined]);
    const program = createServer((_, response) => response.end());
    await new Promise<void>((resolve) => program.listen(port, "127.0.0.1", resolve));
    expect(await run("--sink", String(port))).toEqual([
      "a program",
      `stands back: port ${port} has another program, which gets what the account sends there`,
    ]);
    program.closeAllConnections();
    await new Promise((resolve) => program.close(resolve));
  });

  test.each([
    [["--empty"], 2, "error: .local/twilio.db has an account already, so --empty can't apply."],
    [["--reset"], 2, "error: --reset has to be confirmed."],
    [["--reset", "--yes", "--seed", "none.json"], 1, "error: The seed "],
    [["--task-removal-delay", "soon"], 2, "It must be a number of minutes from 0 to 1440."],
    [["--task-removal-delay", "-1"], 2, "It must be a number of minutes from 0 to 1440."],
  ])("%j on a database that is in use exits with %d", async (words, code, message) => {
    const result = await project.run("emulator", "--port", "0", ...words);
    expect(result.code).toBe(code);
    expect(result.stderr).toContain(message);
  });

  test("begins with Conversations when told to, and keeps its texts from the number's own URL", async () => {
    const words = ["--port", "0", "--reset", "--yes", "--seed", "flex-conversations", "--no-number-url"];
    const { child, ended, url } = await start(...words);
    const client = localTwilio({ url, ...defaults });
    const centre = new Centre(client, { url, ...defaults });
    expect(await client.proxy.v1.services.list()).toEqual([]);
    const [number] = await client.incomingPhoneNumbers.list();
    await client.incomingPhoneNumbers(number?.sid ?? "").update({ smsUrl: "http://127.0.0.1:1/sms" });
    const { phoneNumber = "" } = number ?? {};
    await client.conversations.v1.addressConfigurations.create({ type: "sms", address: phoneNumber });
    const sid = await centre.text("+14155550170", phoneNumber, "Hello");
    expect((await centre.journey(sid)).map(({ stage }) => stage)).toEqual(["number", "chat", "chat"]);
    child.kill("SIGINT");
    expect((await ended).code).toBe(0);
  });

  test("removes ended tasks when told to", async () => {
    const words = ["--port", "0", "--reset", "--yes", "--task-removal-delay", "2.5"];
    const { child, ended, url } = await start(...words);
    const centre = new Centre(localTwilio({ url, ...defaults }), { url, ...defaults });
    const workspace = await centre.workspace();
    const { sid } = await workspace.tasks.create({});
    await workspace.tasks(sid).update({ assignmentStatus: "canceled" });
    await centre.advance(149);
    expect(await workspace.tasks.list()).toHaveLength(1);
    await centre.advance(1);
    expect(await workspace.tasks.list()).toEqual([]);
    child.kill("SIGTERM");
    expect((await ended).code).toBe(0);
  });

  test("starts a new account when told to throw the old one away", async () => {
    const { child, ended } = await start("--port", "0", "--reset", "--yes", "--empty");
    child.kill("SIGTERM");
    const { code, stdout } = await ended;
    expect(code).toBe(0);
    expect(stdout).toContain("  database     .local/twilio.db (new)\n");
  });
});
