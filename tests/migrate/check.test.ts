import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test, describe } from "@jest/globals";
import { check, checkDocument, readNumbers, status, type Check } from "../../flex-stack/migrate/index.ts";
import { cutOf, stageOf, type NumberSettings } from "../../flex-stack/migrate/stage.ts";
import { renderDocument } from "../../flex-stack/report/render.ts";
import { useCentres, type BrokenCentre } from "../diagnose/centre.ts";
import { moves, prepares } from "../diagnose/move.ts";
import { nextText } from "../diagnose/talk.ts";
import { cut, hindrances, legacy, prepared, setFlexUi } from "./faults.ts";

// What keeps a number from its next stage, on an account that is broken by the SDK; no engine has a part.

const centres = useCentres();
const projectFolder = join(fileURLToPath(new URL("../..", import.meta.url)));

/** The dev stack's configuration, with these settings of its main number. */
function configuredWith(settings: NumberSettings) {
  const configured = readNumbers({ projectFolder, name: "dev" });
  const [first, ...rest] = configured.numbers;
  if (first === undefined) throw new Error("dev has no number");
  const own = { ...first.settings, ...settings };
  const main = { ...first, settings: own, stage: stageOf(own, "flex"), cut: cutOf(own) };
  return { configured: { ...configured, numbers: [main, ...rest] }, main };
}

async function checked(centre: BrokenCentre, settings: NumberSettings): Promise<Check> {
  const { configured, main } = configuredWith(settings);
  return centre.look((given) => check(configured, main, given));
}

async function open(): Promise<BrokenCentre> {
  const centre = await centres.open();
  await setFlexUi(centre, "~2.17.0");
  return centre;
}

const plain = { columns: 120, style: (_: unknown, text: string) => text };
const notOk = ({ items }: Check) =>
  items
    .filter(({ state }) => state !== "ok")
    .map(({ name, state, concerns }) => ({ item: name, state, causes: concerns.map(({ cause }) => cause) }));

describe("go", () => {
  test.each<[string, NumberSettings, (centre: BrokenCentre) => Promise<unknown>]>([
    ["legacy", legacy, () => Promise.resolve()],
    ["prepared", prepared, (centre) => prepares(centre)],
    ["cut", cut, moves],
  ])("%s", async (stage, settings, bring) => {
    const centre = await open();
    await bring(centre);
    const found = await checked(centre, settings);
    expect(notOk(found)).toEqual([]);
    expect(found).toMatchObject({ stage, result: "go", shortened: [] });
    expect(found.calls).toBeLessThanOrEqual(25);
  });

  test("a number that is through has nothing to check", async () => {
    const centre = await open();
    const found = await checked(centre, { kind: "conversations" });
    expect(found).toMatchObject({ stage: "done", goal: undefined, result: "go", items: [], calls: 0 });
  });
});

describe.each(hindrances)("$name", ({ settings, break: breakIt, expect: expected }) => {
  test(`${expected.state} of ${expected.item}`, async () => {
    const centre = await open();
    await breakIt(centre);
    const found = await checked(centre, settings);
    expect(notOk(found)).toContainEqual(expected);
    expect(found.result).toBe(expected.state === "blocker" ? "not yet" : "go");
    for (const { sentence, fix } of found.items.flatMap(({ concerns }) => concerns))
      expect(`${sentence} ${fix}`).toMatch(/^.{30,}[.:]$/s);
    const text = renderDocument(checkDocument(found, "dev"), "text", { terminal: plain });
    expect(text).toContain(expected.state === "blocker" ? "Not yet: " : "Go: ");
    expect(text).not.toContain(centre.customer);
  });
});

test("what may not be read is said, and the rest is looked at", async () => {
  const centre = await open();
  await prepares(centre);
  await centre.fault({
    host: "taskrouter",
    error: { status: 403, code: 20003, message: "Permission denied" },
  });
  const found = await checked(centre, prepared);
  expect(found.result).toBe("unknown");
  expect(notOk(found)).toEqual([
    { item: "routing", state: "unknown", causes: [] },
    { item: "capacity", state: "unknown", causes: [] },
  ]);
});

describe("status", () => {
  const statusOf = (centre: BrokenCentre, settings: NumberSettings) =>
    centre.look(({ account, reads }) =>
      status(
        configuredWith(settings).configured,
        { account, reads },
        { since: new Date(account.now() - 3600_000), countUnreconciled: () => Promise.resolve(2) },
      ),
    );

  test.each<[string, NumberSettings, (centre: BrokenCentre) => Promise<unknown>, string]>([
    ["legacy", legacy, () => Promise.resolve(), "npx flex-stack migrate next --number main --stack dev"],
    [
      "prepared",
      prepared,
      (centre) => prepares(centre),
      "npx flex-stack migrate next --number main --stack dev",
    ],
    ["on Conversations", cut, moves, "npx flex-stack migrate finish --number main --stack dev"],
    ["cutting over", prepared, () => Promise.resolve(), "npx flex-stack up --refresh --stack dev"],
    ["custom: not moved by this", { kind: "custom" }, () => Promise.resolve(), undefined as never],
  ])("%s", async (stands, settings, bring, next) => {
    const centre = await open();
    await bring(centre);
    const found = await statusOf(centre, settings);
    expect(found.numbers.map((one) => [one.number, one.stands])).toEqual([
      ["main", stands],
      ["shop", "legacy"],
      ["web", "cleaned up"],
    ]);
    expect(found.numbers[0]?.next).toBe(next);
    expect(found.numbers[0]?.unreached).toBe(stands.startsWith("custom") ? undefined : 2);
    expect(found).toMatchObject({ unread: [], shortened: [] });
  });

  test("a customer in both worlds is a split, told with what ends it", async () => {
    const centre = await open();
    const { channelSid, sessionSid, reservation } = await centre.talks();
    await moves(centre);
    await centre.advance(60);
    await nextText(centre);
    const [main] = (await statusOf(centre, cut)).numbers;
    expect(main).toMatchObject({
      stands: "cutting over",
      openChats: { count: 1, withoutSession: 0, oldest: expect.any(String) },
      conversations: { count: 1, isLeast: false },
      blocks: ["1 chat is open in Chat and Proxy."],
      splits: [
        {
          customer: "+•••••••0170",
          channelSid,
          taskSid: reservation.taskSid,
          command: expect.stringMatching(`DELETE .*${sessionSid}$`),
        },
      ],
    });
    // What it says ends the old chat.
    await centre.proxy.sessions(sessionSid).remove();
    const [after] = (await statusOf(centre, cut)).numbers;
    expect(after).toMatchObject({ stands: "on Conversations", blocks: [] });
  });

  test("what is asked grows with pages, not with chats", async () => {
    const centre = await open();
    await centre.talks();
    const one = await statusOf(centre, legacy);
    for (const last of [1, 2, 3, 4]) await centre.text(`+1415555018${last}`, centre.number, "Hello");
    const five = await statusOf(centre, legacy);
    expect(five.numbers[0]?.openChats.count).toBe(5);
    expect(five.calls).toBe(one.calls);
  });
});

test("health has nothing against a number that is on its way", async () => {
  const centre = await open();
  await moves(centre);
  const { checks } = await centre.health();
  expect(checks.filter(({ name, state }) => state !== "ok" && name !== "numbers")).toEqual([]);
});
