import { expect, test } from "@jest/globals";
import type { EngineEvent } from "@pulumi/pulumi/automation/index.js";
import { done, said, state, step, urnOf } from "../changes/engine-events.fixture.ts";
import { readDeployment } from "../state/deployment.ts";
import { DeletionGuard, type GuardOptions } from "./deletion-guard.ts";

const number = "twilio:api:IncomingPhoneNumber";
const queue = "twilio:taskrouter:TaskQueue";
const flow = "twilio:flex:FlexFlow";
const role = "twilio:chat:Role";
const named = (friendlyName: string) => state(role, friendlyName, { inputs: { friendlyName } });

const deployed = (...resources: [type: string, name: string, protect?: boolean][]) =>
  readDeployment(
    JSON.stringify({
      deployment: {
        resources: resources.map(([type, name, protect = false]) => ({
          ...{ urn: urnOf(type, name), type, custom: true, id: name, protect },
        })),
      },
    }),
  );

function guard(options: Partial<GuardOptions> = {}): DeletionGuard {
  return new DeletionGuard({
    ...{ protect: false, allowed: [], file: "Pulumi.prod.yaml", deployed: [], targeted: false },
    ...options,
  });
}

const deletion = (type: string, name: string, fields = {}): EngineEvent =>
  done(step("delete", type, name, { old: state(type, name, fields) }));
const refusal = (type: string, name: string): EngineEvent =>
  said(
    "error",
    `Preview failed: resource "${urnOf(type, name)}" cannot be deleted\nbecause it is protected. To unprotect …`,
    urnOf(type, name),
  );
const replacementRefusal = (type: string, name: string): EngineEvent =>
  said(
    "error",
    `unable to replace resource "${urnOf(type, name)}"\nas it is currently marked for protection. …`,
    urnOf(type, name),
  );

/** Level, and what is said after the description of the rule. */
const verdicts = (events: readonly EngineEvent[]): string[] =>
  events.flatMap(({ policyEvent }) =>
    policyEvent ? `${policyEvent.enforcementLevel}: ${policyEvent.message.split("\n")[1]}` : [],
  );
const keepIt = (name: string) =>
  `Fix: Keep it. To let it go on purpose, name it in the same change: add ${name} to ` +
  "flex-messaging:allowedDeletions in Pulumi.prod.yaml.";

test.each<[string, Partial<GuardOptions>, EngineEvent, string[]]>([
  [
    "a number of a protected stack is deleted",
    { protect: true },
    deletion(number, "shop"),
    [`mandatory: shop would be deleted. ${keepIt("shop")}`],
  ],
  [
    "an adopted one leaves the stack",
    { protect: true },
    deletion(number, "shop", { outputs: { adopted: true } }),
    [
      `mandatory: shop would leave the stack: it stays at Twilio, and nobody looks after it. ${keepIt("shop")}`,
    ],
  ],
  ["one of a stack that is not protected", {}, deletion(number, "shop"), []],
  [
    "one that the state still protects",
    {},
    deletion(number, "shop", { protect: true }),
    [`mandatory: shop would be deleted. ${keepIt("shop")}`],
  ],
  ["what can be made again", { protect: true }, deletion(queue, "billing"), []],
  [
    "the agent role of a stack that is not protected is replaced",
    {},
    done(step("replace", role, "agent", { old: named("agent"), keys: ["type"] })),
    [`mandatory: agent would be replaced, for type. ${keepIt("agent")}`],
  ],
  ["and another role of it", {}, done(step("replace", role, "auditor", { old: named("auditor") })), []],
  [
    "the agent role goes with a stack that is not protected",
    {},
    done(step("delete", role, "agent", { old: named("agent") })),
    [],
  ],
  [
    "a replacement",
    { protect: true },
    done(step("replace", number, "shop", { keys: ["phoneNumber"] })),
    [`mandatory: shop would be replaced, for phoneNumber. ${keepIt("shop")}`],
  ],
  ["an update", { protect: true }, done(step("update", number, "shop")), []],
  ["the configuration names it", { protect: true, allowed: ["shop"] }, deletion(number, "shop"), []],
  ["by URN", { protect: true, allowed: [urnOf(number, "shop")] }, deletion(number, "shop"), []],
  [
    "the configuration names what stays",
    { protect: true, allowed: ["main"] },
    done(step("update", number, "main")),
    [
      "warning: flex-messaging:allowedDeletions names main, which this change neither deletes nor replaces. " +
        "Fix: Take it out of Pulumi.prod.yaml: a name that stays would let it go one day.",
    ],
  ],
  [
    "the configuration names what goes without it",
    { protect: true, allowed: ["billing"] },
    deletion("twilio:taskrouter:TaskQueue", "billing"),
    [
      "warning: flex-messaging:allowedDeletions names billing, which is not protected, and goes without being named. " +
        "Fix: Take it out of Pulumi.prod.yaml: a name that stays would let it go one day.",
    ],
  ],
])("%s", (_, options, event, expected) => {
  const watching = guard(options);
  expect(watching.observe(event)).toBe(event);
  expect(verdicts(watching.conclude(true))).toEqual(expected);
});

test("Pulumi's refusal becomes the guard's, and what it kept Pulumi from planning is planned", () => {
  const watching = guard({
    deployed: deployed([number, "main", true], [number, "shop", true], [flow, "shop-flow"]),
  });
  watching.observe(done(step("same", number, "main")));
  watching.observe(deletion(number, "shop", { protect: true }));
  expect(watching.observe(refusal(number, "shop"))).toBeUndefined();
  expect(watching.observe(said("error", "preview failed\n"))).toBeUndefined();
  const events = watching.conclude(false);
  expect(events.flatMap(({ resOutputsEvent }) => resOutputsEvent?.metadata.urn ?? [])).toEqual([
    urnOf(flow, "shop-flow"),
  ]);
  expect(verdicts(events)).toEqual([`mandatory: shop would be deleted. ${keepIt("shop")}`]);
  expect([watching.refusedOnlyAllowed, watching.toUnprotect]).toEqual([false, []]);
});

test("with --refresh, too, what the refusal kept Pulumi from planning is planned, but not what is gone", () => {
  const watching = guard({
    deployed: deployed([number, "shop", true], [flow, "shop-flow"], [queue, "gone"]),
  });
  for (const [type, name] of [
    [number, "shop"],
    [flow, "shop-flow"],
  ] as const)
    watching.observe(done(step("refresh", type, name, { old: state(type, name), new: state(type, name) })));
  watching.observe(done(step("refresh", queue, "gone", { old: state(queue, "gone"), new: undefined })));
  watching.observe(deletion(number, "shop", { protect: true }));
  watching.observe(refusal(number, "shop"));
  const planned = watching.conclude(false);
  expect(planned.flatMap(({ resOutputsEvent }) => resOutputsEvent?.metadata.urn ?? [])).toEqual([
    urnOf(flow, "shop-flow"),
  ]);
});

test("what is named goes: the refusal is no failure, and the state has to be changed before", () => {
  const watching = guard({ allowed: ["shop"], deployed: deployed([number, "shop", true]) });
  watching.observe(deletion(number, "shop", { protect: true }));
  watching.observe(refusal(number, "shop"));
  expect(watching.conclude(false)).toEqual([]);
  expect(watching.refusedOnlyAllowed).toBe(true);
  expect(watching.refusedDeletions).toEqual([urnOf(number, "shop")]);
  expect(watching.toUnprotect).toEqual([urnOf(number, "shop")]);
});

test("one named and one not is refused for the one that is not", () => {
  const watching = guard({
    allowed: ["shop"],
    deployed: deployed([number, "shop", true], [number, "main", true]),
  });
  watching.observe(deletion(number, "shop", { protect: true }));
  watching.observe(refusal(number, "shop"));
  // Pulumi stopped at the first; the other is found in the state.
  expect(verdicts(watching.conclude(false))).toEqual([`mandatory: main would be deleted. ${keepIt("main")}`]);
  expect(watching.refusedOnlyAllowed).toBe(false);
});

test("a refused replacement does not end the plan, and may be named", () => {
  const watching = guard({ allowed: ["shop"], deployed: deployed([number, "shop", true], [flow, "other"]) });
  expect(watching.observe(replacementRefusal(number, "shop"))).toBeUndefined();
  watching.observe(done(step("replace", number, "shop", { old: state(number, "shop", { protect: true }) })));
  expect(watching.conclude(false)).toEqual([]);
  expect([watching.refusedOnlyAllowed, watching.refusedDeletions, watching.toUnprotect]).toEqual([
    true,
    [],
    [urnOf(number, "shop")],
  ]);
});

test("with --target, what the engine does not mention stays", () => {
  const watching = guard({
    targeted: true,
    deployed: deployed([number, "shop", true], [number, "main", true]),
  });
  watching.observe(deletion(number, "shop", { protect: true }));
  watching.observe(refusal(number, "shop"));
  expect(verdicts(watching.conclude(false))).toEqual([`mandatory: shop would be deleted. ${keepIt("shop")}`]);
});

const had = (op: "create" | "same", name: string, fields = {}): EngineEvent =>
  done(step(op, number, name, { new: state(number, name, { id: "PN1", protect: true, ...fields }) }));
const front = { id: "PN1", protect: true };

test.each<[string, EngineEvent[], Partial<GuardOptions>]>([
  ["is taken over under another name", [had("create", "front"), deletion(number, "main", front)], {}],
  ["was taken over by a run that failed", [had("same", "front"), deletion(number, "main", front)], {}],
  [
    "was there before the stack",
    [had("create", "front"), deletion(number, "main", { id: "PN1", outputs: { adopted: true } })],
    {},
  ],
  [
    "stays with a resource that is no target",
    [deletion(number, "main", front)],
    {
      targeted: true,
      deployed: readDeployment(
        JSON.stringify({
          deployment: {
            resources: [
              { urn: urnOf(number, "front"), type: number, custom: true, id: "PN1", protect: true },
            ],
          },
        }),
      ),
    },
  ],
])("a protected number that %s may change its name", (_, events, options) => {
  const watching = guard({ protect: true, ...options });
  for (const event of events) watching.observe(event);
  watching.observe(refusal(number, "main"));
  expect(verdicts(watching.conclude(false))).toEqual([]);
  expect(watching.refusedOnlyAllowed).toBe(true);
});

test("its old name loses its protection in the state, where that has it", () => {
  const watching = guard({ protect: true });
  watching.observe(had("create", "front"));
  watching.observe(deletion(number, "main", front));
  watching.observe(refusal(number, "main"));
  expect(watching.toUnprotect).toEqual([urnOf(number, "main")]);
});

test("a new name that is not protected is refused, and so is a name without need to let it go", () => {
  const watching = guard({ protect: true });
  watching.observe(had("create", "front", { protect: false }));
  watching.observe(deletion(number, "main", front));
  expect(verdicts(watching.conclude(true))).toEqual([
    "mandatory: main would become front, which is not protected. Fix: Protect front. To let it go on purpose, " +
      "name it in the same change: add main to flex-messaging:allowedDeletions in Pulumi.prod.yaml.",
  ]);
  const named = guard({ protect: true, allowed: ["main"] });
  named.observe(had("create", "front"));
  named.observe(deletion(number, "main", front));
  expect(verdicts(named.conclude(true))).toEqual([
    "warning: flex-messaging:allowedDeletions names main, which stays under another name, and goes without being " +
      "named. Fix: Take it out of Pulumi.prod.yaml: a name that stays would let it go one day.",
  ]);
});

test("what another object takes the place of goes all the same", () => {
  const watching = guard({ protect: true });
  watching.observe(had("create", "front", { id: "PN2" }));
  watching.observe(deletion(number, "main", front));
  expect(verdicts(watching.conclude(true))).toEqual([`mandatory: main would be deleted. ${keepIt("main")}`]);
});

test("other errors are none of its business", () => {
  const error = said("error", "Twilio 20001 (400): Queue named Billing already exists");
  const watching = guard();
  expect(watching.observe(error)).toBe(error);
  expect([watching.conclude(false), watching.refusedOnlyAllowed]).toEqual([[], false]);
});
