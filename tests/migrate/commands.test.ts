import { expect, test } from "@jest/globals";
import { parse, parseDocument } from "yaml";
import { blocks } from "../docs/blocks.ts";
import { useProject } from "../support/useProject.ts";

// The commands as they are typed, through a whole way: prepared, cut, back, cut again, finished. One number at first.

const project = useProject();
const customer = "+14155550170";
const number = "+14155550142";

const migrate = async (...words: string[]) => project.flexStack("migrate", ...words);
const main = (name: string, ...words: string[]) => migrate(name, "--number", "main", ...words);
async function up(): Promise<string> {
  const { code, stdout, stderr } = await project.flexStack("up", "--yes");
  expect({ code, stderr: code === 0 ? "" : stderr }).toEqual({ code: 0, stderr: "" });
  return stdout;
}
const settings = async () =>
  (parse(await project.read("Pulumi.dev.yaml")) as { config: Record<string, unknown> }).config;
const numberInFile = async () => {
  const handling = (await settings())["flex-messaging:messageHandling"];
  return (handling as { numbers: Record<string, unknown> }).numbers["main"];
};
const standing = async (): Promise<unknown> => {
  const { stdout } = await migrate("status", "--json");
  const { numbers } = JSON.parse(stdout) as { numbers: { number: string; stands: string }[] };
  return numbers.find((one) => one.number === "main")?.stands;
};
/** Holds what a command showed against the sample of docs/migration.md that begins so; `…` stands for what it leaves out. */
function expectSample(begin: string, stdout: string): void {
  const page = blocks(new URL("../../docs/migration.md", import.meta.url));
  const sample = page.find(({ text }) => text.startsWith(begin))?.text;
  const steady = (text: string) =>
    text
      .replaceAll(/\b([A-Z]{2})[0-9a-f]{32}/g, "$1…")
      .replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d/g, "2026-11-30 15:33");
  const shown = steady(stdout).split("\n");
  let at = 0;
  for (const line of (sample ?? begin).split("\n")) {
    if (line === "…" || line.trim() === "…") continue;
    const start = line.endsWith(" …") ? line.slice(0, -1) : line;
    const found = shown.findIndex(
      (each, index) => index >= at && (start === line ? each === line : each.startsWith(start)),
    );
    expect({ line, isThere: found >= 0 }).toEqual({ line, isThere: true });
    at = found + 1;
  }
}
/** What was sent since the last call that changes something. */
let seen = 0;
function sent(): string[] {
  const since = project.exchanges.slice(seen);
  seen = project.exchanges.length;
  return since
    .filter(({ method }) => method !== "GET")
    .map(({ method, host, path }) => `${method} ${host}${path}`);
}

test("with one number on Chat and Proxy", async () => {
  const file = parseDocument(await project.read("Pulumi.dev.yaml"));
  file.deleteIn(["config", "flex-messaging:messageHandling", "numbers", "shop"]);
  file.setIn(["config", "flex-messaging:protect"], "true");
  await project.write("Pulumi.dev.yaml", file.toString({ lineWidth: 0, flowCollectionPadding: false }));
  await up();
  expect(await standing()).toBe("legacy");
});

test("refuses what can't be meant, and writes nothing", async () => {
  const before = await project.read("Pulumi.dev.yaml");
  sent();
  for (const [words, code, said] of [
    [["next", "--number", "nobody"], 2, "Its numbers are main, web."],
    [["finish", "--number", "main"], 2, "only a number that is cut can be finished"],
    [["back", "--number", "main"], 2, "there is nothing before that"],
    [["back", "--number", number], 2, "The number main of stack"],
    [["next", "--number", "main", "--cut", "pool"], 2, "Add --messaging-service MG…"],
    [["next", "--number", "main", "--messaging-service", "MG1"], 2, "must be a SID"],
    [
      ["status", "--since", "soon"],
      2,
      "--since must be a time such as 30m, 1h or 2d, more than a minute ago.",
    ],
    [["next", "--number", "main"], 2, "Add --yes, or --dry-run to look only."],
  ] as const) {
    const found = await migrate(...words);
    expect([found.code, `${found.stderr}${found.stdout}`]).toEqual([code, expect.stringContaining(said)]);
  }
  const dry = await main("next", "--dry-run");
  expect([dry.code, dry.stdout]).toEqual([0, expect.stringContaining("Nothing was written (--dry-run).")]);
  expect(await project.read("Pulumi.dev.yaml")).toBe(before);
  expect(sent()).toEqual([]);
});

test("plan and status in every format", async () => {
  for (const [format, said] of [
    ["text", "[prepared]"],
    ["markdown", "flowchart LR"],
    ["html", "<!doctype html>"],
    ["json", '"cut": "drain"'],
  ] as const) {
    const plan = await main("plan", "--cut", "drain", "--format", format);
    expect([plan.code, plan.stdout]).toEqual([0, expect.stringContaining(said)]);
    expect((await migrate("status", "--format", format)).stdout).toContain("cleaned up");
  }
});

test("next prepares: the file, the preview, and what to do with it", async () => {
  const { code, stdout } = await main("next", "--yes");
  expect(code).toBe(0);
  expect(stdout).toContain("Wrote Pulumi.dev.yaml.");
  expect(stdout).toMatch(/\+ create +conversations\.Address +flex-number-main-address/);
  expect(stdout).toMatch(
    /Next: have Pulumi\.dev\.yaml reviewed and commit it, then npx flex-stack up --stack dev/,
  );
  expect(await numberInFile()).toEqual({
    phoneNumber: number,
    friendlyName: "Main line",
    migration: { stage: "prepared", cut: "enable-first" },
  });
  expect(await standing()).toBe("cutting over");
  expect((await migrate("status")).stdout).toContain(
    "  Blocks: The configuration says prepared, and the account is not so.\n    There is no Address.\n",
  );
  await up();
  expect(await standing()).toBe("prepared");
});

test("the check keeps it from the cut, unless it is forced", async () => {
  const words = ["--from", customer, "--to", number, "--body", "Hello", "--reply", "3"];
  await project.flexStack("simulate", "sms", ...words);
  const check = await main("check", "--json");
  const { result, items } = JSON.parse(check.stdout) as {
    result: string;
    items: { name: string; state: string }[];
  };
  expect([check.code, result]).toEqual([23, "not yet"]);
  expect(items.filter(({ state }) => state === "blocker").map(({ name }) => name)).toEqual(["flex-ui"]);
  const before = await project.read("Pulumi.dev.yaml");
  const refused = await main("next", "--yes");
  expect([refused.code, refused.stderr]).toEqual([
    23,
    expect.stringContaining("--force writes it all the same"),
  ]);
  expect(await project.read("Pulumi.dev.yaml")).toBe(before);
  expectSample("Check of number main", (await main("check")).stdout);
  const forced = await main("next", "--yes", "--force");
  expect(forced.code).toBe(0);
  expectSample("From prepared to cut", forced.stdout);
  expect(await numberInFile()).toMatchObject({ kind: "conversations", migration: { stage: "cut" } });
  await up();
});

test("a customer with an open chat is a split; back names what it costs", async () => {
  const words = ["--from", customer, "--to", number, "--body", "Hello?", "--reply", "3"];
  await project.flexStack("simulate", "sms", ...words);
  const status = await migrate("status", "--since", "1h");
  expect(status.stdout).toMatch(/since 20.* UTC +0$/m);
  expect(status.stdout).toMatch(/main +\+14155550142 +cutting over +1, oldest of .* UTC +1 since /);
  expect(status.stdout).toContain("Split: customer +•••••••0170 wrote into conversation CH");
  expect(status.stdout).toMatch(/curl -sSf .* -X DELETE .*\/Sessions\/KC/);
  const back = await main("back", "--yes");
  expect(back.code).toBe(0);
  expectSample("1 open conversation holds", back.stdout);
  expect(await numberInFile()).toMatchObject({ kind: "flex", migration: { stage: "prepared" } });
  await up();
  expect(await standing()).toBe("prepared");
  expect((await main("next", "--yes", "--force")).code).toBe(0);
  await up();
});

test("finish waits for open chats, and asks", async () => {
  const refused = await main("finish", "--yes", "--force");
  expect([refused.code, refused.stderr]).toEqual([
    23,
    expect.stringMatching(/Not yet: nothing was written for main\. Put right what is marked ✗ first\.\n/),
  ]);
  const { proxy } = project.client;
  const [service] = await proxy.v1.services.list();
  for (const { sid } of await proxy.v1.services(service!.sid).sessions.list())
    await proxy.v1.services(service!.sid).sessions(sid).remove();
  const asked = await main("finish", "--force");
  expect([asked.code, asked.stderr]).toEqual([
    2,
    expect.stringContaining("Add --yes, or --dry-run to look only."),
  ]);
});

test("with the last number what only Chat and Proxy needed goes, as far as there are words for it", async () => {
  const { code, stdout } = await main("finish", "--yes", "--force");
  expect({ code, stdout: code === 0 ? "" : stdout }).toEqual({ code: 0, stdout: "" });
  expectSample("From cut to done", stdout);
  const found = await settings();
  expect(found["flex-messaging:chat"]).toBeUndefined();
  expect(found["flex-messaging:proxy"]).toBeUndefined();
  expect(found["flex-messaging:allowedDeletions"]).toEqual(["flex-proxy-service"]);
  await up();
  expect(await standing()).toBe("cleaned up");
  const [owned] = await project.client.incomingPhoneNumbers.list({ phoneNumber: number });
  expect(owned?.smsUrl).toBe("");
  const flows = await project.client.flexApi.v1.flexFlow.list();
  expect(flows.map(({ channelType }) => channelType)).toEqual(["web"]);
});
