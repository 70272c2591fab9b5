import { credentialInside } from "../../config/credential.ts";
import { nameOf } from "../changes/resource-change.ts";
import { Failure } from "../failure/failure.ts";
import { stackFile } from "../project/project.ts";
import type { DeployedResource } from "../state/deployment.ts";
import {
  applyEdits,
  namespace,
  placeOf,
  readConfigFiles,
  settingsOf,
  writeConfigFile,
  type ConfigFile,
  type ConfigFiles,
} from "../config-files/config-files.ts";
import { configKey, editsFor, entryFor } from "./config-place.ts";
import { refusalOf } from "../config-files/refusal.ts";
import { valueAt, type ConfigContext, type Edit } from "../config-files/edit.ts";
import type { Finding } from "./finding.ts";
import type { Inspection } from "./inspect.ts";
import { programText } from "./program-text.ts";
import { alarming } from "./report.ts";

/** An edit, and what stands there before it. */
export interface PlannedEdit extends Edit {
  /** The setting, as a person names it: `flex-messaging:routing.queues.sales`. */
  readonly setting: string;
  readonly before: unknown;
}

/** How the configuration comes to say what the account has; nothing of it is written yet. */
export interface PlannedEdits {
  /** The files to write, in the order in which they are told. */
  readonly files: readonly { readonly name: string; readonly edits: readonly PlannedEdit[] }[];
  /** What to do about the rest, for which the configuration has no word. */
  readonly advice: readonly string[];
  /** The next update reverts some of the rest, where the program does not come to say it. */
  readonly reverts: boolean;
  /** @throws Failure when the result would not be accepted by the next update; then nothing is written */
  write(): void;
}

/** Plans how the configuration comes to say what the account has, where it has a word for it. */
export function planEdits({ report, deployed, projectFolder }: Inspection): PlannedEdits {
  const files = readConfigFiles(stackFile(projectFolder, report.stack));
  const context = contextOf(files, deployed);
  const plans = plansFor(alarming(report), context);
  const edits = plans.flatMap((plan) => plan.edits ?? []);
  const byFile = Map.groupBy(edits, ({ path }) => placeOf(files, path).file);
  return {
    files: [...byFile].map(([{ name }, own]) => ({
      name,
      edits: own.map((edit) => ({
        ...edit,
        setting: settingText(edit.path),
        before: valueAt(context.config, edit.path),
      })),
    })),
    advice: plans.flatMap(({ advice }) => advice ?? []),
    reverts: plans.some(({ finding, advice }) => advice !== undefined && finding.kind !== "unmanaged"),
    write: () => {
      const changed = applyEdits(files, edits);
      refuseInvalid(files, changed, report.stack);
      for (const file of changed) writeConfigFile(file);
    },
  };
}

/** What would not be accepted by the next `up` is not written: what goes may be needed elsewhere. */
function refuseInvalid(files: ConfigFiles, changed: readonly ConfigFile[], stack: string): void {
  const why = refusalOf(files, stack);
  if (why === undefined) return;
  throw new Failure({
    what: `${changed.map(({ name }) => name).join(" and ")} was not written: with what the account has it would be wrong.`,
    why,
    fix: "Make these changes by hand, together with what they need elsewhere; or revert: --fix revert.",
  });
}

interface Plan {
  edits?: readonly Edit[];
  advice?: string;
}

/** What is new is planned first: what was there may refer to it, a workflow to a queue. */
function plansFor(
  findings: readonly Finding[],
  context: PlanningContext,
): readonly (Plan & { finding: Finding })[] {
  const isNew = ({ kind }: Finding) => kind === "unmanaged";
  const plans = new Map<Finding, Plan>();
  for (const finding of [...findings.filter(isNew), ...findings.filter((each) => !isNew(each))])
    plans.set(finding, planFor(finding, context));
  return findings.map((finding) => ({ ...plans.get(finding), finding }));
}

/** With the entries of unmanaged resources, and their keys by SID: a workflow may send tasks to a queue that is as new. */
type PlanningContext = ConfigContext & {
  readonly planned: Map<unknown, string>;
  readonly entries: Edit[];
  /** Names of the program's resources, in small letters. */
  readonly names: Set<string>;
};

function planFor(finding: Finding, context: PlanningContext): Plan {
  // Flex does not work with another agent role, so nothing may say that it should.
  if (finding.agentRole) {
    return { advice: `${finding.title}: the agent role can't be otherwise. Revert it: --fix revert.` };
  }
  const credential = credentialInside(finding.property ?? "", finding.account);
  if (credential !== undefined) {
    const what = [finding.name || finding.title, finding.property].filter(Boolean).join(" ");
    return {
      advice: `${what}: the account has ${credential}, which belongs in no file. Revert it: --fix revert.`,
    };
  }
  if (finding.kind === "unmanaged") {
    const edit = entryFor(finding, context, context.entries);
    if (edit === undefined) return { advice: programText(finding, context.names) };
    context.entries.push(edit);
    context.planned.set(finding.id.split("/").at(-1), String(edit.path.at(-1)));
    return { edits: [edit] };
  }
  const edits = editsFor(finding, context);
  if (edits === undefined) return { advice: programText(finding, context.names) };
  if (edits.length > 0) return { edits };
  return {
    advice: `${finding.name} ${finding.property ?? ""}: the configuration says so already, and up was not run.`,
  };
}

function contextOf(files: ConfigFiles, deployed: readonly DeployedResource[]): PlanningContext {
  const planned = new Map<unknown, string>();
  return {
    config: settingsOf(files),
    planned,
    entries: [],
    names: new Set(deployed.map(({ urn }) => nameOf(urn).toLowerCase())),
    keyOf: (type, sid) => {
      const found = deployed.find(
        (resource) => resource.type === type && resource.id?.split("/").at(-1) === sid,
      );
      return found ? configKey(type, nameOf(found.urn)) : planned.get(sid);
    },
  };
}

function settingText(path: Edit["path"]): string {
  const key = path
    .map((part, index) => (typeof part === "number" ? `[${part}]` : `${index > 0 ? "." : ""}${part}`))
    .join("");
  return `${namespace}:${key}`;
}
