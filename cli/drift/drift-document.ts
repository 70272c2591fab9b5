import { typeText } from "../output/change-text.ts";
import { costText } from "../output/summary-text.ts";
import type { Block, Document, Inline, Item, Text } from "../report/document.ts";
import type { BaselineEntry } from "./baseline.ts";
import type { Finding, FindingKind } from "./finding.ts";
import { alarming, type DriftReport } from "./report.ts";
import { statementItems } from "../report/statements.ts";
import { inSides } from "./sides.ts";
import { alarms, type Judged } from "./verdict.ts";

/** The report for people. */
export function driftDocument(report: DriftReport): Document {
  const found = alarming(report);
  return {
    kind: `drift/${report.stack}`,
    title: titleText(report, found.length),
    blocks: [
      ...agentRoleWarning(found),
      ...resources(report.judged.filter(alarms)),
      ...pictures(report.judged.filter(alarms)),
      ...blindness(report.blind),
      ...accepted(report.judged.filter((item) => !alarms(item))),
      ...unused(report),
      ...(found.length > 0 ? [wayOut(report, found)] : []),
      { kind: "paragraph", text: [summary(report)], tone: "muted" },
    ],
  };
}

function titleText({ stack, judged }: DriftReport, count: number): string {
  if (count > 0)
    return `Stack ${stack}: ${counted(count, "thing was", "things were")} changed outside Pulumi`;
  const accepted = judged.length > 0 ? " that the baseline does not accept" : "";
  return `Stack ${stack}: nothing was changed outside Pulumi${accepted}`;
}

function agentRoleWarning(found: readonly Finding[]): Block[] {
  if (!found.some(({ agentRole }) => agentRole)) return [];
  const text =
    "The agent role is not as it must be: Flex can't add agents to channels, so no message reaches them.";
  return [{ kind: "paragraph", text: [{ strong: text }], tone: "danger" }];
}

const badges: Readonly<Record<FindingKind, Inline>> = {
  changed: { badge: "changed", tone: "warning" },
  deleted: { badge: "deleted", tone: "danger" },
  unmanaged: { badge: "unmanaged", tone: "warning" },
};

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
    text: [badges[finding.kind], " ", ...headText(finding)],
    ...(finding.agentRole && { tone: "danger" as const }),
    items: items.flatMap((item) => [
      ...differences(item.finding),
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

function differences({ kind, statements, since, title }: Finding): Item[] {
  if (kind === "deleted") return [{ text: ["stack has it, account has not"] }];
  if (kind === "unmanaged") {
    const when = since === undefined ? "" : `, made ${since}`;
    return [
      {
        text: [`account has it${when}, stack has not: nothing in the program says ${JSON.stringify(title)}`],
      },
    ];
  }
  return statementItems(statements.map(inSides));
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
    const summary: Text = ["Routing of ", { strong: finding.title }, " as the account has it"];
    return [{ kind: "details", summary, blocks: [{ kind: "routing", picture: finding.picture }] }];
  });
}

function blindness(blind: readonly string[]): Block[] {
  if (blind.length === 0) return [];
  return [
    { kind: "paragraph", text: ["Not looked into, because the credentials may not:"], tone: "warning" },
    { kind: "list", items: blind.map((text) => ({ text: [text] })) },
  ];
}

function accepted(items: readonly Judged[]): Block[] {
  if (items.length === 0) return [];
  const block: Block = {
    kind: "list",
    items: items.map((item) => ({
      text: [
        badges[item.finding.kind],
        " ",
        ...headText(item.finding),
        ...(item.finding.property === undefined ? [] : [` ${item.finding.property}`]),
        ...("entry" in item ? [`, until ${item.entry.expires}: ${item.entry.comment}`] : []),
      ],
    })),
  };
  return [{ kind: "details", summary: [`Accepted by the baseline: ${items.length}`], blocks: [block] }];
}

function unused({ unused: entries, baseline }: DriftReport): Block[] {
  if (entries.length === 0) return [];
  return [
    {
      kind: "paragraph",
      text: [
        `Nothing needs ${counted(entries.length, "entry", "entries")} of ${baseline ?? "the baseline"} any more; remove:`,
      ],
    },
    { kind: "list", items: entries.map((entry) => ({ text: [entryText(entry)] })) },
  ];
}

function entryText({ resource, property, kind, comment, expires }: BaselineEntry): string {
  return `${resource}, ${property ?? kind ?? ""}, until ${expires}: ${comment}`;
}

/** What can be done about it, as commands. */
function wayOut({ stack, baseline }: DriftReport, found: readonly Finding[]): Block {
  const command = (rest: string) => ({ code: `flex-stack drift --stack ${stack} ${rest}` });
  const managed = found.some(({ kind }) => kind !== "unmanaged");
  const file = baseline ?? `drift.${stack}.yaml`;
  return {
    kind: "list",
    items: [
      ...(managed
        ? [
            { text: ["Make the account what the stack says: ", command("--fix revert")] },
            { text: ["Make the stack say what the account has: ", command("--fix adopt")] },
          ]
        : []),
      {
        text: ["Let it be for a time: ", command(`--baseline ${file} --write-baseline --comment "why"`)],
      },
    ],
  };
}

function summary({ compared, older, durationMs, apiRequests }: DriftReport): string {
  const left =
    older > 0
      ? ` ${counted(older, "resource", "resources")} that the stack does not know ${older === 1 ? "was" : "were"} there before it (--unmanaged all).`
      : "";
  return `${counted(compared, "resource", "resources")} compared ${costText(durationMs, apiRequests)}; nothing was written.${left}`;
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
