import { beforeEach, expect, test } from "@jest/globals";
import { sharingStacks } from "./sharing-stacks.ts";

const accountSid = `AC${"1".repeat(32)}`;
const another = `AC${"2".repeat(32)}`;
const urn = (type: string) => `urn:pulumi:s::shop::${type}::x`;
/** A state with one queue, made with these settings of the provider. */
const state = (inputs: object, queue = true) =>
  JSON.stringify({
    deployment: {
      resources: [
        {
          urn: urn("pulumi:providers:twilio"),
          type: "pulumi:providers:twilio",
          custom: true,
          id: "p",
          inputs,
        },
        ...(queue
          ? [{ urn: urn("twilio:taskrouter:TaskQueue"), type: "twilio:taskrouter:TaskQueue", custom: true }]
          : []),
      ],
    },
  });

let printed: Record<string, string>;
let asked: string[];
const asking = { project: "shop", stack: "dev", accountSid };
const ask = async (...words: string[]) => {
  const command = words.join(" ");
  asked.push(command);
  if (printed[command] === undefined) throw new Error("no such luck");
  return printed[command];
};
const list = (...stacks: object[]) => (printed["stack ls --all --json"] = JSON.stringify(stacks));
beforeEach(() => {
  printed = {};
  asked = [];
});

test.each([
  ["the same account", { accountSid }, undefined, true],
  ["another account", { accountSid: another }, undefined, false],
  ["an account that is not said", {}, undefined, true],
  ["a local Twilio", { accountSid, endpoint: "http://localhost:4100" }, undefined, false],
  [
    "the same local Twilio",
    { accountSid, endpoint: "http://localhost:4100/" },
    "http://localhost:4100",
    true,
  ],
])("a stack in %s may share: %j, %j", async (_, settings, endpoint, shares) => {
  list({ name: "dev", resourceCount: 3 }, { name: "staging", resourceCount: 3 });
  printed["stack export --stack staging"] = state(settings);
  const found = await sharingStacks({ ...asking, ...(endpoint && { endpoint }) }, ask);
  expect(found).toEqual(shares ? ["staging"] : []);
});

test("stacks that hold nothing, or nothing at Twilio, share nothing", async () => {
  list({ name: "organization/shop/dev" }, { name: "empty", resourceCount: 0 }, { name: "idle" });
  printed["stack export --stack idle"] = state({ accountSid }, false);
  expect(await sharingStacks(asking, ask)).toEqual([]);
  expect(asked).toEqual(["stack ls --all --json", "stack export --stack idle"]);
});

test("one of the same name in another project is another stack", async () => {
  list({ name: "organization/store/dev" });
  printed["stack export --stack organization/store/dev"] = state({ accountSid });
  expect(await sharingStacks(asking, ask)).toEqual(["organization/store/dev"]);
});

test("too many to be read may all share", async () => {
  const names = Array.from({ length: 11 }, (_, index) => `s${index}`);
  list(...names.map((name) => ({ name })));
  expect(await sharingStacks(asking, ask)).toEqual(names);
  expect(asked).toHaveLength(1);
});

test.each(["a list that fails", "a state that can't be read", "a list that is none"])(
  "unknown after %s",
  async (what) => {
    if (what === "a list that is none") printed["stack ls --all --json"] = "";
    else if (what !== "a list that fails") list({ name: "staging" });
    expect(await sharingStacks(asking, ask)).toBeUndefined();
  },
);
