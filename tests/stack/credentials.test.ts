import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { snapshot } from "../../bench/faults/snapshot.ts";
import { Project } from "../../bench/faults/project.ts";
import { startEmulator, type Emulator } from "../../emulator/index.ts";
import { flexStack } from "../support/commandLine.ts";
import { localTwilio } from "../support/localTwilio.ts";
import { Secrets } from "./secrets.ts";

// Every command, with the real Pulumi, after the token was rotated at Twilio, and with a setting that is wrong.

let project: Project;
let emulator: Emulator;
let folder: string;
const secrets = new Secrets();
/** The settings of the project, with what is secret encrypted. */
const encrypted = (text: string) =>
  text
    .replace("config:\n", (line) => line + secrets.settings(text))
    .replace("authToken: local-twilio", `authToken: ${secrets.token}`);
/** Runs a command, which never shows a secret, whatever comes of it. */
const run = async (words: string) => {
  const inProject = words.startsWith("report ") ? [] : ["--cwd", project.folder];
  const { code, out, err } = await secrets.watched(() => flexStack(...words.split(" "), ...inProject));
  const text = `${out}\n${err}`;
  expect(secrets.shownIn(text)).toEqual([]);
  return { code, text };
};

/** Does something to the local Twilio's database, which it keeps to itself while it runs. */
async function apart<T>(work: (file: string) => T): Promise<T> {
  const port = Number(new URL(emulator.url).port);
  await emulator.close();
  const file = join(folder, "twilio.db");
  try {
    return work(file);
  } finally {
    emulator = await startEmulator({ file, port });
  }
}

/** The account, and which objects the state stands for. */
const look = () =>
  apart((file) => {
    const { account, state } = snapshot(file, project.state);
    const objects = state.map((line) => JSON.parse(line) as { urn: string; id?: string });
    return { account, state: objects.map(({ urn, id }) => [urn, id]) };
  });

/** As it would be in the console: the token so far is worth nothing from then on. */
const rotate = (token: string) =>
  apart((file) => {
    const database = new DatabaseSync(file);
    const { changes } = database
      .prepare("update documents set fields = json_set(fields, '$.auth_token', ?) where kind like '%account'")
      .run(token);
    database.close();
    expect(changes).toBe(1);
  });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "credentials-"));
  emulator = await startEmulator({ file: join(folder, "twilio.db"), port: 0 });
  await rotate(secrets.token);
  project = new Project(Number(new URL(emulator.url).port), true);
  project.configure(encrypted);
  const program = join(project.folder, "index.ts");
  writeFileSync(program, secrets.program(readFileSync(program, "utf8")));
  // Nobody listens there, and nothing is to go there.
  process.env["HTTPS_PROXY"] = secrets.proxy;
  const { code, text } = await run("up --skip-preview --no-policy");
  if (code !== 0) throw new Error(text);
}, 180_000);
afterAll(async () => {
  delete process.env["HTTPS_PROXY"];
  project.remove();
  await emulator.close();
  rmSync(folder, { recursive: true });
});

const engine = ["up --no-policy", "preview --no-policy --refresh", "destroy", "destroy --refresh"];
const readers = [
  "drift",
  "drift --fix revert --yes",
  "drift --fix adopt --yes",
  "adopt --yes",
  "diagnose --health",
  "diagnose --from +14155550170",
  "route --live --task {}",
  "simulate sms --from +14155550170 --to +14155550171 --body hi",
  "simulate chat --body hi",
];

test("a secret is found however it is written", () => {
  const header = Buffer.from(`AC1:${secrets.token}`).toString("base64");
  for (const form of [secrets.token, encodeURIComponent(secrets.token), header])
    expect(secrets.shownIn(`x ${form} x`)).toEqual([secrets.token]);
  expect(secrets.shownIn("mark-token/")).toEqual([]);
});

describe("what is secret", () => {
  const workspace = () => {
    const state = readFileSync(project.state, "utf8");
    const [sid = ""] = /WS[0-9a-f]{32}/.exec(state) ?? [];
    return localTwilio(emulator).taskrouter.v1.workspaces(sid);
  };
  const inProject = (file: string) => join(project.folder, file);
  const exits = async (words: string, exit: number) => {
    const { code, text } = await run(words);
    expect([words, code, code === exit ? "" : text]).toEqual([words, exit, ""]);
    return text;
  };

  test("is in no preview, plan or report of its change, in any format", async () => {
    secrets.change();
    project.configure(encrypted);
    const [kept, plan] = [inProject("preview.json"), inProject("plan.json")];
    const words = `preview --no-policy --save-plan ${plan} --format json --output ${kept}`;
    expect(await exits(words, 0)).not.toContain("error");
    expect(readFileSync(kept, "utf8")).toContain("[secret]");
    for (const format of ["text", "markdown", "json", "html"])
      expect(await exits(`report ${kept} --format ${format}`, 0)).toContain("eventCallbackUrl");
    await exits(`up --no-policy --plan ${plan}`, 0);
    expect((await workspace().fetch()).eventCallbackUrl).toBe(secrets.hook);
    expect(secrets.leftIn(project.folder)).toEqual([]);
  });

  test("is in nothing that is read from the account, in any format", async () => {
    await workspace().update({ eventCallbackUrl: secrets.strange });
    for (const format of ["text", "markdown", "json", "html"])
      await exits(`diagnose --health --format ${format}`, 19);
    expect(await exits(`drift --format html --output ${inProject("drift.html")}`, 7)).toContain("drift.html");
    expect(readFileSync(inProject("drift.html"), "utf8")).toContain("eventCallbackUrl");
    expect(secrets.leftIn(project.folder)).toEqual([]);
    await workspace().update({ eventCallbackUrl: secrets.hook });
  });

  test("is not said where the program alone is asked", async () => {
    await run("route --task {}");
    expect(secrets.leftIn(project.folder)).toEqual([]);
  });

  test("is not said where Twilio refuses an API key", async () => {
    project.configure((text) => encrypted(text).replace(/ {2}twilio:authToken.*\n/, secrets.apiKey));
    for (const words of ["diagnose --health", "route --live --task {}", "adopt --yes"])
      expect((await exits(words, 3)).match(/\b401\b/g)).toHaveLength(1);
    project.configure(encrypted);
    expect(secrets.leftIn(project.folder)).toEqual([]);
  });
});

describe("a token that Twilio refuses", () => {
  let before: unknown;
  beforeAll(async () => {
    before = await look();
    await rotate("rotated");
  });
  afterAll(() => rotate(secrets.token));

  test.each([...engine, ...readers])(
    "%s ends with 3, and says so once",
    async (words) => {
      const { code, text } = await run(words);
      expect(text.match(/\b401\b/g)).toHaveLength(1);
      expect(text).not.toContain("not attempted");
      expect(text).not.toContain("rotated");
      expect(code).toBe(3);
    },
    60_000,
  );

  test("nothing was changed or forgotten", async () => expect(await look()).toEqual(before));
});

describe("a setting that is wrong", () => {
  beforeAll(() =>
    project.configure((text) => encrypted(text).replace(/accountSid: AC\w+/, "accountSid: AC123")),
  );
  afterAll(() => project.configure(encrypted));

  test.each([...engine, ...readers, "up --skip-preview --no-policy"])(
    "%s ends with 2, and says so once",
    async (words) => {
      const { code, text } = await run(words);
      expect(text.match(/twilio:accountSid\b.*must be AC and 32 hexadecimal digits/g)).toHaveLength(1);
      expect(code).toBe(2);
    },
    60_000,
  );
});

test("the new token in the configuration is used also where the state has the old one", async () => {
  await rotate("rotated");
  project.configure((text) => encrypted(text).replace(secrets.token, "rotated"));
  const compared = await run("preview --no-policy --refresh");
  expect([compared.code, compared.text]).toEqual([0, expect.stringContaining("no changes, 8 unchanged")]);
  const { code, text } = await run("destroy");
  expect([code, text]).toEqual([0, expect.stringContaining("7 deleted, 1 left in place")]);
}, 120_000);
