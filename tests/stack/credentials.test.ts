import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { snapshot } from "../../bench/faults/snapshot.ts";
import { Project } from "../../bench/faults/project.ts";
import { startEmulator, type Emulator } from "../../emulator/index.ts";
import { flexStack } from "../support/commandLine.ts";

// Every command, with the real Pulumi, after the token was rotated at Twilio, and with a setting that is wrong.

let project: Project;
let emulator: Emulator;
let folder: string;
const run = async (words: string) =>
  flexStack(...words.split(" "), "--cwd", project.folder).then(({ code, out, err }) => ({
    code,
    text: `${out}\n${err}`,
  }));

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
  project = new Project(Number(new URL(emulator.url).port), true);
  const { code, text } = await run("up --skip-preview --no-policy");
  if (code !== 0) throw new Error(text);
}, 180_000);
afterAll(async () => {
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

describe("a token that Twilio refuses", () => {
  let before: unknown;
  beforeAll(async () => {
    before = await look();
    await rotate("rotated");
  });
  afterAll(() => rotate("local-twilio"));

  // Those that bring drift into order begin with the same look as drift itself.
  test.each([...engine, ...readers.filter((words) => words !== "drift")])(
    "%s ends with 3, and says so once",
    async (words) => {
      const { code, text } = await run(words);
      expect(text.match(/\b401\b/g)).toHaveLength(1);
      expect(text).not.toContain("not attempted");
      expect(text).not.toMatch(/local-twilio|rotated/);
      expect(code).toBe(3);
    },
    60_000,
  );

  test("nothing was changed or forgotten", async () => expect(await look()).toEqual(before));
});

describe("a setting that is wrong", () => {
  beforeAll(() => project.configure((text) => text.replace(/accountSid: AC\w+/, "accountSid: AC123")));
  afterAll(() => project.configure((text) => text));

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
  project.configure((text) => text.replace("authToken: local-twilio", "authToken: rotated"));
  const compared = await run("preview --no-policy --refresh");
  expect([compared.code, compared.text]).toEqual([0, expect.stringContaining("no changes, 5 unchanged")]);
  const { code, text } = await run("destroy");
  expect([code, text]).toEqual([0, expect.stringContaining("4 deleted, 1 left in place")]);
}, 120_000);
