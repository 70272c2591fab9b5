import type { DriftOptions } from "./options.ts";
import { ExitCode } from "../failure/exit-code.ts";
import { Failure } from "../failure/failure.ts";
import type { Drift } from "../changes/drift.ts";
import { nameOf } from "../changes/resource-change.ts";
import { readDeployment, remoteResources, type DeployedResource } from "../state/deployment.ts";
import { isUnfinished } from "../state/interrupted.ts";
import { requireHere } from "../whereabouts/require-here.ts";
import type { StackRun } from "../session/stack-run.ts";
import { withAccount } from "../account/account.ts";
import { apartText } from "../whereabouts/own-places.ts";
import { ownProviders } from "../whereabouts/own-providers.ts";
import type { Baseline } from "./baseline.ts";
import { compare } from "./compare.ts";
import { findingsOf } from "./finding.ts";
import { ownComparison } from "./own-comparison.ts";
import type { DriftReport } from "./report.ts";
import { isActivity, withCauses } from "./timed-out.ts";
import { findUnmanaged, type Unmanaged } from "./unmanaged.ts";
import { review } from "./verdict.ts";
import { Surroundings } from "../meaning/index.ts";

/** A report, and what it was made of. */
export interface Inspection {
  readonly report: DriftReport;
  readonly deployed: readonly DeployedResource[];
  readonly projectFolder: string;
  /** The account is a local Twilio's. */
  readonly local: boolean;
  /** The last update did not do all that the program says: what it had still to do is no drift. */
  readonly unfinished: boolean;
}

/**
 * Compares a stack with its account, looks for what it does not know, and holds both against the baseline.
 *
 * @throws Failure when the stack has nothing at Twilio that could have been changed
 */
export async function inspect(
  run: StackRun,
  options: Pick<DriftOptions, "format" | "unmanaged">,
  pulumiOptions: readonly string[],
  baseline: Baseline | undefined,
): Promise<Inspection> {
  const started = performance.now();
  const { session } = run;
  const exported = await session.exportState();
  if (exported === undefined) throw noStack(session.name);
  const deployed = readDeployment(exported);
  if (remoteResources(deployed).length === 0) throw nothingThere(session.name);
  // Options for Pulumi are for its engine.
  const own = pulumiOptions.length === 0 ? await ownComparison(run, exported) : undefined;
  await requireHere(run, deployed, { byRecord: own === undefined });
  const comparison = await compare(run, deployed, pulumiOptions, options.format !== "text", own);
  const unmanaged = await lookAround(run, deployed, options.unmanaged);
  const surroundings = surroundingsOf(deployed, comparison.drifts);
  const changed = comparison.drifts.flatMap((drift) => findingsOf(drift, surroundings));
  const explained = changed.some(isActivity)
    ? await withAccount(run, (account) => withCauses(account.client, changed))
    : changed;
  const findings = [...explained, ...unmanaged.findings];
  const report = {
    ...review(findings, baseline?.entries ?? [], new Date()),
    stack: session.name,
    compared: comparison.compared,
    older: unmanaged.older,
    blind: unmanaged.blind,
    baseline: baseline?.file,
    durationMs: performance.now() - started,
    apiRequests: comparison.apiRequests + unmanaged.apiRequests,
  };
  const { projectFolder, local } = session;
  return { report, deployed, projectFolder, local, unfinished: isUnfinished(session.journal) };
}

async function lookAround(
  run: StackRun,
  deployed: readonly DeployedResource[],
  scope: DriftOptions["unmanaged"],
): Promise<Unmanaged & { apiRequests: number }> {
  if (scope === "none") return { findings: [], older: 0, blind: [], apiRequests: 0 };
  const apart = run.here?.apart ?? new Set();
  const blind = ownProviders(deployed)
    .filter(({ resources }) => resources.some(({ urn }) => apart.has(urn)))
    .map(apartText);
  const readable = deployed.filter(({ urn }) => !apart.has(urn));
  if (remoteResources(readable).length === 0) return { findings: [], older: 0, blind, apiRequests: 0 };
  return withAccount(run, async (account) => {
    const found = await findUnmanaged(account.client, readable, scope);
    return { ...found, blind: [...blind, ...found.blind], apiRequests: account.calls };
  });
}

/** The stack as the account has it: what was changed together means something together. */
function surroundingsOf(deployed: readonly DeployedResource[], drifts: readonly Drift[]): Surroundings {
  const byUrn = new Map(drifts.map((drift) => [drift.urn, drift]));
  return new Surroundings(
    remoteResources(deployed).map(({ type, urn, id, inputs, outputs }) => {
      const drift = byUrn.get(urn);
      const properties = drift?.after ?? { ...outputs, ...inputs };
      return { type, name: nameOf(urn), id, properties, ...(drift?.gone === true && { fate: "gone" }) };
    }),
  );
}

function noStack(name: string): Failure {
  return new Failure({
    what: `There is no stack "${name}".`,
    why: "It was never brought up, so nothing can have been changed behind its back.",
    fix: `npx flex-stack up --stack ${name}`,
    exitCode: ExitCode.stackNotFound,
  });
}

/** After a first update that failed before it made anything, or after a destroy. */
function nothingThere(name: string): Failure {
  return new Failure({
    what: `Stack "${name}" has nothing at Twilio yet.`,
    why: "No update of it has made anything, or all was destroyed, so there is nothing to compare.",
    fix: `npx flex-stack up --stack ${name}`,
    exitCode: ExitCode.stackNotFound,
  });
}
