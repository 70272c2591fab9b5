import { describe, expect, test } from "@jest/globals";
import { pictureLines } from "../../report/picture-lines.ts";
import { Surroundings } from "../surroundings.ts";
import { routingPicture } from "./routing-picture.ts";

// Read as the lines that a terminal shows: `!` in the margin is where a task ends that no agent gets.

const queues = {
  WQ1: ["Billing", "skill == 'billing'"],
  WQ2: ["Overflow", "1==1"],
  WQ3: ["Disputes", "skill == 'law'"],
};
const surroundings = new Surroundings([
  ...Object.entries(queues).map(([sid, [friendlyName = "", targetWorkers = ""]]) => ({
    type: "twilio:taskrouter:TaskQueue",
    name: friendlyName,
    id: `WS1/${sid}`,
    properties: { friendlyName, targetWorkers },
  })),
  {
    type: "twilio:taskrouter:Worker",
    name: "ann",
    id: "WS1/WK1",
    properties: { friendlyName: "ann", attributes: '{"skill":"billing"}' },
  },
]);

type Target = { queue: string; timeout?: number };
const routed = (targets: readonly Target[], fallback?: string) => ({
  friendlyName: "Inbound",
  configuration: {
    task_routing: {
      filters: [{ filter_friendly_name: "Bills", expression: "a == 1", targets }],
      ...(fallback === undefined ? {} : { default_filter: { queue: fallback } }),
    },
  },
});

function lines(before: object | undefined, after: object, side: "before" | "after" = "after"): string[] {
  const subject = { type: "twilio:taskrouter:Workflow", name: "inbound", before, after };
  const picture = routingPicture(subject as Parameters<typeof routingPicture>[0], surroundings);
  return picture === undefined ? [] : pictureLines(picture, side);
}

const sound = routed([{ queue: "WQ1", timeout: 60 }, { queue: "WQ2" }], "WQ2");

describe("a picture of routing", () => {
  test.each<[string, object | undefined, object, string[]]>([
    [
      "of a new workflow has no marks",
      undefined,
      sound,
      ["  ├ Bills: a == 1", "  │   → Billing (for 60 s)", "  │   → Overflow", "  └ otherwise → Overflow"],
    ],
    [
      "has the end of those whom nobody takes in time",
      sound,
      routed([{ queue: "WQ1", timeout: 60 }], "WQ2"),
      [
        "  ├ Bills: a == 1",
        "  │   → Billing (for 60 s)",
        "- │   → Overflow",
        "! │   → canceled",
        "  └ otherwise → Overflow",
      ],
    ],
    [
      "has queues that nobody serves, and tasks that are not created",
      sound,
      routed([{ queue: "WQ1", timeout: 60 }, { queue: "WQ3" }]),
      [
        "  ├ Bills: a == 1",
        "  │   → Billing (for 60 s)",
        "~ │   → Disputes (nobody serves it)",
        "! └ otherwise → not created",
      ],
    ],
    [
      "has a default queue that nobody serves",
      sound,
      routed([{ queue: "WQ1", timeout: 60 }, { queue: "WQ2" }], "WQ3"),
      [
        "  ├ Bills: a == 1",
        "  │   → Billing (for 60 s)",
        "  │   → Overflow",
        "~ └ otherwise → Disputes (nobody serves it)",
      ],
    ],
  ])("%s", (_, before, after, expected) => {
    expect(lines(before, after)).toEqual(["Inbound", ...expected]);
  });

  test("has how it was, without marks, and with its own dead ends", () => {
    expect(lines(routed([{ queue: "WQ3", timeout: 60 }]), sound, "before")).toEqual([
      "Inbound",
      "  ├ Bills: a == 1",
      "  │   → Disputes (for 60 s)",
      "! │   → canceled",
      "! └ otherwise → not created",
    ]);
  });

  test("of what routes as before has one side", () => {
    expect(lines(sound, { ...sound, friendlyName: "Inbound" }, "before")).toEqual(lines(sound, sound));
  });
});
