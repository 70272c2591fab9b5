import { rmSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import {
  reference,
  runKill,
  type KillCase,
  type Reference,
  type Scenario,
} from "../../bench/faults/kills.ts";
import { Project } from "../../bench/faults/project.ts";

// The small form of npm run bench:faults: a program of a few resources, some of whose names are not unique at Twilio.

let project: Project;
let references: Record<Scenario, Reference>;
const kept: string[] = [];

beforeAll(async () => {
  project = new Project(await freePort(), true);
  const up = await reference(project, "up", undefined);
  kept.push(project.save());
  const update = await reference(project, "update", kept[0]);
  kept.push(project.save());
  references = { up, update, destroy: update };
}, 180_000);
afterAll(() => {
  for (const folder of kept) rmSync(folder, { recursive: true });
  project.remove();
});

const cases: readonly KillCase[] = [
  { scenario: "up", victim: "all", moment: "done, not answered", at: 0.6 },
  { scenario: "up", victim: "the provider", moment: "done, not answered", at: 0.8 },
  { scenario: "update", victim: "Pulumi", moment: "answered", at: 0.5 },
];

test.each(cases)(
  "$scenario, $victim killed with a request $moment: one more up ends like an undisturbed run",
  async (one) => {
    const { problems, killed } = await runKill(project, one, references[one.scenario]);
    expect(problems).toEqual([]);
    expect(killed).toBeGreaterThan(0);
  },
  180_000,
);

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
