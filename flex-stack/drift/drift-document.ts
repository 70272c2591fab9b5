import { typeText } from "../report/change-words.ts";
import { costText } from "../report/summary-text.ts";
import type { Block, Document, Inline, Item, Text } from "../report/document.ts";
import type { BaselineEntry } from "./baseline.ts";
import { type Finding, needsAnother } from "./finding.ts";
import { alarming, type DriftReport } from "./report.ts";
import { routingBlocks } from "../report/routing-blocks.ts";
import { statementItems } from "../report/statements.ts";
import { wholeResource } from "./sentences.ts";
import { inSides } from "./sides.ts";
import { alarms, type Judged } from "./verdict.ts";

/**
 * The report for people. As long as it says the same it is the same, letter for letter.
 *
 * @param options.cost Say what the check took, which differs from one to the next. @default false
 */
export function driftDocument(report: DriftReport, { cost = false }: { cost?: boolean } = {}): Document {
  const found = alarming(report);
  return {
    kind: `drift/${report.stack}`,
    title: titleText(report, found.length),
    blocks: [
      ...agentRoleWarning(report.judged),
      ...resources(report.judged.filter(alarms)),
      ...pictures(report.judged.filter(alarms)),
      ...blindness(report.blind),
      ...accepted(report.judged.filter((item) => !alarms(item))),
      ...unused(report),
      ...(found.length > 0 ? [wayOut(report, found)] : []),
      { kind: "paragraph", text: [summary(report, cost)], tone: "muted" },
    ],
  };
}

function titleText({ stack, judged }: DriftReport, count: number): string {
  if (count > 0)
    return `Stack ${stack}: ${counted(count, "thing was", "things were")} changed outside Pulumi`;
  const accepted = judged.length > 0 ? " that the baseline does not accept" : "";
  return `Stack ${stack}: nothing was changed outside Pulumi${accepted}`;
}

/** Said first, whoever accepted it: nothing works without that role. */
function agentRoleWarning(items: readonly Judged[]): Block[] {
  if (!items.some(({ finding }) => finding.agentRole)) return [];
  const text =
    "The agent role is not as it must be: without its seven permissions Flex can't add agents to channels.";
  return [{ kind: "paragraph", text: [{ strong: text }], tone: "danger" }];
}

function badgeOf({ kind, agentRole }: Finding): Inline {
  return { badge: kind, tone: agentRole || kind === "deleted" ? "danger" : "warning" };
}

/** One item for each resource, with what is different about it. */
function resources(items: readonly Judged[]): Block[] {
  if (items.length === 0) return [];
  const byResource = Map.groupBy(items, ({ finding }) => `${finding.kind} ${finding.urn ?? finding.id}`);
  return [{ kind: "list", items: [...byResource.values()].map(resourceItem) }];
}

function resourceItem(items: readonly Judged[]): Item {
  const [first] = items;
  if (first === undefined) return { text: [] };
  const { finding } = first;
  return {
    text: [badgeOf(finding), " ", ...headText(finding)],
    items: items.flatMap((item) => [
      ...differences(item.finding),
      ...(item.finding.cause === undefined ? [] : [{ text: [item.finding.cause] }]),
      ...(item.verdict === "expired" || item.verdict === "superseded" ? [verdictItem(item)] : []),
    ]),
  };
}

/** `taskrouter.TaskQueue Sales (flex-routing-queue-sales)  WQ…` */
function headText({ type, name, title, id }: Finding): Text {
  const sid = id.split("/").at(-1) ?? "";
  const program = title === name ? "" : ` (${name})`;
  return [`${typeText(type)} `, { strong: title }, program, ...(sid === title ? [] : ["  ", { code: sid }])];
}

function differences(finding: Finding): Item[] {
  const whole = wholeResource(finding);
  const told = statementItems(finding.statements.map(inSides));
  return whole === undefined ? told : [{ text: [whole] }, ...told];
}

function verdictItem(item: Judged): Item {
  if (!("entry" in item)) return { text: [] };
  const { comment, expires } = item.entry;
  if (item.verdict === "expired")
    return { text: [`was accepted until ${expires}, which is over: ${comment}`] };
  return { text: [`was accepted with another value, and has been changed again: ${comment}`] };
}

/** Where tasks go now, for each workflow that was edited. */
function pictures(items: readonly Judged[]): Block[] {
  return items.flatMap(({ finding }): Block[] => {
    if (finding.picture === undefined) return [];
    const picture = { ...finding.picture, workflow: finding.title };
    const titles = { before: "as the stack says", after: "as the account has it" };
    return [...routingBlocks([picture], titles.after, titles)];
  });
}

function blindness(blind: readonly string[]): Block[] {
  if (blind.length === 0) return [];
  return [
    { kind: "paragraph", text: ["Not looked into:"], tone: "warning" },
    { kind: "list", items: blind.map((text) => ({ text: [text] })) },
  ];
}

function accepted(items: readonly Judged[]): Block[] {
  if (items.length === 0) return [];
  const block: Block = {
    kind: "list",
    items: items.map((item) => ({
      text: [
        badgeOf(item.finding),
        " ",
        ...headText(item.finding),
        ...(item.finding.property === undefined ? [] : [` ${item.finding.property}`]),
        ...("entry" in item ? [`, until ${item.entry.expires}: ${item.entry.comment}`] : []),
      ],
    })),
  };
  return [{ kind: "details", summary: [`Accepted by the baseline: ${items.length}`], blocks: [block] }];
}

function unused({ unused: entries, baseline = "the baseline" }: DriftReport): Block[] {
  if (entries.length === 0) return [];
  const text = counted(entries.length, `entry of ${baseline} is`, `entries of ${baseline} are`);
  return [
    { kind: "paragraph", text: [`${text} needed no more; remove:`] },
    { kind: "list", items: entries.map((entry) => ({ text: [entryText(entry)] })) },
  ];
}

function entryText({ resource, property, kind, comment, expires }: BaselineEntry): string {
  return `${resource}, ${property ?? kind ?? ""}, until ${expires}: ${comment}`;
}

/** What can be done about it, as commands. */
function wayOut({ stack, baseline }: DriftReport, found: readonly Finding[]): Block {
  const command = (rest: string) => ({ command: `npx flex-stack drift --stack ${stack} ${rest}` });
  const managed = found.some((finding) => finding.kind !== "unmanaged" && !needsAnother(finding));
  // The agent role can only be reverted.
  const other = found.some(({ agentRole }) => !agentRole);
  const file = baseline ?? `drift.${stack}.yaml`;
  const ways: [boolean, string, string][] = [
    [managed, "Make the account what the stack says: ", "--fix revert"],
    [other, "Make the stack say what the account has: ", "--fix adopt"],
    [other, "Let it be for a time: ", `--baseline ${file} --write-baseline --comment "why"`],
  ];
  const items = ways.flatMap(([fits, text, rest]) => (fits ? [{ text: [text, command(rest)] }] : []));
  return { kind: "section", title: ["What to do"], blocks: [{ kind: "list", items }] };
}

function summary({ compared, older, durationMs, apiRequests }: DriftReport, cost: boolean): string {
  const took = cost ? ` ${costText(durationMs, apiRequests)}` : "";
  const before =
    older > 0
      ? ` ${counted(older, "resource that the stack does not know was", "resources that the stack does not know were")} there before it (--unmanaged all).`
      : "";
  return `${counted(compared, "resource", "resources")} compared${took}; nothing was written.${before}`;
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
