import { changeBlocks } from "./change-blocks.ts";
import { isDangerous } from "./change-order.ts";
import type { Block, Document, Item, Tone } from "./document.ts";
import type { Origin } from "./origin.ts";
import { overview } from "./overview.ts";
import type { StackReport } from "./report.ts";
import { routingBlocks } from "./routing-blocks.ts";
import { againstRecord, countsSentence } from "./summary-text.ts";

/** The previews of one or several stacks as one document. */
export function previewDocument(reports: readonly StackReport[]): Document {
  const [first] = reports;
  if (reports.length === 1 && first) {
    const title = `Preview of stack ${first.stack}`;
    return { kind: "preview", title, origins: originsOf(reports), blocks: stackBlocks(first) };
  }
  return {
    kind: "preview",
    title: `Preview of ${reports.length} stacks`,
    origins: originsOf(reports),
    blocks: [
      overview(reports),
      ...reports.map((report): Block => ({
        kind: "section",
        title: ["Stack ", { strong: report.stack }],
        blocks: stackBlocks(report),
      })),
    ],
  };
}

function originsOf(reports: readonly StackReport[]): Origin[] {
  return reports.flatMap(({ origin }) => origin ?? []);
}

function stackBlocks(report: StackReport): Block[] {
  const changes = changeBlocks(report);
  return [
    verdict(report),
    ...errorBlocks(report),
    ...policyBlocks(report),
    ...changes,
    ...routing(report, changes),
    ...warningBlocks(report),
  ];
}

/** Pictures; after parts with titles of their own they are one, so as not to belong to the last of those. */
function routing(report: StackReport, changes: readonly Block[]): Block[] {
  const titles = { before: "before the change", after: "after it" };
  const blocks = routingBlocks(report.routing, "after the change", titles);
  const apart = blocks.length > 0 && changes.some(({ kind }) => kind === "section");
  return apart ? [{ kind: "section", title: ["Where tasks go"], blocks }] : [...blocks];
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
