import { expect, test } from "@jest/globals";
import { sharedObjects, sharedText } from "./shared-objects.ts";

const queue = "twilio:taskrouter:TaskQueue";
const change = (name: string, note: string, type = queue) => ({ name, type, notes: [note] });

test("only what other stacks record counts, by these stacks", () => {
  expect(
    sharedObjects([
      change("billing", 'takes over WQ1, which stack "staging" records too, as it is'),
      change("returns", 'takes over WQ2 from "sendbacks" as it is'),
      change("sales", "takes over WQ3 and would change priority from 1 to 2"),
      change(
        "flex",
        'takes over what is there, which stacks "a", "shop/b" and "c" record too, and would change x',
        "twilio:flex:Configuration",
      ),
      change("lost", 'imported WS1/WQ4, which stack "staging" records too'),
    ]),
  ).toEqual([
    {
      stacks: ["staging"],
      resources: [
        { name: "billing", type: queue },
        { name: "lost", type: queue },
      ],
    },
    { stacks: ["a", "shop/b", "c"], resources: [{ name: "flex", type: "twilio:flex:Configuration" }] },
  ]);
});

test("many of a kind are counted", () => {
  const resources = [
    { name: "shop", type: "twilio:taskrouter:Workspace" },
    ...["a", "b", "c"].map((name) => ({ name, type: queue })),
    ...["1", "2", "3", "4"].map((name) => ({ name, type: "twilio:taskrouter:Activity" })),
  ];
  expect(sharedText({ stacks: ["staging"], resources })).toBe(
    "1 Workspace (shop), 3 TaskQueue (a, b, c), 4 Activity",
  );
});
