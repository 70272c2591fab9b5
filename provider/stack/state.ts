import { isObject } from "../engine/value.ts";
import type { Json, Properties, Value } from "../engine/value.ts";
import { signatureKey } from "../marks.ts";

/** A resource in a stack's state that stands for an object at Twilio. */
export interface StateEntry {
  urn: string;
  type: string;
  id: string;
  state: Properties;
  inputs: Properties;
  /** Settings of the provider it was made with; undefined where the state does not hold that provider. */
  provider: Properties | undefined;
}

/**
 * The objects in what `pulumi stack export` prints. What only looks at an object, or was deleted for a replacement
 * that is not there yet, owns nothing.
 *
 * @throws When it is no state of the stack that is asked for.
 */
export function entriesOf(text: string, expected?: { stack: string; project: string }): StateEntry[] {
  const exported = JSON.parse(text) as { deployment?: { resources?: Resource[] | null } | null };
  const resources = exported.deployment?.resources ?? [];
  const prefix = expected && `urn:pulumi:${expected.stack}::${expected.project}::`;
  const stranger = prefix && resources.find(({ urn }) => !urn.startsWith(prefix));
  if (stranger) throw new Error(`it has ${stranger.urn}, which is of another stack`);
  const providers = new Map(
    resources
      .filter(({ type }) => type.startsWith("pulumi:providers:"))
      .map(({ urn, id, inputs }) => [`${urn}::${id ?? ""}`, plain(inputs)]),
  );
  return resources.flatMap((one) =>
    one.custom !== true || one.external === true || one.pendingReplacement === true || !one.id
      ? []
      : {
          urn: one.urn,
          type: one.type,
          id: one.id,
          state: plain(one.outputs),
          inputs: plain(one.inputs),
          provider: providers.get(one.provider ?? ""),
        },
  );
}

interface Resource {
  urn: string;
  type: string;
  custom?: boolean;
  external?: boolean;
  pendingReplacement?: boolean;
  id?: string;
  provider?: string;
  inputs?: { [name: string]: Json };
  outputs?: { [name: string]: Json };
}

/** Properties without what is encrypted, which is not known here. */
function plain(properties: { [name: string]: Json } | undefined): Properties {
  const known = withoutSecrets(properties ?? {});
  return isObject(known) ? known : {};
}

function withoutSecrets(value: Json): Value | undefined {
  if (Array.isArray(value)) {
    const items = value.map(withoutSecrets);
    return items.some((item) => item === undefined) ? undefined : (items as Value[]);
  }
  if (typeof value !== "object" || value === null) return value;
  if (signatureKey in value) return undefined;
  const known = Object.entries(value).flatMap(([name, item]) => {
    const inner = withoutSecrets(item);
    return inner === undefined ? [] : [[name, inner] as const];
  });
  return Object.fromEntries(known);
}
