import { acceptAny, acceptVariable, isSid } from "../../provider/access.ts";
import { identityBehind } from "../local-twilio/local-twilio.ts";
import { configValue } from "../project/settings.ts";
import { accountSettings } from "../account/settings.ts";
import { remoteResources, type DeployedResource } from "../state/deployment.ts";
import { credentialsChanged } from "./recorded-credentials.ts";
import { elsewhere, nothingFound, partlyElsewhere } from "./elsewhere.ts";
import type { Here } from "../session/here.ts";
import { holdsOneOf } from "./holds-one-of.ts";
import { apartFailure, apartText, lostFailure, lostProviders, providersApart } from "./own-places.ts";
import { ownProviders, recordOpens, type OwnProvider } from "./own-providers.ts";
import { recordedPlace, type Configured } from "./recorded-place.ts";
import { isUnsaid } from "./unsaid.ts";
import type { StackRun } from "../session/stack-run.ts";

export interface HereOptions {
  /** Another local Twilio will do: what is recorded is compared with it before anything is said. @default false */
  allowOtherLocalTwilio?: boolean;
  /** The provider finds out whether each resource is there, where the state does not say. @default false */
  providerProves?: boolean;
  /** The engine compares or deletes with the recorded credentials, unless it is told otherwise. @default false */
  byRecord?: boolean;
}

/** How much of a stack is read from Twilio. */
interface Compared {
  readonly refresh: boolean;
  readonly target: readonly string[];
}

/** Of commands that bring a stack up, or show what that would do. */
export function whenProvisioning({ refresh, target }: Compared): HereOptions {
  // What a refresh of some finds of them says nothing of the others.
  return { allowOtherLocalTwilio: refresh && target.length === 0, providerProves: true, byRecord: refresh };
}

/** Has Pulumi take the provider's settings from the program, where those of the state are out of date. */
export function viaProgram({ here }: Pick<StackRun, "here">, compares = true): { runProgram?: true } {
  return compares && here?.runProgram ? { runProgram: true } : {};
}

/**
 * Makes certain that the configuration of a stack leads to where its state says that its resources are. Everything that
 * is said of them, or done about them, depends on it.
 *
 * @throws Failure when it leads elsewhere
 */
export async function requireHere(
  run: StackRun,
  deployed: readonly DeployedResource[],
  options: HereOptions = {},
): Promise<Here> {
  const own = ownProviders(deployed);
  const found = await find(run, deployed, options, own);
  const outdated =
    options.byRecord === true && !found.runProgram && (await credentialsChanged(run.session, deployed));
  const here = await withOwn(run, deployed, options, own, {
    ...found,
    runProgram: found.runProgram || outdated,
    apart: new Set(),
  });
  run.here = here;
  return here;
}

/** The same of providers that the program makes. Where a program runs, they compare by themselves. */
async function withOwn(
  run: StackRun,
  deployed: readonly DeployedResource[],
  { allowOtherLocalTwilio = false, providerProves = false, byRecord = false }: HereOptions,
  own: readonly OwnProvider[],
  found: Here,
): Promise<Here> {
  if (own.length === 0) return found;
  const { session, dialogue, signal } = run;
  const configured = (await configuredPlace(run, deployed)) ?? {};
  // The engine compares with what is recorded; what this command reads besides leads nowhere.
  const unread = byRecord && !providerProves && (await isUnsaid(session));
  const apart = unread ? own : providersApart(own, configured);
  const here = {
    ...found,
    apart: new Set(apart.flatMap(({ resources }) => resources.map(({ urn }) => urn))),
  };
  if (providerProves) {
    if (allowOtherLocalTwilio) session.setVariable(acceptVariable, acceptAny);
    return { ...here, runProgram: here.runProgram || byRecord };
  }
  const lost = await lostProviders(own, session.name);
  const [first] = lost;
  if (first !== undefined) {
    const count = remoteResources(deployed).length;
    const gone = lost.reduce((sum, { provider }) => sum + provider.resources.length, 0);
    // The default provider has the others.
    const all = gone === count || (found.otherLocalTwilio && lost.length === own.length);
    if (!all || !allowOtherLocalTwilio) throw lostFailure(first, session.name, gone === count);
    return { ...here, otherLocalTwilio: true };
  }
  // What is left of them would be forgotten too.
  const [still] = own;
  if (found.otherLocalTwilio && still !== undefined) throw partlyElsewhere(still.name, session.name);
  if (byRecord) return { ...here, runProgram: here.runProgram || !(await recordOpens(session, own, signal)) };
  const [one] = apart;
  if (one !== undefined) {
    if (here.apart.size === remoteResources(deployed).length)
      throw apartFailure(one, session.name, one.resources.length, configured);
    for (const provider of apart) dialogue.print(apartText(provider));
  }
  return here;
}

async function find(
  run: StackRun,
  deployed: readonly DeployedResource[],
  { allowOtherLocalTwilio = false, providerProves = false }: HereOptions,
  own: readonly OwnProvider[],
): Promise<Omit<Here, "apart">> {
  const { session, twilio } = run;
  const configured = await configuredPlace(run, deployed);
  const place = configured && recordedPlace(deployed, configured);
  if (configured === undefined || place === undefined) {
    // Nothing is recorded that could be elsewhere.
    if (twilio !== undefined && own.length === 0) session.setVariable(acceptVariable, twilio.identity);
    return { runProgram: false, otherLocalTwilio: false };
  }
  const { comparison, recorded, resources, otherWay } = place;
  if (comparison.kind === "other") {
    const { of } = comparison;
    if (of !== "local Twilio" || !allowOtherLocalTwilio || configured.localTwilio === undefined) {
      throw elsewhere({
        stack: session.name,
        found: comparison,
        recorded,
        configured,
        count: resources.length,
        started: twilio?.started ?? false,
      });
    }
    session.setVariable(acceptVariable, configured.localTwilio);
    run.dialogue.print(
      `Stack ${session.name} was brought up on another local Twilio: what it records is compared with this one.`,
    );
    return { runProgram: otherWay, otherLocalTwilio: true };
  }
  if (comparison.kind === "unproven" && !providerProves && !(await holdsOneOf(run, resources))) {
    const known = allowOtherLocalTwilio && configured.localTwilio !== undefined;
    if (!known) throw nothingFound(session.name, configured, resources.length);
    return { runProgram: otherWay, otherLocalTwilio: true };
  }
  return { runProgram: otherWay, otherLocalTwilio: false };
}

/** Where the configuration leads; undefined when it does not say so in plain sight. */
async function configuredPlace(
  run: StackRun,
  deployed: readonly DeployedResource[],
): Promise<Configured | undefined> {
  if (deployed.length === 0) return undefined;
  const { session, twilio } = run;
  const { stack, project } = session.settings;
  const hidden =
    Reflect.has(stack, "environment") ||
    ["accountSid", "region", "endpoint"].some((name) => isHidden(stack.config?.[`twilio:${name}`]));
  const plain = (name: string): string | undefined => configValue({ stack, project }, `twilio:${name}`);
  const given: { accountSid?: string | undefined; region?: string | undefined; endpoint?: URL } = hidden
    ? await accountSettings(session)
    : {
        accountSid: plain("accountSid") ?? process.env["TWILIO_ACCOUNT_SID"],
        region: plain("region") ?? process.env["TWILIO_REGION"],
      };
  // What is no SID is no other account either: this says what is wrong with it.
  if (given.accountSid && !isSid(given.accountSid, "AC")) await accountSettings(session);
  const { endpoint } = session;
  const url = endpoint?.url ?? given.endpoint?.href;
  const localTwilio = twilio?.identity ?? (endpoint && (await identityBehind(endpoint)));
  return {
    ...(given.accountSid && { accountSid: given.accountSid }),
    ...(url === undefined && given.region && { region: given.region }),
    ...(url !== undefined && { endpoint: url }),
    ...(localTwilio !== undefined && { localTwilio }),
    apiKey: plain("apiKey"),
  };
}

/** A secret: Pulumi has to be asked for it. */
function isHidden(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}
