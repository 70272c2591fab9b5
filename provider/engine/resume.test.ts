import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";

import { placeSid, sessionOn, sidOf, thing, Things, urn, what } from "../testing/thing.ts";
import { create, HalfMade } from "./create.ts";
import { Journal } from "./journal.ts";
import { previewCreate } from "./preview.ts";
import type { Session } from "./session.ts";
import { baselineOf } from "./state.ts";
import type { Properties } from "./value.ts";

const base: Properties = { placeSid, name: "one", count: 2, later: "now" };
const [first, second] = [sidOf("TH", 1), sidOf("TH", 2)];
const killed = new Error("killed");

let things: Things;
let folder: string;
beforeEach(() => {
  things = new Things();
  folder = mkdtempSync(join(tmpdir(), "journal-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A run of the provider: it reads what the runs before it noted. */
const run = (inputs: Properties, more: Partial<Session> = {}) => {
  const session = sessionOn(things, { journal: new Journal(join(folder, "dev.journal")), ...more });
  return { session, made: create(session, thing, { inputs: { ...base, ...inputs }, what }) };
};

/** A run that ends before or after an operation takes effect. */
async function cutShort(
  when: "before" | "after",
  operation: string,
  inputs: Properties = {},
  more = {},
): Promise<void> {
  things[when] = (done) => {
    if (done === operation) throw killed;
  };
  await expect(run(inputs, more).made).rejects.toThrow("killed");
  things[when] = () => undefined;
  things.requests.length = 0;
}

const undisturbed = async (inputs: Properties) => {
  const { state } = await create(sessionOn(new Things()), thing, { inputs: { ...base, ...inputs }, what });
  return state;
};

describe.each<Properties>([{}, { adopt: true }])("a create with %j that was cut short", (inputs) => {
  test("before it was sent is sent", async () => {
    await cutShort("before", "create", inputs);
    const { state } = await run(inputs).made;
    expect(state).toEqual(await undisturbed(inputs));
    expect(things.stored.size).toBe(1);
  });

  test.each(["create", "update"])("after its %s took effect goes on with what it made", async (operation) => {
    await cutShort("after", operation, inputs);
    const { session, made } = run(inputs);
    const { id, state } = await made;
    expect(id).toBe(`${placeSid}/${first}`);
    // As often updated as it was: the version counts that.
    expect({ ...state, version: 2 }).toEqual(await undisturbed(inputs));
    expect(things.requests.filter(([name]) => name === "create")).toEqual([]);
    expect(session.messages).toEqual([
      ["info", `${first} was made by a run that was cut short, and found again`],
    ]);
  });

  test("and whose resource is gone since is sent again", async () => {
    await cutShort("after", "update", inputs);
    things.stored.clear();
    expect((await run(inputs).made).id).toBe(`${placeSid}/${second}`);
  });

  test("and is wanted otherwise now gets what changed", async () => {
    await cutShort("after", "create", inputs);
    const { state } = await run({ ...inputs, count: 5 }).made;
    expect(state).toMatchObject({ sid: first, count: 5, later: "now", adopted: false });
    expect(things.stored.size).toBe(1);
  });

  test("and is wanted as it can't become is recorded as it is, not as what the program says", async () => {
    await cutShort("after", "create", { ...inputs, size: 1 });
    const error: unknown = await run({ ...inputs, size: 2 }).made.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(HalfMade);
    expect((error as HalfMade).created.state).toMatchObject({ sid: first, size: 1 });
    expect((error as HalfMade).message).toBe(
      `${first} was made by a run that was cut short, with another size than the program says now, and is recorded as it is.\n` +
        "Fix: run it again, and it is replaced",
    );
    expect(things.requests.map(([name]) => name)).not.toContain("create");
  });
});

test("a preview says that it goes on with what was made", async () => {
  await cutShort("after", "create", { adopt: true });
  const session = sessionOn(things, { journal: new Journal(join(folder, "dev.journal")) });
  const { id, state } = await previewCreate(session, thing, { inputs: { ...base, adopt: true }, what });
  expect([id, state["adopted"]]).toEqual([`${placeSid}/${first}`, false]);
  expect(session.messages).toEqual([
    ["info", `${first} was made by a run that was cut short; goes on with it`],
  ]);
});

describe.each<Properties>([{}, { adopt: true }])("where notes are missing, a create with %j", (inputs) => {
  const file = (): string => join(folder, "dev.journal");
  const lose = (since: number): void => {
    rmSync(file(), { force: true });
    new Journal(file()).begin("", { step: "lost", since });
  };

  test("goes on with what was made since, which is the stack's own", async () => {
    await cutShort("after", "create", inputs);
    lose(Date.now());
    const preview = sessionOn(things, { journal: new Journal(file()) });
    const planned = await previewCreate(preview, thing, { inputs: { ...base, ...inputs }, what });
    expect(planned.id).toBe(`${placeSid}/${first}`);
    const { id, state } = await run(inputs).made;
    expect([id, state["adopted"], state["later"]]).toEqual([`${placeSid}/${first}`, false, "now"]);
    expect(things.stored.size).toBe(1);
  });

  test("is sent where there is nothing that it may have made", async () => {
    lose(Date.now());
    expect((await run(inputs).made).id).toBe(`${placeSid}/${first}`);
  });
});

const seconds = 1000;
const note = (what: string, ago: number, inputs: Properties): void => {
  // By this machine's clock, which is not Twilio's.
  const at = Date.now() - ago;
  const journal = new Journal(join(folder, "dev.journal"));
  if (what === "notes are missing") journal.begin("", { step: "lost", since: at });
  else journal.begin(urn, { step: "create", started: at, inputs: { ...base, ...inputs }, guessed: true });
};

test.each<[what: string, ago: number, adopt: boolean, outcome: string]>([
  ["notes are missing", -3 * seconds, false, "already exists"],
  ["notes are missing", 0, false, "found again"],
  ["notes are missing", 3_500 * seconds, false, "found again"],
  ["notes are missing", 3_700 * seconds, false, "already exists"],
  ["notes are missing", -3 * seconds, true, "took over"],
  ["notes are missing", 0, true, "found again"],
  ["a create was pending", -3 * seconds, false, "found again"],
  ["a create was pending", -40 * seconds, false, "already exists"],
  ["a create was pending", -3 * seconds, true, "took over"],
  ["a create was pending", 0, true, "found again"],
])(
  "where %s since %d ms before something was made, with adopt %j it is: %s",
  async (what, ago, adopt, outcome) => {
    things.add({ name: "one", count: 2 });
    note(what, ago, { adopt });
    const { session, made } = run({ adopt });
    const told = await made.then(
      () => session.messages.map(([, message]) => message).join(),
      (error: unknown) => String(error),
    );
    expect(told).toContain(outcome);
  },
);

test("what a create was refused for is not looked for", async () => {
  things.add({ name: "one" });
  await expect(run({}).made).rejects.toThrow("already exists");
  expect(new Journal(join(folder, "dev.journal")).begun(urn)).toEqual({});
});

test("a resource that the state knows is not what a create made", async () => {
  await run({}).made;
  const journal = new Journal(join(folder, "dev.journal"));
  journal.recorded(urn, `${placeSid}/${first}`);
  expect(journal.begun(urn)).toBe(undefined);
});

test("what was there before a take-over is remembered though the run that changed it ended", async () => {
  things.add({ name: "one", color: "green", count: 7 });
  await cutShort("after", "update", { adopt: true, color: "blue" });
  const { state } = await run({ adopt: true, color: "blue" }).made;
  expect(state).toMatchObject({ adopted: true, color: "blue", count: 2 });
  expect(baselineOf(state)).toMatchObject({ color: "green", count: 7 });
});

test("secrets are not noted, and not looked at", async () => {
  await cutShort(
    "after",
    "create",
    { callback: "https://a:secret@example.com" },
    { secretInputs: ["callback"] },
  );
  expect(readFileSync(join(folder, "dev.journal"), "utf8")).not.toContain("secret");
  const { state } = await run({ callback: "https://a:secret@example.com" }, { secretInputs: ["callback"] })
    .made;
  expect(state["sid"]).toBe(first);
});

test("nothing is sent that can't be noted", async () => {
  mkdirSync(join(folder, "dev.journal"));
  await expect(run({}).made).rejects.toThrow(
    `nothing was sent, because ${join(folder, "dev.journal")} can't be written: EISDIR: illegal operation on a directory`,
  );
  expect(things.requests).toEqual([]);
});

test("a note after one that a full disk or a kill cut short is a line of its own", async () => {
  const file = join(folder, "dev.journal");
  writeFileSync(file, '{"urn":"","step":"run"}\n{"urn":"urn:other","step":"crea');
  const journal = new Journal(file);
  journal.begin(urn, { step: "made", id: first });
  journal.begin("urn:third", { step: "unsure" });
  const again = new Journal(file);
  expect([again.complete, again.begun(urn)?.create?.id, again.begun("urn:third")]).toEqual([
    true,
    first,
    { unsure: true },
  ]);
});

test("a last line that was cut short is no note", async () => {
  await cutShort("after", "create");
  const file = join(folder, "dev.journal");
  const text = readFileSync(file, "utf8");
  rmSync(file);
  new Journal(file).begin("urn:other", { step: "refused" });
  const { appendFileSync } = await import("node:fs");
  appendFileSync(file, text.slice(0, -10));
  expect(new Journal(file).begun(urn)).toBe(undefined);
});
