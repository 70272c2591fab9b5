import { readDeployment } from "./deployment.ts";

/** Something that was made, and that a state does not have. */
export interface Made {
  readonly urn: string;
  readonly id: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

/**
 * An exported state with what was made and is not in it. What is not known of it, a refresh reads.
 *
 * @param made In the order in which it was made.
 * @returns undefined where the state has no provider of ours that could look after it
 */
export function withMade(text: string, made: readonly Made[]): string | undefined {
  const resources = readDeployment(text);
  const provider = resources.find(({ type }) => type === "pulumi:providers:twilio");
  if (provider?.id === undefined) return undefined;
  const known = resources.flatMap(({ urn, id }) => (id === undefined ? [] : [{ urn, id }]));
  const added = made.map(({ urn, id, inputs }) => {
    const values = JSON.stringify(inputs);
    // What it names has to be deleted after it.
    const dependencies = known.filter((one) => values.includes(sidOf(one.id))).map((one) => one.urn);
    known.push({ urn, id });
    const looksAfter = `${provider.urn}::${provider.id}`;
    return {
      urn,
      custom: true,
      id,
      type: typeOf(urn),
      inputs,
      outputs: {},
      dependencies,
      provider: looksAfter,
    };
  });
  const exported = JSON.parse(text) as { deployment: { resources: unknown[] } };
  const { deployment } = exported;
  return JSON.stringify({
    ...exported,
    deployment: { ...deployment, resources: [...deployment.resources, ...added] },
  });
}

/** `WS…/WQ…` is a queue of a workspace. */
function sidOf(id: string): string {
  return id.slice(id.lastIndexOf("/") + 1);
}

/** `urn:pulumi:dev::project::a:b:Component$twilio:chat:Role::name` */
function typeOf(urn: string): string {
  const path = urn.split("::")[2] ?? "";
  return path.slice(path.lastIndexOf("$") + 1);
}
