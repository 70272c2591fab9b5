import type {
  PolicyResource,
  ResourceValidationArgs,
  ResourceValidationPolicy,
  StackValidationPolicy,
} from "@pulumi/policy";
import { allConfig } from "@pulumi/pulumi/runtime/config.js";
import { withoutCredentials } from "../config/credential.ts";
import { Declared } from "./declared.ts";
import { Plan, type PlannedResource, type StackConfig } from "./planned.ts";
import type { Report, Rule } from "./rule.ts";
import { textOf } from "./unknown.ts";
import { plainOnce } from "./unpack-once.ts";

const declared = new Declared();

/** A rule as CrossGuard takes it, silent on the resources that break it on purpose. */
export function toPolicy(
  rule: Rule,
  meant: readonly string[] = [],
): ResourceValidationPolicy | StackValidationPolicy {
  const common = {
    name: rule.id,
    description: rule.description,
    enforcementLevel: rule.level,
    severity: rule.severity,
    remediationSteps: rule.fix,
  };
  return rule.scope === "resource"
    ? {
        ...common,
        validateResource: (args, report) => {
          const resource = planned(args);
          declared.note(args.urn, resource.properties);
          rule.check(new Plan([resource], stackConfig()), told(rule, report, meant));
        },
      }
    : {
        ...common,
        validateStack: ({ resources }, report) =>
          rule.check(new Plan(plannedAll(resources), stackConfig()), told(rule, report, meant)),
      };
}

/** Tells of the resources that break a rule on purpose, as the stack says, and of names that break it no longer. */
export function toMeantPolicy(rule: Rule, names: readonly string[]): StackValidationPolicy {
  const key = `flex-messaging:policy.${rule.id}.meant`;
  return {
    name: `${rule.id}-meant`,
    description: `What breaks ${rule.id} breaks it on purpose, as the stack says.`,
    enforcementLevel: "advisory",
    severity: "low",
    remediationSteps: `Take the name out of ${key} where it is not meant.`,
    validateStack: ({ resources }, report) => {
      for (const { message, urn } of meantOf(rule, names, plannedAll(resources), stackConfig()))
        report(message, urn);
    },
  };
}

/** What `toMeantPolicy` tells, in words. */
export function meantOf(
  rule: Rule,
  names: readonly string[],
  resources: readonly PlannedResource[],
  config: StackConfig,
): { message: string; urn?: string }[] {
  const plans =
    rule.scope === "stack"
      ? [resources]
      : resources.map((resource): readonly PlannedResource[] => [resource]);
  const broken: { message: string; urn: string }[] = [];
  const used = new Set<string>();
  for (const plan of plans)
    rule.check(new Plan(plan, config), (resource, path, problem) => {
      if (resource === undefined || !names.includes(resource.name)) return;
      used.add(resource.name);
      const place = [resource.name, path].filter(Boolean).join(".");
      broken.push({
        message: withoutCredentials("", `${place} ${problem}, and is meant so.`),
        urn: resource.urn,
      });
    });
  const unused = names.filter((name) => !used.has(name));
  return [
    ...broken,
    ...unused.map((name) => ({
      message: `"${name}" breaks ${rule.id} nowhere. Fix: Take it out of flex-messaging:policy.${rule.id}.meant.`,
    })),
  ];
}

function told(rule: Rule, report: (message: string, urn?: string) => void, meant: readonly string[]): Report {
  return (resource, path, problem, fix = rule.fix) => {
    if (resource !== undefined && meant.includes(resource.name)) return;
    report(violationText(resource?.name, path, problem, fix), resource?.urn);
  };
}

/** `flex-chat-role-agent.permissions[7] is "x". Fix: …`, without credentials that a quoted value has. */
export function violationText(name: string | undefined, path: string, problem: string, fix: string): string {
  const place = [name, path].filter(Boolean).join(".");
  return withoutCredentials("", `${place} ${problem}. Fix: ${fix}`);
}

function planned(
  resource: ResourceValidationArgs | PolicyResource,
  complete = (properties: PlannedResource["properties"]) => properties,
): PlannedResource {
  const { type, name, urn, props, opts, provider } = resource;
  const settings = provider && (plainOnce(provider.props) as Record<string, unknown>);
  return {
    type,
    name,
    urn,
    properties: complete(plainOnce(props) as PlannedResource["properties"]),
    // Few rules ask.
    get dependsOn() {
      const from = "propertyDependencies" in resource ? resource.propertyDependencies : {};
      return Object.fromEntries(
        Object.entries(from).map(([property, others]) => [property, others.map((each) => each.urn)]),
      );
    },
    protect: opts.protect,
    local: isLoopback(textOf(settings?.endpoint)),
  };
}

/** The resources of the stack that the program declares. */
function plannedAll(resources: readonly PolicyResource[]): PlannedResource[] {
  return declared.of(resources).map((each) => planned(each, (read) => declared.completed(each.urn, read)));
}

/** The configuration of the current stack, as Pulumi hands it to a pack. */
function stackConfig(): StackConfig {
  let values: Readonly<Record<string, string>> | undefined;
  // Read when a rule asks: few do, and all of it is JSON.
  return {
    get values() {
      return (values ??= allConfig());
    },
    get secretKeys() {
      return JSON.parse(process.env.PULUMI_CONFIG_SECRET_KEYS || "[]") as string[];
    },
    get local() {
      return isLoopback(this.values["twilio:endpoint"]);
    },
  };
}

/** Whether an endpoint is on this machine; without one, requests go to Twilio. */
export function isLoopback(endpoint: string | undefined): boolean {
  if (endpoint === undefined || !URL.canParse(endpoint)) return false;
  const { hostname } = new URL(endpoint);
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);
}
