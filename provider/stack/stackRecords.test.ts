import { beforeEach, describe, expect, test } from "@jest/globals";

import { thing } from "../testing/thing.ts";
import { StackRecords } from "./stackRecords.ts";

const accountSid = "AC1";
const urnOf = (stack: string, name: string, project = "shop") =>
  `urn:pulumi:${stack}::${project}::${thing.token}::${name}`;
const providerOf = (stack: string, project = "shop") =>
  `urn:pulumi:${stack}::${project}::pulumi:providers:twilio::default`;

/** A state with one thing of this id, made in an account. */
const state = (stack: string, id: string, settings: object = { accountSid }, project = "shop") =>
  JSON.stringify({
    deployment: {
      resources: [
        {
          urn: providerOf(stack, project),
          type: "pulumi:providers:twilio",
          custom: true,
          id: "p",
          inputs: settings,
        },
        {
          urn: urnOf(stack, "one", project),
          type: thing.token,
          custom: true,
          id,
          provider: `${providerOf(stack, project)}::p`,
        },
      ],
    },
  });

/** What Pulumi prints, by command line; nothing for a command that fails. */
let printed: { [command: string]: string };
let ran: string[];
let said: [string, string][];
beforeEach(() => {
  printed = { "stack export --stack dev": state("dev", "PL1/TH1"), "stack ls --all --json": "[]" };
  ran = [];
  said = [];
  takes = 0;
});
/** Milliseconds that each command takes. */
let takes = 0;
let clock = 0;
const records = (place: { endpoint?: string; fullName?: string } = {}) =>
  new StackRecords(
    {
      stack: "dev",
      project: "shop",
      fullName: place.fullName,
      accountSid,
      endpoint: place.endpoint,
      log: (severity, message) => void said.push([severity, message]),
    },
    async (...words) => {
      const command = words.join(" ");
      ran.push(command);
      clock += takes;
      if (printed[command] === undefined) throw new Error("no such luck");
      return printed[command];
    },
    () => clock,
  );
const list = (...stacks: object[]) => {
  printed["stack ls --all --json"] = JSON.stringify(stacks);
};

describe("the stack at hand", () => {
  test("is read once, and only when somebody asks", async () => {
    const some = records();
    expect(ran).toEqual([]);
    const [found, none] = await Promise.all([some.owners(thing, "PL1/TH1"), some.owners(thing, "PL1/TH2")]);
    expect([found?.map(({ urn }) => urn), none, ran]).toEqual([
      [urnOf("dev", "one")],
      [],
      ["stack export --stack dev"],
    ]);
  });

  test("is asked for by the whole name that the environment gives it, not by another's", async () => {
    await records({ fullName: "acme/shop/dev" }).owners(thing, "x");
    await records({ fullName: "acme/shop/prod" }).owners(thing, "x");
    expect(ran).toEqual(["stack export --stack acme/shop/dev", "stack export --stack dev"]);
  });

  test.each([
    ["can't be read", undefined, "no such luck"],
    [
      "turns out to be another",
      state("prod", "x"),
      `it has ${providerOf("prod")}, which is of another stack`,
    ],
    ["is no JSON", "nonsense", "Unexpected token"],
  ])("is unknown when it %s, and that is said once", async (_, text, reason) => {
    if (text === undefined) delete printed["stack export --stack dev"];
    else printed["stack export --stack dev"] = text;
    const some = records();
    expect([await some.owners(thing, "x"), await some.owners(thing, "y")]).toEqual([undefined, undefined]);
    expect(said).toHaveLength(1);
    expect(said[0]).toEqual([
      "warning",
      expect.stringContaining(`can't read what stack "dev" records: ${reason}`),
    ]);
    expect(some.unread).toContain(reason);
  });
});

describe("other stacks", () => {
  const others = async (id: string, place: { endpoint?: string } = {}) => records(place).elsewhere(thing, id);

  test("are those of the backend that hold anything, named as Pulumi lists them", async () => {
    list(
      { name: "dev", resourceCount: 3 },
      { name: "organization/shop/dev", resourceCount: 3 },
      { name: "staging", resourceCount: 3 },
      { name: "empty", resourceCount: 0 },
      { name: "organization/store/dev" },
    );
    printed["stack export --stack staging"] = state("staging", "PL1/TH1");
    printed["stack export --stack organization/store/dev"] = state("dev", "PL1/TH1", { accountSid }, "store");
    expect(await others("PL1/TH1")).toEqual({ stacks: ["staging", "store/dev"], unread: [] });
    expect(ran).toEqual([
      "stack ls --all --json",
      "stack export --stack staging",
      "stack export --stack organization/store/dev",
    ]);
    expect((await others("PL1/TH2")).stacks).toEqual([]);
  });

  test.each([
    ["the same account at Twilio", { accountSid }, undefined, true],
    ["another account", { accountSid: "AC2" }, undefined, false],
    [
      "a local Twilio in place of Twilio",
      { accountSid, endpoint: "http://localhost:4100" },
      undefined,
      false,
    ],
    [
      "the same local Twilio",
      { accountSid, endpoint: "http://localhost:4100/" },
      "http://localhost:4100",
      true,
    ],
    [
      "another local Twilio",
      { accountSid, endpoint: "http://localhost:4101" },
      "http://localhost:4100",
      false,
    ],
  ])("count in %s: %j", async (_, settings, endpoint, counts) => {
    list({ name: "staging" });
    printed["stack export --stack staging"] = state("staging", "PL1/TH1", settings);
    const { stacks } = await others("PL1/TH1", endpoint === undefined ? {} : { endpoint });
    expect(stacks).toEqual(counts ? ["staging"] : []);
  });

  test("that can't be read are told, and don't keep the rest from being known", async () => {
    list({ name: "broken" }, { name: "staging" });
    printed["stack export --stack staging"] = state("staging", "PL1/TH1");
    const reason = 'stack "broken": no such luck';
    expect(await others("PL1/TH1")).toEqual({ stacks: ["staging"], unread: [reason] });
    expect(said).toEqual([
      ["warning", expect.stringContaining(`other stacks of the backend record (${reason})`)],
    ]);
  });

  test("are unknown where the backend does not list them", async () => {
    delete printed["stack ls --all --json"];
    expect((await others("PL1/TH1")).unread).toEqual(["the backend's list of stacks: no such luck"]);
  });

  test("of a large backend are looked at as far as the 25 likeliest, which is said", async () => {
    const names = Array.from({ length: 30 }, (_, index) => `organization/store/s${index}`);
    list(
      ...names.map((name, index) => ({ name, lastUpdate: `2026-01-${String(index + 1).padStart(2, "0")}` })),
      {
        name: "staging",
      },
    );
    for (const name of [...names, "staging"]) printed[`stack export --stack ${name}`] = "{}";
    await others("PL1/TH1");
    const looked = ran.slice(1).map((command) => command.split(" ").at(-1)!);
    expect(looked).toEqual(["staging", ...names.reverse().slice(0, 24)]);
    expect(said).toEqual([["info", "looked at 25 of the backend's 31 other stacks, the last updated"]]);
  });

  test("of a backend that is slow are asked for a minute, and one warning names the rest", async () => {
    takes = 25_000;
    const names = Array.from({ length: 10 }, (_, index) => `s${index}`);
    list(...names.map((name) => ({ name })));
    for (const name of names) printed[`stack export --stack ${name}`] = state(name, "PL1/TH1");
    const { stacks, unread } = await others("PL1/TH1");
    expect(ran.length).toBeLessThanOrEqual(1 + 3 + 4);
    expect(stacks.length + unread.length).toBe(10);
    expect(unread.at(-1)).toBe('stack "s9": not asked, because the backend is too slow');
    expect(said).toHaveLength(1);
  });
});
