import { isDangerous } from "./change-order.ts";
import type { Table, Text } from "./document.ts";
import type { StackReport } from "./report.ts";
import { countsSentence } from "./summary-text.ts";

/** What a reviewer of several stacks wants to know of each before reading on. */
export function overview(reports: readonly StackReport[]): Table {
  return {
    kind: "table",
    head: ["Stack", "Preview", "Look twice at", "Policies"],
    rows: reports.map((report) => ({
      tone: report.result === "failed" || report.changes.some(isDangerous) ? "danger" : "plain",
      cells: [[{ strong: report.stack }], previewCell(report), dangersCell(report), policiesCell(report)],
    })),
  };
}

function previewCell({ result, counts, changes }: StackReport): Text {
  const planned = changes.length > 0 || result === "succeeded" ? countsSentence(counts) : "";
  return result === "succeeded" ? [planned] : [{ strong: "failed" }, planned === "" ? "" : `; ${planned}`];
}

/** Most resources that are named. */
const named = 3;

function dangersCell({ changes }: StackReport): Text {
  const names = changes.filter(isDangerous).map(({ name }) => name);
  if (names.length === 0) return ["nothing"];
  const told = names.slice(0, named).flatMap((name, index): Text => [index > 0 ? ", " : "", { code: name }]);
  return names.length > named ? [...told, ` and ${names.length - named} more`] : told;
}

function policiesCell({ policies, rulesHeld, rulesRan }: StackReport): Text {
  const held = rulesRan === "off" ? "left out" : `${rulesHeld} hold`;
  return [policies.length > 0 ? `${policies.length} violated, ${held}` : held];
}
