import type { ChangeKind, PropertyChange, ResourceChange } from "../../flex-stack/changes/resource-change.ts";
import { keyOf } from "../../flex-stack/values/property-path.ts";
import { valueText } from "../../flex-stack/values/property-value.ts";
import type { Style, Surface } from "../../flex-stack/ports/dialogue.ts";
import { namesText, typeText, verbText } from "../../flex-stack/report/change-words.ts";
import { toldOf } from "../../flex-stack/report/told.ts";
import { Surroundings, type Statement } from "../../flex-stack/meaning/index.ts";

interface Mark {
  symbol: string;
  style: Style;
}

const marks: Readonly<Record<ChangeKind, Mark>> = {
  create: { symbol: "+", style: "green" },
  buy: { symbol: "+", style: ["yellow", "bold"] },
  adopt: { symbol: "=", style: "cyan" },
  update: { symbol: "~", style: "yellow" },
  replace: { symbol: "±", style: ["magenta", "bold"] },
  delete: { symbol: "-", style: "red" },
  leave: { symbol: "·", style: "cyan" },
  rename: { symbol: "»", style: "cyan" },
  import: { symbol: "=", style: "cyan" },
  read: { symbol: ">", style: "dim" },
  forget: { symbol: "-", style: "dim" },
  same: { symbol: " ", style: "dim" },
};

/** The resource's own SID, without those of its parents. */
export function sidText(id: string | undefined, terminal: Surface): string {
  const sid = id?.split("/").at(-1);
  return sid ? `  ${terminal.style("dim", sid)}` : "";
}

/** One line for one resource. `typeWidth` aligns the names of several. */
export function changeLine(change: ResourceChange, terminal: Surface, typeWidth = 0): string {
  const failed = change.status === "failed";
  const { symbol, style } = marks[change.kind];
  const verb = verbText(change.kind, change.status).padEnd(failed ? 0 : 8);
  const head = terminal.style(failed ? ["red", "bold"] : style, `${failed ? "✗" : symbol} ${verb}`);
  const id = sidText(change.id, terminal);
  return `${head} ${typeText(change.type).padEnd(typeWidth)}  ${change.name}${id}`.trimEnd();
}

/** Changes whose meaning is told in a terminal, where what is new is a line. */
export const toldInText: readonly ChangeKind[] = ["buy", "update", "replace", "delete"];

/** Changed resources with what changes in each, aligned; dangers, then replacements come last, where they are read. */
export function changesText(
  changes: readonly ResourceChange[],
  terminal: Surface,
  surroundings: Surroundings = new Surroundings([]),
): string[] {
  const width = Math.max(0, ...changes.map(({ type }) => typeText(type).length));
  const told = changes.map((change) => {
    const statements = toldOf(change, toldInText, surroundings);
    const loud = change.kind === "replace" ? 2 : statements.some(({ danger }) => danger) ? 1 : 0;
    return { change, statements, loud };
  });
  return told
    .toSorted((one, other) => one.loud - other.loud)
    .flatMap(({ change, statements }) => [
      changeLine(change, terminal, width),
      ...statements.map((statement) => statementText(statement, terminal)),
      ...notesText(change, terminal),
    ]);
}

/** What a change means, a line for each statement, indented. */
export function meaningText(change: ResourceChange, terminal: Surface, surroundings: Surroundings): string[] {
  return toldOf(change, toldInText, surroundings).map((statement) => statementText(statement, terminal));
}

/** What the provider said about it, indented, as far as the kind of change does not say it already. */
export function notesText({ kind, notes, nowAs, formerly }: ResourceChange, terminal: Surface): string[] {
  const staying = kind === "leave" || kind === "rename";
  const plain = kind === "adopt" ? / as it is$/ : staying ? /^left \S+ in place/ : undefined;
  const names = namesText({ nowAs, formerly });
  return [...names, ...notes.filter((note) => !plain?.test(note))].map((note) =>
    terminal.style("dim", `      ${note}`),
  );
}

/** `filter Billing, target 1: timeout: 60 s → 90 s`, indented; what forces a replacement says so. */
export function statementText({ at, text, danger, replaces }: Statement, terminal: Surface): string {
  const place = at.length > 0 ? `${at.join(", ")}: ` : "";
  const words = text.map((part) => {
    if (typeof part === "string") return part;
    if ("before" in part) return terminal.style("red", part.before);
    if ("after" in part) return terminal.style("green", part.after);
    if ("lost" in part) return terminal.style(["red", "bold"], part.lost);
    return Object.values(part).join("");
  });
  const loud = danger && !replaces ? terminal.style(["red", "bold"], "! ") : "";
  const forced = replaces ? terminal.style(["magenta", "bold"], "  (forces replacement)") : "";
  return `      ${loud}${place}${words.join("")}${forced}`;
}

/** `path: old → new`, indented; a property that forces a replacement says so. */
export function propertyText(property: PropertyChange, terminal: Surface): string {
  const room = Math.max(40, terminal.columns - 30);
  const key = keyOf(property.path);
  const before = terminal.style("red", valueText(property.before, room, key));
  const after = terminal.style("green", valueText(property.after, room, key));
  const value = {
    add: `+ ${after}`,
    delete: `- ${before}`,
    update: `${before} → ${after}`,
  }[property.kind];
  const forced = property.replaces ? terminal.style(["magenta", "bold"], "  (forces replacement)") : "";
  return `      ${property.path}: ${value}${forced}`;
}
