import { kindText, namesText, typeText, verbText } from "./change-words.ts";
import { againstRecord, countsSentence } from "./summary-text.ts";
import type { Block, Document, Item, Table, Text, Tone } from "./document.ts";
import type { ReportedChange, StackReport } from "./report.ts";
import { statementItems, statementText } from "./statements.ts";
import type { Statement } from "../meaning/index.ts";

/** The previews of one or several stacks as one document. */
export function previewDocument(reports: readonly StackReport[]): Document {
  const [first] = reports;
  if (reports.length === 1 && first) {
    return { kind: "preview", title: `Preview of stack ${first.stack}`, blocks: stackBlocks(first) };
  }
  return {
    kind: "preview",
    title: `Preview of ${reports.length} stacks`,
    blocks: reports.map((report) => ({
      kind: "section",
      title: ["Stack ", { strong: report.stack }],
      blocks: stackBlocks(report),
    })),
  };
}

function stackBlocks(report: StackReport): Block[] {
  return [
    verdict(report),
    ...errorBlocks(report),
    ...policyBlocks(report),
    ...(report.changes.length > 0 ? [changesTable(report.changes)] : []),
    ...report.changes.flatMap(changeDetails),
    ...report.routing.map((picture): Block => ({
      kind: "details",
      summary: ["Routing of ", { strong: picture.workflow }, " after the change"],
      blocks: [{ kind: "routing", picture }],
    })),
    ...warningBlocks(report),
  ];
}

/** One sentence that a reviewer who reads nothing else should read. */
function verdict({ result, counts, changes, policies, unexpected, comparedWith }: StackReport): Block {
  const summary = countsSentence(counts);
  const refused = policies.some(({ level }) => level === "mandatory");
  if (result === "failed") {
    const why = refused
      ? "A mandatory policy refuses this change"
      : unexpected === true
        ? "No changes were expected"
        : "The preview failed";
    // What a preview had planned when it failed is not all there is.
    const until = why === "The preview failed" ? "; planned until then: " : ": ";
    const planned = changes.length > 0 ? `${until}${summary}.` : ".";
    return { kind: "paragraph", tone: "danger", text: [{ strong: why }, planned] };
  }
  const careful = changes.some(isDangerous);
  const open = changes.length === 0 && comparedWith === "record" ? [` ${againstRecord}`] : [];
  const text = [{ strong: summary }, ".", ...open];
  return { kind: "paragraph", tone: careful ? "warning" : "good", text };
}

/** Whether somebody should look twice: it goes, is made anew, or messages may be lost. */
function isDangerous({ kind, meaning }: ReportedChange): boolean {
  return kind === "delete" || kind === "replace" || meaning.some(({ danger }) => danger);
}

function errorBlocks({ diagnostics }: StackReport): Block[] {
  return diagnostics
    .filter(({ severity, policy }) => severity === "error" && policy !== true)
    .map(({ message }) => ({ kind: "lines", text: message }));
}

function policyBlocks(report: StackReport): Block[] {
  const { policies } = report;
  const sentence = rulesSentence(report);
  const items = policies.map(({ level, rule, message }): Item => ({
    tone: level === "mandatory" ? "danger" : "warning",
    text: [{ strong: level }, " ", { code: rule }, `: ${message}`],
  }));
  return [...(sentence ? [sentence] : []), ...(items.length > 0 ? [{ kind: "list", items } as const] : [])];
}

/** How many rules hold; that all do is said only where all came to look, and is good only where none is off. */
function rulesSentence(report: StackReport): Block | undefined {
  const { policies, rulesHeld, rulesRan = rulesHeld > 0 ? "all" : "none", rulesDisabled = [] } = report;
  const paragraph = (text: string, tone?: Tone): Block => ({
    kind: "paragraph",
    ...(tone ? { tone } : {}),
    text: [`Policies: ${text}.`],
  });
  const off = rulesDisabled.length > 0 ? `; switched off: ${rulesDisabled.join(", ")}` : "";
  const violated = policies.length > 0 ? `${policies.length} violated, ` : "";
  if (rulesRan === "off") return paragraph(`${violated}the rules were left out (--no-policy)`, "warning");
  if (rulesRan === "part") {
    const held = rulesHeld > 0 ? `${rulesHeld} rules hold for what was planned until then; ` : "";
    return paragraph(
      `${violated}${held}the preview ended before all rules had looked at all of it${off}`,
      "warning",
    );
  }
  if (policies.length > 0) return paragraph(`${violated}${rulesHeld} rules hold${off}`);
  if (rulesRan === "none" || rulesHeld === 0) return undefined;
  return paragraph(`all ${rulesHeld} rules hold${off}`, off === "" ? "good" : undefined);
}

/** Statements up to which a row says all there is, and needs no details. */
const inRow = 2;

function changesTable(changes: readonly ReportedChange[]): Table {
  return {
    kind: "table",
    head: ["Change", "Resource", "What it means"],
    rows: changes.map((change) => ({
      tone: isDangerous(change) ? "danger" : "plain",
      cells: [
        [{ strong: verbText(change.kind, change.status) }],
        [{ code: change.name }, ` ${typeText(change.type)}`],
        meaningCell(change),
      ],
    })),
  };
}

/** All of a change that has little to it; else what matters most, and how much more there is. */
function meaningCell(change: ReportedChange): Text {
  const { kind, meaning } = change;
  const notes = [...namesText(change), ...(change.notes ?? [])];
  if (meaning.length === 0 && notes.length === 0) return [kindText(kind)];
  const shown = meaning.length <= inRow ? meaning : mostTelling(meaning).slice(0, inRow);
  const told = shown.map((statement): Text => {
    const place = statement.at.length > 0 ? [`${statement.at.join(", ")}: `] : [];
    return [...place, ...statementText(statement)];
  });
  const rest = meaning.length - shown.length;
  const more = rest === 0 ? [] : [`${rest} more below`];
  return [...notes.map((note) => [note]), ...told, more].flatMap((part, index) =>
    part.length > 0 && index > 0 ? ["; ", ...part] : part,
  );
}

/** Dangers first, then where tasks go, then what was written. */
function mostTelling(meaning: readonly Statement[]): Statement[] {
  const rank = ({ danger, action }: Statement) => (danger ? 0 : action === "consequence" ? 1 : 2);
  return [...meaning].sort((one, other) => rank(one) - rank(other));
}

function changeDetails({ name, kind, type, meaning }: ReportedChange): Block[] {
  if (meaning.length <= inRow) return [];
  return [
    {
      kind: "details",
      summary: [{ strong: name }, ` (${typeText(type)}): ${meaning.length} changes`],
      // What changes is what a reviewer came for; what is new can be read when wanted.
      open: kind !== "create",
      blocks: [{ kind: "list", items: statementItems(meaning) }],
    },
  ];
}

function warningBlocks({ diagnostics }: StackReport): Block[] {
  const warnings = diagnostics.filter(({ severity, policy }) => severity === "warning" && policy !== true);
  if (warnings.length === 0) return [];
  const tone: Tone = "warning";
  return [
    {
      kind: "details",
      summary: [`${warnings.length} ${warnings.length === 1 ? "warning" : "warnings"}`],
      blocks: [{ kind: "list", items: warnings.map(({ message }) => ({ tone, text: [message] })) }],
    },
  ];
}
