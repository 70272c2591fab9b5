import type { EngineEvent, StepEventMetadata } from "@pulumi/pulumi/automation/index.js";
import {
  commonCause,
  diagnosticOf,
  isEcho,
  policyDiagnostic,
  policyMessage,
  type Diagnostic,
} from "./diagnostic.ts";
import { PolicyCoverage, type RulesRan } from "./policy-coverage.ts";
import { UnfinishedProgram } from "./unfinished-program.ts";
import { policyResult, type PolicyResult } from "./policy-result.ts";
import { driftOf, type Drift } from "./drift.ts";
import { Owners, type RecordedOwners } from "./owners.ts";
import { left, leftInPlace, renamed } from "./rename.ts";
import { publicValue } from "../values/property-value.ts";
import {
  isRemote,
  nameOf,
  resourceChange,
  type ChangeKind,
  type ChangeStatus,
  type ResourceChange,
} from "./resource-change.ts";

/** What an event of the engine meant, for whoever shows progress. */
export type Progress =
  | { kind: "resource"; change: ResourceChange }
  | { kind: "diagnostic"; diagnostic: Diagnostic }
  /** The resource was compared with Twilio; `drift` when it was changed there. */
  | { kind: "compared"; name: string; drift: Drift | undefined };

/**
 * What one run of the engine (a preview, an update, a destroy) did so far,
 * folded from its events. The engine takes up to four steps for one change
 * and reports some twice; here each resource stands once.
 */
export class Operation {
  readonly #changes = new Map<string, ResourceChange>();
  readonly #owners: Owners;
  /** URNs of what the provider left in place instead of deleting it. */
  readonly #left = new Set<string>();
  readonly #drifts: Drift[] = [];
  readonly #unfinished = new UnfinishedProgram();
  readonly #diagnostics = new Map<string, Diagnostic>();
  /** What was said about resources that are being worked on, by URN. */
  readonly #notes = new Map<string, string[]>();
  readonly #planOnly: boolean;
  readonly #comparing: boolean;
  #outputs: Record<string, unknown> = {};
  #durationSeconds: number | undefined;
  #policyViolated = false;
  readonly #policies = new Map<string, PolicyResult>();
  readonly #coverage = new PolicyCoverage();

  /** Resources compared with Twilio so far. */
  #comparedCount = 0;

  /**
   * @param options.planOnly The run is a preview: steps are planned, never done.
   * @param options.comparing The run does nothing but compare (`refresh --preview-only`), so that its steps are
   * what was found at Twilio, not what would be done there.
   * @param options.recorded What the state holds before the run.
   */
  constructor(options: { planOnly: boolean; comparing?: boolean; recorded?: RecordedOwners | undefined }) {
    this.#planOnly = options.planOnly;
    this.#comparing = options.comparing ?? false;
    this.#owners = new Owners(options.recorded);
  }

  /** Every resource the engine looked at, in its order. */
  get changes(): readonly ResourceChange[] {
    return [...this.#changes.values()].map((change) => this.#named(change));
  }

  /** Resources that differ, failed ones included. */
  get changed(): readonly ResourceChange[] {
    return this.changes.filter(
      ({ kind, status }) => status === "failed" || (kind !== "same" && kind !== "read"),
    );
  }

  /** What was changed at Twilio behind Pulumi's back, when the run compared (`--refresh`). */
  get drifts(): readonly Drift[] {
    return this.#drifts;
  }

  /** Each error and warning once; what merely repeats that something failed is left out. */
  get diagnostics(): readonly Diagnostic[] {
    const all = [...this.#diagnostics.values()];
    const told = all.filter(({ message }) => !isEcho(message));
    return told.some(({ severity }) => severity === "error") ? told : all;
  }

  get errors(): readonly Diagnostic[] {
    return this.diagnostics.filter(({ severity }) => severity === "error");
  }

  /** An error said more than that something failed. */
  get saidWhy(): boolean {
    return this.errors.some(({ message }) => !isEcho(message));
  }

  /** The stack's outputs, secrets as `[secret]`; empty when the program did not get that far. */
  get outputs(): Readonly<Record<string, unknown>> {
    return this.#outputs;
  }

  /** The engine said how it ended: nothing and nobody ended it before. */
  get ended(): boolean {
    return this.#durationSeconds !== undefined;
  }

  /** As the engine measured it, in whole seconds. */
  get durationSeconds(): number | undefined {
    return this.#durationSeconds;
  }

  /** A policy that must hold did not. */
  get policyViolated(): boolean {
    return this.#policyViolated;
  }

  /** Rules that do not hold, the mandatory ones first; each violation once. */
  get policies(): readonly PolicyResult[] {
    const all = [...this.#policies.values()];
    return [
      ...all.filter(({ level }) => level === "mandatory"),
      ...all.filter(({ level }) => level !== "mandatory"),
    ];
  }

  /** How many rules looked at the stack and found nothing. */
  get rulesHeld(): number {
    return this.#coverage.held(new Set(this.policies.map(({ pack, rule }) => `${pack}/${rule}`)));
  }

  /** Whether all rules came to look. */
  get rulesRan(): RulesRan {
    return this.#coverage.ran;
  }

  /** Changes at Twilio by kind; failed ones are not counted. */
  count(kind: ChangeKind): number {
    return this.changes.filter(
      (change) => change.remote && change.kind === kind && change.status !== "failed",
    ).length;
  }

  /** Resources at Twilio that are finished, whatever came of them. */
  get finished(): number {
    if (this.#comparing) return this.#comparedCount;
    return this.changes.filter(({ remote, status }) => remote && status !== "running").length;
  }

  /** Resources at Twilio seen so far. */
  get seen(): number {
    if (this.#comparing) return this.#comparedCount;
    return this.changes.filter(({ remote }) => remote).length;
  }

  apply(event: EngineEvent): Progress | undefined {
    if (event.resourcePreEvent) {
      if (this.#comparing) return undefined;
      const { metadata } = event.resourcePreEvent;
      if (!this.#notes.has(metadata.urn)) this.#notes.set(metadata.urn, []);
      return this.#step(metadata, "running");
    }
    if (event.resOutputsEvent) {
      const { metadata } = event.resOutputsEvent;
      if (this.#comparing) return isRemote(metadata) ? this.#compared(metadata) : undefined;
      if (metadata.op === "refresh") return this.#compared(metadata);
      this.#takeOutputs(metadata);
      return this.#step(metadata, "done");
    }
    if (event.resOpFailedEvent) return this.#step(event.resOpFailedEvent.metadata, "failed");
    if (event.diagnosticEvent) {
      const diagnostic = diagnosticOf(event.diagnosticEvent);
      if (diagnostic?.urn && leftInPlace.test(diagnostic.message)) this.#left.add(diagnostic.urn);
      return this.#takeNote(diagnostic) ? undefined : this.#tell(diagnostic);
    }
    if (event.policyEvent) {
      if (event.policyEvent.enforcementLevel === "mandatory") this.#policyViolated = true;
      const result = policyResult(event.policyEvent, policyMessage(event.policyEvent));
      this.#policies.set(JSON.stringify(result), result);
      return this.#tell(policyDiagnostic(event.policyEvent));
    }
    this.#coverage.observe(event);
    if (event.summaryEvent) this.#durationSeconds = event.summaryEvent.durationSeconds;
    return undefined;
  }

  #step(metadata: StepEventMetadata, status: ChangeStatus): Progress | undefined {
    this.#owners.observe(metadata);
    const change = resourceChange(metadata, this.#planOnly ? "planned" : status);
    if (!change) return undefined;
    const known = this.#changes.get(change.urn);
    if (known?.status === "failed") return undefined;
    // The old half of a replacement is deleted last; the new half is what people want to know of.
    const isOldHalf = metadata.op === "delete-replaced" || metadata.op === "discard-replaced";
    const merged: ResourceChange = {
      ...change,
      id: (isOldHalf ? known?.id : change.id) ?? known?.id ?? change.id,
      properties: change.properties.length > 0 ? change.properties : (known?.properties ?? []),
      subject: change.properties.length > 0 ? change.subject : (known?.subject ?? change.subject),
      notes: this.#notes.get(change.urn) ?? [],
    };
    this.#changes.set(change.urn, merged);
    const news = !known || known.status !== merged.status || known.kind !== merged.kind;
    return news ? { kind: "resource", change: this.#named(merged) } : undefined;
  }

  /** With the other name of its object, where it only changes its name. */
  #named(change: ResourceChange): ResourceChange {
    const heir = this.#owners.heirOf(change);
    const going = this.#owners.othersGoing(change).flatMap((urn) => this.#changes.get(urn) ?? []);
    const former = this.#owners.formerOf(change);
    return renamed(this.#left.has(change.urn) ? left(change) : change, {
      heir: heir && nameOf(heir.urn),
      going,
      former: former && { name: nameOf(former.urn), inputs: former.inputs },
    });
  }

  #compared(metadata: StepEventMetadata): Progress {
    this.#comparedCount++;
    const drift = driftOf(metadata);
    if (drift) this.#drifts.push(drift);
    return { kind: "compared", name: nameOf(metadata.urn), drift };
  }

  /** Keeps what the provider says about a resource for the line about that resource. */
  #takeNote(diagnostic: Diagnostic | undefined): boolean {
    if (diagnostic?.severity !== "info" || !diagnostic.urn) return false;
    const notes = this.#notes.get(diagnostic.urn);
    notes?.push(diagnostic.message);
    return notes !== undefined;
  }

  #takeOutputs({ type, new: state }: StepEventMetadata): void {
    if (type !== "pulumi:pulumi:Stack" || !state) return;
    this.#outputs = publicValue(state.outputs) as Record<string, unknown>;
  }

  #tell(diagnostic: Diagnostic | undefined): Progress | undefined {
    if (!diagnostic) return undefined;
    if (this.#unfinished.includes(diagnostic) && this.saidWhy) return undefined;
    const { severity, message } = diagnostic;
    const key = severity === "info" ? String(this.#diagnostics.size) : (commonCause(message) ?? message);
    if (this.#diagnostics.has(key)) return undefined;
    this.#diagnostics.set(key, diagnostic);
    return isEcho(diagnostic.message) ? undefined : { kind: "diagnostic", diagnostic };
  }
}
