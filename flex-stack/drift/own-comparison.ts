import type {
  EngineEvent,
  StepEventMetadata,
  StepEventStateMetadata,
} from "@pulumi/pulumi/automation/index.js";
import {
  AccountComparison,
  comparedTypes,
  type FoundResource,
  type RecordedResource,
  type WireProperties,
} from "../../provider/compare.ts";
import { isEcho } from "../changes/diagnostic.ts";
import { accountValues } from "../account/settings.ts";
import type { OnEvent } from "../pulumi/stack-engine.ts";
import type { StackRun } from "../session/stack-run.ts";
import {
  blinded,
  holdsCiphertext,
  opened,
  passphraseOpener,
  type Opener,
  type SecretsProvider,
} from "../state/secrets.ts";

/** A resource as an exported state has it, as far as a comparison asks. */
interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly custom?: boolean;
  readonly id?: string;
  readonly external?: boolean;
  readonly pendingReplacement?: boolean;
  readonly provider?: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
  readonly ignoreChanges?: readonly string[];
}

interface State {
  readonly resources: readonly StateResource[];
  readonly provider: StateResource;
  readonly secrets: SecretsProvider;
}

const providerType = "pulumi:providers:twilio";

/**
 * The state of a stack whose resources this process can compare by itself; undefined where Pulumi's engine has to: other
 * providers have some of them, the program makes its own, or an update was cut short.
 */
export function comparableState(exported: string): State | undefined {
  const { deployment } = JSON.parse(exported) as {
    deployment?: {
      resources?: StateResource[];
      pending_operations?: unknown[];
      secrets_providers?: SecretsProvider;
    };
  };
  const { resources = [], pending_operations: pending, secrets_providers: secrets = {} } = deployment ?? {};
  const providers = resources.filter(({ type }) => type.startsWith("pulumi:providers:"));
  const twilio = providers.filter(({ type }) => type === providerType);
  const remote = remoteOf(resources);
  const [provider] = twilio;
  if (provider === undefined || twilio.length > 1 || (pending ?? []).length > 0) return undefined;
  if (!/::default(_[^:]*)?$/.test(provider.urn)) return undefined;
  const fits = remote.every(
    (one) => comparedTypes.has(one.type) && one.provider?.startsWith(`${provider.urn}::`),
  );
  return fits ? { resources: remote, provider, secrets } : undefined;
}

function remoteOf(resources: readonly StateResource[]): StateResource[] {
  return resources.filter(({ custom, type }) => custom === true && !type.startsWith("pulumi:"));
}

/** A comparison that is ready to be made. */
export type OwnComparison = (onEvent: OnEvent) => Promise<void>;

/**
 * Compares a stack with its account in this process, by the provider's own reads, and tells it with the events that
 * Pulumi's engine has for it (`pulumi refresh --preview-only`). Settings and credentials are the configuration's.
 *
 * @param exported The state, as Pulumi exports it
 * @returns undefined where the engine has to do it
 */
export async function ownComparison(
  { session, signal }: StackRun,
  exported: string,
): Promise<OwnComparison | undefined> {
  const state = comparableState(exported);
  if (state === undefined) return undefined;
  let recorded: readonly Recorded[];
  let settings: Readonly<Record<string, unknown>>;
  try {
    recorded = await openedResources(state, session);
    settings = await accountValues(session);
  } catch {
    // Pulumi tells what is wrong with secrets or settings.
    return undefined;
  }
  const known = state.provider.inputs?.["__localTwilio"];
  const values = { ...settings, ...(known !== undefined && { __localTwilio: known }) } as WireProperties;
  return async (onEvent) => {
    const tell = (severity: string, message: string, urn?: string): void =>
      onEvent({
        ...event,
        diagnosticEvent: { severity, message, color: "never", ...(urn && { urn }) },
      } as EngineEvent);
    // In the engine's words.
    const fail = (urn: string | undefined, error: unknown): void => {
      const message = error instanceof Error ? error.message : String(error);
      tell("error", isEcho(message) ? message : `Preview failed: ${message}`, urn);
    };
    let account: AccountComparison | undefined;
    const cancel = (): void => account?.cancel();
    signal.addEventListener("abort", cancel);
    try {
      const opened = new AccountComparison(values, state.provider.urn, { env: process.env, log: tell });
      account = opened;
      await Promise.all(
        recorded.map(async (one) => {
          try {
            const found =
              one.state.pendingReplacement === true ? "as it was" : await opened.find(one.resource);
            onEvent({ ...event, resOutputsEvent: { metadata: stepOf(one, found) } });
          } catch (error) {
            fail(one.resource.urn, error);
          }
        }),
      );
    } catch (error) {
      // Wrong settings.
      fail(undefined, error);
    } finally {
      signal.removeEventListener("abort", cancel);
      account?.close();
    }
  };
}

/** Pulumi counts and dates its events; nobody asks. */
const event = { sequence: 0, timestamp: 0 };

interface Recorded {
  readonly state: StateResource;
  readonly resource: RecordedResource;
}

async function openedResources(
  { resources, secrets }: State,
  session: StackRun["session"],
): Promise<readonly Recorded[]> {
  let states = resources;
  let open: Opener = () => {
    throw new Error("is encrypted");
  };
  if (holdsCiphertext(resources.map(({ inputs, outputs }) => [inputs, outputs]))) {
    const own = await passphraseOpener(secrets, session.passphrase());
    if (own !== undefined) open = own;
    else {
      const { stdout } = await session.runPulumi(
        "stack",
        "export",
        "--show-secrets",
        "--stack",
        session.name,
      );
      states = comparableState(stdout)?.resources ?? [];
    }
  }
  return states.map((state) => ({
    state,
    resource: {
      urn: state.urn,
      type: state.type,
      id: state.id ?? "",
      inputs: opened(state.inputs ?? {}, open) as WireProperties,
      outputs: opened(state.outputs ?? {}, open) as WireProperties,
      ignoreChanges: state.ignoreChanges ?? [],
    },
  }));
}

/** What the engine says of a resource that it compared. */
function stepOf(
  { state, resource }: Recorded,
  found: FoundResource | "as it was" | undefined,
): StepEventMetadata {
  const { urn, type, id } = resource;
  const shown = ({ inputs, outputs }: Pick<FoundResource, "inputs" | "outputs">): StepEventStateMetadata =>
    ({
      urn,
      type,
      custom: true,
      id,
      inputs: blinded(inputs),
      outputs: blinded(outputs),
    }) as StepEventStateMetadata;
  const old = shown(resource);
  const step = { urn, type, provider: state.provider ?? "", old, diffs: [], keys: [] };
  if (found === undefined) return { ...step, op: "delete" } as unknown as StepEventMetadata;
  if (found === "as it was") return { ...step, op: "same", new: old } as unknown as StepEventMetadata;
  // Of what Pulumi only reads, nobody says how it should be.
  const differences = state.external === true ? {} : found.differences;
  const paths = Object.keys(differences).sort();
  return {
    ...step,
    op: paths.length > 0 ? "update" : "same",
    new: shown(found),
    diffs: [...new Set(paths.map((path) => /^[^.[]*/.exec(path)![0]))],
    detailedDiff: Object.fromEntries(paths.map((path) => [path, differences[path]])),
  } as unknown as StepEventMetadata;
}
