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

/** A rule as CrossGuard takes it. */
export function toPolicy(rule: Rule): ResourceValidationPolicy | StackValidationPolicy {
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
          declared.note(args.urn);
          rule.check(new Plan([planned(args)], stackConfig()), told(rule, report));
        },
      }
    : {
        ...common,
        validateStack: ({ resources }, report) =>
          rule.check(new Plan(declared.of(resources).map(planned), stackConfig()), told(rule, report)),
      };
}

function told(rule: Rule, report: (message: string, urn?: string) => void): Report {
  return (resource, path, problem, fix = rule.fix) =>
    report(violationText(resource?.name, path, problem, fix), resource?.urn);
}

/** `flex-chat-role-agent.permissions[7] is "x". Fix: …`, without credentials that a quoted value has. */
export function violationText(name: string | undefined, path: string, problem: string, fix: string): string {
  const place = [name, path].filter(Boolean).join(".");
  return withoutCredentials("", `${place} ${problem}. Fix: ${fix}`);
}

function planned({
  type,
  name,
  urn,
  props,
  opts,
  provider,
}: ResourceValidationArgs | PolicyResource): PlannedResource {
  const settings = provider && (plainOnce(provider.props) as Record<string, unknown>);
  return {
    type,
    name,
    urn,
    properties: plainOnce(props) as PlannedResource["properties"],
    protect: opts.protect,
    local: isLoopback(textOf(settings?.endpoint)),
  };
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
