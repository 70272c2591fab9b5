import type { ChangeKind, ChangeStatus, PropertyChange, ResourceChange } from "../changes/resource-change.ts";
import { keyOf } from "../changes/property-path.ts";
import { valueText } from "../changes/property-value.ts";
import { Surroundings, type Statement } from "../meaning/index.ts";
import type { Style, Terminal } from "../terminal.ts";
import { toldOf } from "./told.ts";

type Styled = Pick<Terminal, "style" | "columns">;

interface Wording {
  symbol: string;
  style: Style;
  planned: string;
  running: string;
  done: string;
}

const wordings: Readonly<Record<ChangeKind, Wording>> = {
  create: { symbol: "+", style: "green", planned: "create", running: "creating", done: "created" },
  buy: { symbol: "+", style: ["yellow", "bold"], planned: "BUY", running: "buying", done: "BOUGHT" },
  adopt: { symbol: "=", style: "cyan", planned: "adopt", running: "adopting", done: "adopted" },
  update: { symbol: "~", style: "yellow", planned: "update", running: "updating", done: "updated" },
  replace: {
    symbol: "±",
    style: ["magenta", "bold"],
    planned: "REPLACE",
    running: "replacing",
    done: "REPLACED",
  },
  delete: { symbol: "-", style: "red", planned: "delete", running: "deleting", done: "deleted" },
  leave: { symbol: "·", style: "cyan", planned: "leave", running: "leaving", done: "left" },
  rename: { symbol: "»", style: "cyan", planned: "rename", running: "renaming", done: "renamed" },
  import: { symbol: "=", style: "cyan", planned: "import", running: "importing", done: "imported" },
  read: { symbol: ">", style: "dim", planned: "read", running: "reading", done: "read" },
  forget: { symbol: "-", style: "dim", planned: "forget", running: "forgetting", done: "forgotten" },
  same: { symbol: " ", style: "dim", planned: "keep", running: "checking", done: "unchanged" },
};

/** `twilio:taskrouter:TaskQueue` as the program writes it: `taskrouter.TaskQueue`. */
export function typeText(type: string): string {
  return type.replace(/^twilio:/, "").replaceAll(":", ".");
}

/** `created`, `creating`, `create`, `failed to create`. */
export function verbText(kind: ChangeKind, status: ChangeStatus): string {
  const { planned } = wordings[kind];
  return status === "failed" ? `failed to ${planned.toLowerCase()}` : wordings[kind][status];
}

/** What happens to a resource of which there is nothing else to tell. */
export function kindText(kind: ChangeKind): string {
  return kindTexts[kind];
}

const kindTexts: Readonly<Record<ChangeKind, string>> = {
  create: "new",
  buy: "bought, which costs money",
  adopt: "taken over from Twilio",
  import: "taken over from Twilio",
  update: "written anew, with the same meaning",
  replace: "deleted and made anew",
  delete: "deleted at Twilio",
  leave: "no longer managed, stays at Twilio",
  rename: "stays under another name",
  forget: "no longer managed",
  read: "read",
  same: "unchanged",
};

/** The resource's own SID, without those of its parents. */
export function sidText(id: string | undefined, terminal: Styled): string {
  const sid = id?.split("/").at(-1);
  return sid ? `  ${terminal.style("dim", sid)}` : "";
}

/** One line for one resource. `typeWidth` aligns the names of several. */
export function changeLine(change: ResourceChange, terminal: Styled, typeWidth = 0): string {
  const failed = change.status === "failed";
  const { symbol, style } = wordings[change.kind];
  const verb = verbText(change.kind, change.status).padEnd(failed ? 0 : 8);
  const head = terminal.style(failed ? ["red", "bold"] : style, `${failed ? "✗" : symbol} ${verb}`);
  const id = sidText(change.id, terminal);
  return `${head} ${typeText(change.type).padEnd(typeWidth)}  ${change.name}${id}`.trimEnd();
}

/** Changes whose meaning is told in a terminal, where what is new is a line. */
export const toldInText: readonly ChangeKind[] = ["buy", "update", "replace", "delete"];

/** Changed resources with what changes in each, aligned; replacements come last, where they are read. */
export function changesText(
  changes: readonly ResourceChange[],
  terminal: Styled,
  surroundings: Surroundings = new Surroundings([]),
): string[] {
  const width = Math.max(0, ...changes.map(({ type }) => typeText(type).length));
  const calm = changes.filter(({ kind }) => kind !== "replace");
  const loud = changes.filter(({ kind }) => kind === "replace");
  return [...calm, ...loud].flatMap((change) => [
    changeLine(change, terminal, width),
    ...toldOf(change, toldInText, surroundings).map((statement) => statementText(statement, terminal)),
    ...notesText(change, terminal),
  ]);
}

/** What the provider said about it, indented, as far as the kind of change does not say it already. */
export function notesText({ kind, notes, nowAs, formerly }: ResourceChange, terminal: Styled): string[] {
  const staying = kind === "leave" || kind === "rename";
  const plain = kind === "adopt" ? / as it is$/ : staying ? /^left \S+ in place/ : undefined;
  const names = namesText({ nowAs, formerly });
  return [...names, ...notes.filter((note) => !plain?.test(note))].map((note) =>
    terminal.style("dim", `      ${note}`),
  );
}

/** That only the name of an object is another. */
export function namesText({
  nowAs,
  formerly,
}: {
  nowAs?: string | undefined;
  formerly?: string | undefined;
}): string[] {
  if (nowAs !== undefined) return [`stays, now as ${nowAs}`];
  return formerly === undefined ? [] : [`so far ${formerly}`];
}

/** `filter Billing, target 1: timeout: 60 s → 90 s`, indented; what forces a replacement says so. */
export function statementText({ at, text, danger, replaces }: Statement, terminal: Styled): string {
  const place = at.length > 0 ? `${at.join(", ")}: ` : "";
  const words = text.map((part) => {
    if (typeof part === "string") return part;
    if ("before" in part) return terminal.style("red", part.before);
    return "after" in part ? terminal.style("green", part.after) : part.code;
  });
  const loud = danger && !replaces ? terminal.style(["red", "bold"], "! ") : "";
  const forced = replaces ? terminal.style(["magenta", "bold"], "  (forces replacement)") : "";
  return `      ${loud}${place}${words.join("")}${forced}`;
}

/** `path: old → new`, indented; a property that forces a replacement says so. */
export function propertyText(property: PropertyChange, terminal: Styled): string {
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
