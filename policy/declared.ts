/**
 * What the program declares in this run. Pulumi hands the rules of the scope "stack" more than that: what it refreshed, and
 * what it left out of a plan, is among it also where the same plan takes it out of the stack. It asks the rules of the scope
 * "resource" about each resource that the program registers, and about no other; they come first.
 */
export class Declared {
  readonly #urns = new Set<string>();

  note(urn: string): void {
    this.#urns.add(urn);
  }

  /** Those of the program; all, where no rule was asked about single ones. */
  of<Resource extends { readonly urn: string }>(resources: readonly Resource[]): Resource[] {
    return resources.filter(({ urn }) => this.#urns.size === 0 || this.#urns.has(urn));
  }
}
