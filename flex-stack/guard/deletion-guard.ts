import type {
  EngineEvent,
  StepEventMetadata,
  StepEventStateMetadata,
} from "@pulumi/pulumi/automation/index.js";
import { isEcho } from "../changes/diagnostic.ts";
import { staysAtTwilio } from "../changes/left-in-place.ts";
import { Owners, type Owner } from "../changes/owners.ts";
import { nameOf } from "../changes/resource-change.ts";
import type { DeployedResource } from "../state/deployment.ts";
import { allowedDeletionsKey } from "./allowed-deletions.ts";
import { guardedTypes } from "./guarded-types.ts";
import { isAgentRole } from "../meaning/index.ts";

/** What the guard reports as; in docs/policies.md beside the rules of the pack. */
export const guardRule = {
  id: "message-path-kept",
  description:
    "Numbers, chat and Proxy services, roles, workspace and whatever else is protected stay, unless the configuration names what goes.",
} as const;

export interface GuardOptions {
  /** The configuration of the stack protects it. */
  protect: boolean;
  /** Names of resources that may go. */
  allowed: readonly string[];
  /** Where the configuration is, for the fix: `Pulumi.prod.yaml`. */
  file: string;
  /** What the state holds. */
  deployed: readonly DeployedResource[];
  /** Only some resources are worked on, so that one the engine does not mention need not go. */
  targeted: boolean;
}

/** What goes, and must be named before it may. */
interface Going {
  readonly type: string;
  readonly id: string | undefined;
  readonly problem: string;
  /** It is deleted, so that its object may stay under another name; else it is replaced. */
  readonly deleted: boolean;
}

/**
 * Looks at the steps of a preview for what a policy pack never sees: deletions and replacements. It says what it finds
 * as a policy does. Pulumi's own refusal of a protected resource ends the preview at the first one, and names only
 * commands that change the state; the guard takes its place and completes the plan from the state.
 */
export class DeletionGuard {
  readonly #options: GuardOptions;
  readonly #seen = new Set<string>();
  /** By URN. */
  readonly #going = new Map<string, Going>();
  readonly #owners: Owners;
  /** What goes and may: nothing protects it. */
  readonly #free = new Set<string>();
  /** Those whose protection the state records. */
  readonly #recorded = new Set<string>();
  /** Deletions that Pulumi refused: it took no further step after the first. */
  readonly #refusedDeletions = new Set<string>();
  #refused = false;

  constructor(options: GuardOptions) {
    this.#options = options;
    this.#owners = new Owners({ deployed: options.deployed, partial: options.targeted });
  }

  /** The stack holds something that must be named before it may go. */
  get concerned(): boolean {
    const { deployed, protect } = this.#options;
    return deployed.some((resource) => resource.protect || (protect && guardedTypes.has(resource.type)));
  }

  /** The event as people are to see it; undefined where the guard says it in other words. */
  observe(event: EngineEvent): EngineEvent | undefined {
    const step = event.resourcePreEvent?.metadata ?? event.resOutputsEvent?.metadata;
    if (step?.op === "refresh") {
      // The program need not mention what is refreshed. What is gone at Twilio needs no deletion, though.
      if (event.resOutputsEvent && step.new == null) this.#seen.add(step.urn);
    } else if (step) {
      // What is created or taken over has its id only when the step is done.
      if (event.resOutputsEvent) this.#owners.observe(step);
      this.#look(step);
    }
    return event.diagnosticEvent && this.#isRefusal(event.diagnosticEvent) ? undefined : event;
  }

  /**
   * What is left to say when the engine has ended: deletions it did not come to, and the verdict.
   *
   * @param complete The engine went through the whole program.
   */
  conclude(complete: boolean): EngineEvent[] {
    const rest = this.#refusedDeletions.size > 0 && !this.#options.targeted ? this.#unmentioned() : [];
    for (const { resOutputsEvent } of rest) {
      if (!resOutputsEvent) continue;
      this.#owners.observe(resOutputsEvent.metadata);
      this.#look(resOutputsEvent.metadata);
    }
    const refused = [...this.#going].filter(([urn]) => !this.#mayGo(urn));
    const needless = complete || this.#refused ? this.#needless() : [];
    return [
      ...rest,
      ...refused.map(([urn, going]) =>
        verdict("mandatory", `${nameOf(urn)} ${this.#problem(urn, going)}. Fix: ${this.#fix(urn)}`, urn),
      ),
      ...needless.map((name) =>
        verdict(
          "warning",
          `${allowedDeletionsKey} names ${name}, which ${this.#whyNeedless(name)}. ` +
            `Fix: Take it out of ${this.#options.file}: a name that stays would let it go one day.`,
        ),
      ),
    ];
  }

  /** Pulumi refused something, and nothing but what may go. */
  get refusedOnlyAllowed(): boolean {
    return this.#refused && [...this.#going.keys()].every((urn) => this.#mayGo(urn));
  }

  /** Deletions for which Pulumi ended the preview before it asked the policies of the scope "stack". */
  get refusedDeletions(): string[] {
    return [...this.#refusedDeletions];
  }

  /** Resources that may go, whose protection has to be taken out of the state before they can. */
  get toUnprotect(): string[] {
    return [...this.#recorded].filter((urn) => this.#mayGo(urn));
  }

  #look({ urn, type, op, old: before, keys, detailedDiff }: StepEventMetadata): void {
    this.#seen.add(urn);
    const problem = problemOf(op, before, keys ?? Object.keys(detailedDiff ?? {}));
    if (problem === undefined || this.#going.has(urn)) return;
    const recorded = before?.protect === true;
    const guarded = this.#options.protect && guardedTypes.has(type);
    // Its deletion the pack refuses on every stack, but a replacement it never sees.
    const replacesAgentRole = op !== "delete" && isAgentRole(type, before?.inputs);
    if (!recorded && !guarded && !replacesAgentRole) {
      this.#free.add(urn);
      return;
    }
    this.#going.set(urn, { type, id: before?.id, problem, deleted: op === "delete" });
    if (recorded) this.#recorded.add(urn);
  }

  #isRefusal({ message, severity, urn }: NonNullable<EngineEvent["diagnosticEvent"]>): boolean {
    if (severity !== "error") return false;
    if (/cannot be deleted\s+because it is protected/.test(message)) {
      this.#refused = true;
      if (urn) this.#refusedDeletions.add(urn);
      return true;
    }
    if (/unable to replace resource "[^"]*"\s+as it is currently marked for protection/.test(message)) {
      this.#refused = true;
      if (urn && !this.#going.has(urn))
        this.#going.set(urn, { type: "", id: undefined, problem: "would be replaced", deleted: false });
      if (urn) this.#recorded.add(urn);
      return true;
    }
    return this.#refused && isEcho(message.trim());
  }

  /** The configuration names it, or its object stays in the stack and is as protected as before. */
  #mayGo(urn: string): boolean {
    return this.#isAllowed(urn) || this.#heirOf(urn)?.protect === true;
  }

  /** Another resource of the stack that has the object afterwards. */
  #heirOf(urn: string): Owner | undefined {
    const going = this.#going.get(urn);
    return going?.deleted === true ? this.#owners.heirOf({ urn, ...going }) : undefined;
  }

  #problem(urn: string, { problem }: Going): string {
    const heir = this.#heirOf(urn);
    return heir ? `would become ${nameOf(heir.urn)}, which is not protected` : problem;
  }

  #isAllowed(urn: string): boolean {
    return this.#options.allowed.some((name) => isNamed(name, [urn]));
  }

  /** Deletions that the engine did not reach: what the state holds, and the program no longer mentions. */
  #unmentioned(): EngineEvent[] {
    return this.#options.deployed
      .filter(({ urn, type }) => !this.#seen.has(urn) && !type.startsWith("pulumi:"))
      .map(deletion);
  }

  #needless(): string[] {
    const going = [...this.#going.keys()].filter((urn) => this.#heirOf(urn)?.protect !== true);
    return this.#options.allowed.filter((name) => !isNamed(name, going));
  }

  #whyNeedless(name: string): string {
    if (isNamed(name, this.#going.keys())) return "stays under another name, and goes without being named";
    return isNamed(name, this.#free)
      ? "is not protected, and goes without being named"
      : "this change neither deletes nor replaces";
  }

  #fix(urn: string): string {
    const heir = this.#heirOf(urn);
    return (
      `${heir ? `Protect ${nameOf(heir.urn)}` : "Keep it"}. To let it go on purpose, name it in the same change: add ${nameOf(urn)} to ` +
      `${allowedDeletionsKey} in ${this.#options.file}.`
    );
  }
}

/** Whether a name or URN of the configuration is that of one of these. */
function isNamed(name: string, urns: Iterable<string>): boolean {
  return [...urns].some((urn) => name === urn || name === nameOf(urn));
}

function problemOf(
  op: string,
  before: StepEventStateMetadata | undefined,
  keys: readonly string[],
): string | undefined {
  switch (op) {
    case "delete":
      return before && staysAtTwilio(before)
        ? "would leave the stack: it stays at Twilio, and nobody looks after it"
        : "would be deleted";
    case "replace":
    case "create-replacement":
    case "import-replacement":
      return `would be replaced${keys.length > 0 ? `, for ${keys.join(", ")}` : ""}`;
    default:
      return undefined;
  }
}

function deletion(resource: DeployedResource): EngineEvent {
  const { urn, type, custom, id = "", protect, retainOnDelete, inputs, outputs } = resource;
  const old: StepEventStateMetadata = {
    ...{ urn, type, custom, id, protect, retainOnDelete, inputs, outputs },
    parent: "",
    provider: "",
  };
  return {
    sequence: 0,
    timestamp: 0,
    resOutputsEvent: { metadata: { op: "delete", urn, type, old, provider: "" }, planning: true },
  };
}

function verdict(enforcementLevel: "mandatory" | "warning", message: string, urn?: string): EngineEvent {
  return {
    sequence: 0,
    timestamp: 0,
    policyEvent: {
      ...(urn === undefined ? {} : { resourceUrn: urn }),
      message: `${guardRule.description}\n${message}`,
      color: "never",
      policyName: guardRule.id,
      policyPackName: "flex-messaging",
      policyPackVersion: "",
      policyPackVersionTag: "",
      enforcementLevel,
    },
  };
}
