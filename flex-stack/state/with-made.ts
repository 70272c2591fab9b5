import { readDeployment } from "./deployment.ts";

/** Something that was made or taken over, and that a state does not have. */
export interface Made {
  readonly urn: string;
  readonly id: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** What is known of it that no refresh could read. */
  readonly outputs?: Readonly<Record<string, unknown>>;
}

/** Of what was made, what an exported state does not have, nor as something that is to be deleted. */
export function missingIn(text: string, made: readonly Made[]): Made[] {
  const { deployment } = JSON.parse(text) as { deployment?: { resources?: { type: string; id?: string }[] } };
  // The settings of a workspace have its SID.
  const objects = new Set((deployment?.resources ?? []).map(({ type, id }) => `${type} ${id}`));
  return made.filter(({ urn, id }) => !objects.has(`${typeOf(urn)} ${id}`));
}

/**
 * An exported state with what was made and is missing in it. What is not known of it, a refresh reads.
 *
 * @param missing In the order in which it was made. What the state has another of by the same name is to be deleted, as
 * after a replacement.
 * @returns undefined where the state has no provider of ours that could look after it, or several: nobody noted which
 */
export function withMade(text: string, missing: readonly Made[]): string | undefined {
  const resources = readDeployment(text);
  const [provider, ...others] = resources.filter(({ type }) => type === "pulumi:providers:twilio");
  if (provider?.id === undefined || others.length > 0) return undefined;
  const exported = JSON.parse(text) as { deployment: { resources: object[] } };
  const { deployment } = exported;
  const names = new Set(resources.map(({ urn }) => urn));
  const known = resources.flatMap(({ urn, id }) => (id === undefined ? [] : [{ urn, id }]));
  const added = missing.map(({ urn, id, inputs, outputs = {} }) => {
    const values = `${id} ${JSON.stringify(inputs)}`;
    // What it names has to be deleted after it.
    const dependencies = known.filter((one) => values.includes(sidOf(one.id))).map((one) => one.urn);
    known.push({ urn, id });
    const looksAfter = `${provider.urn}::${provider.id}`;
    const own = { urn, custom: true, id, type: typeOf(urn), inputs, outputs };
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
