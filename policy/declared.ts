/**
 * What the program declares in this run. Pulumi hands the rules of the scope "stack" more than that: what it refreshed, and
 * what it left out of a plan, is among it also where the same plan takes it out of the stack. It asks the rules of the scope
 * "resource" about each resource that the program registers, and about no other; they come first.
 */
export class Declared {
  readonly #inputs = new Map<string, Properties>();

  /** @param inputs What the program gives it. */
  note(urn: string, inputs: Properties): void {
    this.#inputs.set(urn, inputs);
  }

  /** Those of the program; all, where no rule was asked about single ones. */
  of<Resource extends { readonly urn: string }>(resources: readonly Resource[]): Resource[] {
    return resources.filter(({ urn }) => this.#inputs.size === 0 || this.#inputs.has(urn));
  }

  /**
   * What a resource is going to be, with what the program gives it where Twilio's answer left that out: a URL that is
   * declared as empty is no property of a resource that was read.
   */
  completed(urn: string, properties: Properties): Properties {
    return { ...this.#inputs.get(urn), ...properties };
  }
}

type Properties = Readonly<Record<string, unknown>>;
