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
 * @param made In the order in which it was made. What the state has another of by the same name is to be deleted, as after
 * a replacement.
 * @returns undefined where there is nothing to add, or no provider of ours in the state that could look after it
 */
export function withMade(text: string, made: readonly Made[]): string | undefined {
  const resources = readDeployment(text);
  const provider = resources.find(({ type }) => type === "pulumi:providers:twilio");
  if (provider?.id === undefined) return undefined;
  const exported = JSON.parse(text) as { deployment: { resources: { id?: string }[] } };
  const { deployment } = exported;
  const ids = new Set(deployment.resources.map(({ id }) => id));
  const names = new Set(resources.map(({ urn }) => urn));
  const missing = made.filter(({ id }) => !ids.has(id));
  if (missing.length === 0) return undefined;
  const known = resources.flatMap(({ urn, id }) => (id === undefined ? [] : [{ urn, id }]));
  const added = missing.map(({ urn, id, inputs }) => {
    const values = JSON.stringify(inputs);
    // What it names has to be deleted after it.
    const dependencies = known.filter((one) => values.includes(sidOf(one.id))).map((one) => one.urn);
    known.push({ urn, id });
    const looksAfter = `${provider.urn}::${provider.id}`;
    const own = { urn, custom: true, id, type: typeOf(urn), inputs, outputs: {} };
    return { ...own, dependencies, provider: looksAfter, ...(names.has(urn) && { delete: true }) };
  });
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
