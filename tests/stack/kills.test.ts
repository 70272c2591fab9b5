import { rmSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import {
  reference,
  runEmbeddedKill,
  runKill,
  type KillCase,
  type Reference,
  type Scenario,
} from "../../bench/faults/kills.ts";
import { Project } from "../../bench/faults/project.ts";
import { freePort } from "../support/freePort.ts";

// The small form of npm run bench:faults: a program of a few resources, some of whose names are not unique at Twilio.

let project: Project;
let references: Record<Scenario, Reference>;
const kept: string[] = [];

beforeAll(async () => {
  project = new Project(await freePort(), true);
  const up = await reference(project, "up", undefined);
  kept.push(project.save());
  const destroy = await reference(project, "destroy", kept[0]);
  const update = await reference(project, "update", kept[0]);
  references = { up, update, destroy };
}, 180_000);
afterAll(() => {
  for (const folder of kept) rmSync(folder, { recursive: true });
  project.remove();
});

/** Without the look before it, and without policies: each costs a run of the engine. */
const quickUp = ["up", "--skip-preview", "--no-policy"];

test.each<KillCase & { onward: string[] }>([
  {
    ...{ scenario: "up", victim: "all", moment: "done, not answered", at: 0.6 },
    onward: ["up", "--yes", "--no-policy"],
  },
  { scenario: "update", victim: "the provider", moment: "answered", at: 0.5, onward: quickUp },
  {
    ...{ scenario: "destroy", victim: "Pulumi", moment: "done, not answered", at: 0.5 },
    onward: ["destroy", "--yes"],
  },
])(
  "$scenario, $victim killed with a request $moment: the same once more ends like an undisturbed run",
  async ({ onward, ...one }) => {
    const { problems, killed } = await runKill(project, one, references[one.scenario], onward);
    expect(problems).toEqual([]);
    expect(killed).toBeGreaterThan(0);
  },
  180_000,
);

/** As people run it; only then does Pulumi write the state no sooner than at the end. */
const up = ["up", "--yes", "--no-policy"];
const update = { scenario: "update", victim: "all", moment: "answered", command: up } as const;

test("an update with a look first, killed: the same once more ends like an undisturbed run", async () => {
  const { problems } = await runKill(project, { ...update, at: /^DELETE/ }, references.update, up);
  expect(problems).toEqual([]);
}, 180_000);

test("killed and then taken back, it leaves nothing that it made and nothing that it changed", async () => {
  const back = { ...update, at: /^POST .*Roles$/, back: true };
  const ending = { ...references.update, end: references.up.end };
  expect((await runKill(project, back, ending, up)).problems).toEqual([]);
}, 180_000);

test("flex-stack killed with the local Twilio that it runs itself: up once more ends like an undisturbed run", async () => {
  const { problems } = await runEmbeddedKill(project, { scenario: "up", at: 0.6 }, references.up, quickUp);
  expect(problems).toEqual([]);
}, 180_000);

test("destroy after an up that was killed takes away what the state did not come to know", async () => {
  const one = { scenario: "up", victim: "Pulumi", moment: "done, not answered", at: 1 } as const;
  const ending = { ...references.up, end: references.destroy.end };
  expect((await runKill(project, one, ending, ["destroy", "--yes"])).problems).toEqual([]);
}, 180_000);
