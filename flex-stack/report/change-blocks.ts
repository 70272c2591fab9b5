import { byWeight, isDangerous, isTakenOverAsItIs } from "./change-order.ts";
import { kindText, namesText, typeText, verbText } from "./change-words.ts";
import type { Block, Table, Text } from "./document.ts";
import type { ReportedChange, StackReport } from "./report.ts";
import { statementItems, statementText } from "./statements.ts";
import type { Statement } from "../meaning/index.ts";

/** Statements up to which a row says all there is, and needs no details. */
const inRow = 2;

/**
 * What changes, what matters most first; what is taken over as it is stands folded at the end. A first preview, where
 * all is new, goes component by component.
 */
export function changeBlocks({ changes, counts }: Pick<StackReport, "changes" | "counts">): Block[] {
  const ordered = byWeight(changes);
  if (!isFirst({ changes, counts })) return [...tableOf(ordered), ...ordered.flatMap(changeDetails)];
  const groups = Map.groupBy(ordered, ({ component }) => component ?? "");
  if (groups.size < 2) return [...tableOf(ordered), ...ordered.flatMap(changeDetails)];
  return [...groups].map(([component, members]): Block => ({
    kind: "section",
    title: [componentText(component)],
    blocks: [...tableOf(members), ...members.flatMap(changeDetails)],
  }));
}

/** Whether the stack had nothing before. */
function isFirst({ changes, counts }: Pick<StackReport, "changes" | "counts">): boolean {
  const known = changes.some(({ kind }) => !["create", "buy", "adopt", "import"].includes(kind));
  return !known && !counts["same"];
}

/** `Task routing` of `flex-messaging:routing:TaskRouting`. */
function componentText(type: string): string {
  const name = type.split(":").at(-1) ?? "";
  if (name === "") return "In no component";
  const words = name.replaceAll(/(?<=[a-z\d])(?=[A-Z])/g, " ").toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A table of what changes something, and a list of what does not. */
function tableOf(changes: readonly ReportedChange[]): Block[] {
  const asItIs = changes.filter(isTakenOverAsItIs);
  const others = changes.filter((change) => !isTakenOverAsItIs(change));
  return [
    ...(others.length > 0 ? [changesTable(others)] : []),
    ...(asItIs.length > 0 ? [takenOver(asItIs)] : []),
  ];
}

function takenOver(changes: readonly ReportedChange[]): Block {
  const items = changes.map(({ name, type, id }) => {
    const sid = id?.split("/").at(-1);
    const tail: Text = sid === undefined ? [] : [" ", { code: sid }];
    return { text: [{ code: name }, ` ${typeText(type)}`, ...tail] };
  });
  return {
    kind: "details",
    summary: [`${changes.length} taken over from Twilio as ${changes.length === 1 ? "it is" : "they are"}`],
    blocks: [{ kind: "list", items }],
  };
}

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
