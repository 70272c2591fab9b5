import type { EngineEvent } from "@pulumi/pulumi/automation/index.js";

/**
 * How far the rules of the policy packs came: `all` looked at every resource and at the stack as a whole; `part` did not,
 * as the run ended before; `none`: no pack was loaded.
 */
export type RulesRan = "all" | "part" | "none";

/** Notes which rules looked at what, from the engine's events. The SDK's types do not know all of these yet. */
export class PolicyCoverage {
  readonly #passed = new Set<string>();
  /** Packs that began to look, and those that looked at the stack as a whole, which is the last they do. */
  readonly #begun = new Set<string>();
  readonly #judged = new Set<string>();
  #loaded = false;

  observe(event: EngineEvent): void {
    if (Reflect.has(event, "policyLoadEvent")) this.#loaded = true;
    this.#summary(Reflect.get(event, "policyAnalyzeSummaryEvent"), this.#begun);
    this.#summary(Reflect.get(event, "policyAnalyzeStackSummaryEvent"), this.#judged);
  }

  get ran(): RulesRan {
    const packs = [...this.#begun, ...this.#judged];
    if (packs.length === 0) return this.#loaded ? "part" : "none";
    return packs.every((pack) => this.#judged.has(pack)) ? "all" : "part";
  }

  /**
   * How many rules looked at something and found nothing.
   *
   * @param broken Rules that found something somewhere, `pack/rule`.
   */
  held(broken: ReadonlySet<string>): number {
    return [...this.#passed].filter((rule) => !broken.has(rule)).length;
  }

  #summary(summary: unknown, packs: Set<string>): void {
    if (typeof summary !== "object" || summary === null) return;
    const pack = String(Reflect.get(summary, "policyPackName"));
    packs.add(pack);
    const passed: unknown = Reflect.get(summary, "passed");
    if (Array.isArray(passed)) for (const rule of passed) this.#passed.add(`${pack}/${String(rule)}`);
  }
}
