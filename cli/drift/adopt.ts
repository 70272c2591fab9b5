import { dirname } from "node:path";
import { credentialInside } from "../../config/credential.ts";
import { ConfigError, parseConfig } from "../../config/index.ts";
import { nameOf } from "../../flex-stack/changes/resource-change.ts";
import { keyOf } from "../../flex-stack/values/property-path.ts";
import { isObject, valueText } from "../../flex-stack/values/property-value.ts";
import { ExitCode } from "../../flex-stack/failure/exit-code.ts";
import { Failure } from "../../flex-stack/failure/failure.ts";
import { stackFile } from "../../flex-stack/project/project.ts";
import type { DeployedResource } from "../../flex-stack/state/deployment.ts";
import type { Dialogue } from "../../flex-stack/ports/dialogue.ts";
import { confirmed, requireAnswerable } from "./confirmed.ts";
import {
  alarming,
  applyEdits,
  configKey,
  configOf,
  editsFor,
  entryFor,
  placeOf,
  programText,
  readConfigFiles,
  settingsOf,
  valueAt,
  writeConfigFile,
  type ConfigContext,
  type ConfigFile,
  type ConfigFiles,
  type DriftOptions,
  type Edit,
  type Finding,
  type Inspection,
} from "../../flex-stack/drift/index.ts";

const namespace = "flex-messaging";

/**
 * Makes the configuration say what the account has, where it has a word for it: shows it, asks, and writes. For the
 * rest it says what to write into the program. Twilio and the state stay as they are.
 */
export async function adopt(
  { report, deployed, projectFolder }: Inspection,
  { yes }: Pick<DriftOptions, "yes">,
  terminal: Dialogue,
): Promise<number> {
  const files = readConfigFiles(stackFile(projectFolder, report.stack));
  const context = contextOf(files, deployed);
  const plans = plansFor(alarming(report), context);
  const edits = plans.flatMap((plan) => plan.edits ?? []);
  const rest = plans.flatMap(({ advice }) => advice ?? []);
  const byFile = Map.groupBy(edits, ({ path }) => placeOf(files, path).file);
  for (const [{ name }, own] of byFile) {
    terminal.print(`\nIn ${name}:`);
    for (const edit of own) terminal.print(`  ${editText(edit, context.config, terminal)}`);
  }
  const name = [...byFile.keys()].map((file) => file.name).join(" and ");
  if (rest.length > 0) {
    terminal.print(`\nThe configuration has no word for:`);
    for (const advice of rest) terminal.print(advice.replaceAll(/^/gm, "  "));
  }
  if (edits.length === 0) return ExitCode.unexpectedChanges;
  if (!yes) {
    requireAnswerable(`To write ${name}`, terminal);
    if (!(await confirmed(`Write ${name}?`, terminal))) {
      terminal.print("Nothing was written.");
      return ExitCode.declined;
    }
  }
  const changed = applyEdits(files, edits);
  refuseInvalid(files, changed, report.stack);
  for (const file of changed) writeConfigFile(file);
  const reverted = plans.some(({ finding, advice }) => advice !== undefined && finding.kind !== "unmanaged");
  terminal.print(
    `\nWrote ${name}. npx flex-stack preview --stack ${report.stack} --refresh shows what is left to do; ` +
      `npx flex-stack up --stack ${report.stack} --refresh takes the account's values into the state` +
      `${reverted ? ", and reverts what neither the configuration nor the program says by then" : ""}.`,
  );
  return rest.length === 0 ? ExitCode.ok : ExitCode.unexpectedChanges;
}

/** What would not be accepted by the next `up` is not written: what goes may be needed elsewhere. */
function refuseInvalid(files: ConfigFiles, changed: readonly ConfigFile[], stack: string): void {
  const values = Object.entries(configOf(files));
  // What is encrypted can't be checked here; up does.
  if (values.some(([key, value]) => key.startsWith(namespace) && isObject(value) && "secure" in value))
    return;
  const asText = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));
  try {
    const texts = Object.fromEntries(values.map(([key, value]) => [key, asText(value)]));
    parseConfig(texts, stack, [], dirname(files.stack.path));
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    throw new Failure({
      what: `${changed.map(({ name }) => name).join(" and ")} was not written: with what the account has it would be wrong.`,
      why: error.message,
      fix: "Make these changes by hand, together with what they need elsewhere; or revert: --fix revert.",
      cause: error,
    });
  }
}

interface Plan {
  edits?: readonly Edit[];
  advice?: string;
}

/** What is new is planned first: what was there may refer to it, a workflow to a queue. */
function plansFor(
  findings: readonly Finding[],
  context: AdoptionContext,
): readonly (Plan & { finding: Finding })[] {
  const isNew = ({ kind }: Finding) => kind === "unmanaged";
  const plans = new Map<Finding, Plan>();
  for (const finding of [...findings.filter(isNew), ...findings.filter((each) => !isNew(each))])
    plans.set(finding, planFor(finding, context));
  return findings.map((finding) => ({ ...plans.get(finding), finding }));
}

/** With the entries of unmanaged resources, and their keys by SID: a workflow may send tasks to a queue that is as new. */
type AdoptionContext = ConfigContext & {
  readonly planned: Map<unknown, string>;
  readonly entries: Edit[];
};

function planFor(finding: Finding, context: AdoptionContext): Plan {
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
    if (edit === undefined) return { advice: programText(finding) };
    context.entries.push(edit);
    context.planned.set(finding.id.split("/").at(-1), String(edit.path.at(-1)));
    return { edits: [edit] };
  }
  const edits = editsFor(finding, context);
  if (edits === undefined) return { advice: programText(finding) };
  if (edits.length > 0) return { edits };
  return {
    advice: `${finding.name} ${finding.property ?? ""}: the configuration says so already, and up was not run.`,
  };
}

function contextOf(files: ConfigFiles, deployed: readonly DeployedResource[]): AdoptionContext {
  const planned = new Map<unknown, string>();
  return {
    config: settingsOf(files),
    planned,
    entries: [],
    keyOf: (type, sid) => {
      const found = deployed.find(
        (resource) => resource.type === type && resource.id?.split("/").at(-1) === sid,
      );
      return found ? configKey(type, nameOf(found.urn)) : planned.get(sid);
    },
  };
}

function editText({ path, value }: Edit, config: ConfigContext["config"], terminal: Dialogue): string {
  const key = path
    .map((part, index) => (typeof part === "number" ? `[${part}]` : `${index > 0 ? "." : ""}${part}`))
    .join("");
  const before = valueAt(config, path);
  const shown = (each: unknown) => valueText(each, 100, keyOf(path));
  const from = before === undefined ? undefined : terminal.style("red", shown(before));
  const to = value === undefined ? undefined : terminal.style("green", shown(value));
  if (to === undefined) return `${namespace}:${key}: - ${from ?? ""}`;
  return from === undefined ? `${namespace}:${key}: + ${to}` : `${namespace}:${key}: ${from} → ${to}`;
}
