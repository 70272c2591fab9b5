import { beforeAll, expect, test } from "@jest/globals";
import { load, dump } from "js-yaml";
import { readDeployment } from "../../flex-stack/state/deployment.ts";
import { provisionedOf } from "../../flex-stack/whereabouts/provisioned.ts";
import { withoutWorkers } from "../journey/centre.ts";
import { useReceiver } from "../support/receiver.ts";
import { useProject } from "../support/useProject.ts";
import type { StackConfig } from "../stack/project.ts";
import { ailments } from "./ailments.ts";
import { BrokenCentre } from "./centre.ts";
import { faults } from "./faults/index.ts";
import { rounds, type NumberKey } from "./repairs.ts";
import { talking } from "./talk.ts";

// One stack, really provisioned: each round breaks its account in several ways, runs the command that diagnose
// advises, as it is printed, and looks again.

const project = useProject();
const receiver = useReceiver();

/** The account, with what the stack has in it now. */
async function open(number: NumberKey = "main"): Promise<BrokenCentre> {
  const state = load(await project.read(".pulumi/stacks/flex-messaging/dev.json")) as {
    checkpoint: { latest: object };
  };
  const deployed = readDeployment(JSON.stringify({ deployment: state.checkpoint.latest }));
  const resources = provisionedOf(deployed);
  return new BrokenCentre(project.emulator, resources, () => undefined, number);
}

/** Leaves nobody but alice there, with nothing to do. */
async function staff(centre: BrokenCentre): Promise<void> {
  const workspace = await centre.workspace();
  for (const { sid } of await workspace.tasks.list()) await workspace.tasks(sid).remove();
  await centre.dismissAll();
  await centre.hire("alice", { routing: { skills: ["billing"] }, level: 2 });
}

beforeAll(async () => {
  const settings = load(await project.read("Pulumi.dev.yaml")) as { config: StackConfig };
  withoutWorkers(settings.config);
  await project.write("Pulumi.dev.yaml", dump(settings));
  const { code, stderr } = await project.flexStack("up", "--skip-preview", "--no-policy");
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
}, 120_000);

test.each(rounds.map((breaks, index) => ({ round: index + 1, breaks })))(
  "the command that diagnose advises mends round $round",
  async ({ round, breaks }) => {
    await staff(await open());
    for (const [name, number] of breaks) await breaking(name)(await open(number), receiver);

    const found = (await (await open()).health()).checks.flatMap(({ problems }) => problems);
    const advised = new Set(found.flatMap(({ fix }) => /npx (flex-stack [^:]+):/.exec(fix)?.[1] ?? []));
    expect([...advised]).toEqual(["flex-stack up --refresh --stack dev"]);

    // A look beforehand with the policies takes as long again; the first round shows that neither is in the way.
    const short = round > 1 ? ["--skip-preview", "--no-policy"] : [];
    const words = [...advised].join().split(" ").slice(1);
    const { code, stdout, stderr } = await project.flexStack(...words, ...short);
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout, stderr });

    const centre = await open();
    const left = (await centre.health()).checks.flatMap(({ problems }) => problems);
    expect(left.filter(({ fix }) => fix.includes("flex-stack"))).toEqual([]);
    for (const [index, number] of (["main", "shop", "web"] as const).entries()) {
      const mended = await open(number);
      await staff(mended);
      mended.customer = `+1415555${20 + index}${String(round).padStart(2, "0")}`;
      const { message } = number === "web" ? await talking(mended) : await mended.talks();
      expect(await mended.diagnose(message)).toMatchObject({ result: "ok", problem: undefined });
    }
  },
);

test("what diagnose advises where a number was released is done by the configuration", async () => {
  const shop = await open("shop");
  await shop.ownNumber.remove();
  const advice = async () =>
    (await (await open()).health()).checks
      .flatMap(({ problems }) => problems)
      .filter(({ cause }) => cause === "flex-flow-without-number")
      .map(({ fix }) => fix);
  expect(await advice()).toEqual([
    "Get the number back, or take it out of the stack's configuration and provision the stack.",
  ]);
  const settings = load(await project.read("Pulumi.dev.yaml")) as {
    config: { "flex-messaging:messageHandling": { numbers: Record<string, unknown> } };
  };
  delete settings.config["flex-messaging:messageHandling"].numbers["shop"];
  await project.write("Pulumi.dev.yaml", dump(settings));
  const { code, stdout, stderr } = await project.flexStack("up", "--skip-preview", "--no-policy");
  expect({ code, stdout, stderr }).toEqual({ code: 0, stdout, stderr });
  expect(await advice()).toEqual([]);
});

function breaking(name: string): (typeof ailments)[number]["break"] {
  const found = [...faults, ...ailments].find((one) => one.name === name);
  if (found === undefined) throw new Error(`There is no fault "${name}"`);
  return (centre, receiver) => found.break(centre, receiver);
}
