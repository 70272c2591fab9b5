import { isMap, isNode, LineCounter, parseDocument, type Document } from "yaml";
import { z } from "zod";
import { ExitCode } from "../failure/exit-code.ts";
import { Failure } from "../failure/failure.ts";
import { isDay } from "./day.ts";
import { findingKinds, type Finding } from "./finding.ts";

/** Drift that somebody looked at and lets be, for a time. */
export interface BaselineEntry {
  /** As the program names it, its URN, its SID, or the name at Twilio of what is unmanaged. */
  readonly resource: string;
  /** The input that may differ; `kind` where it is about the whole resource. */
  readonly property?: string | undefined;
  readonly kind?: Finding["kind"] | undefined;
  /** Why. */
  readonly comment: string;
  /** Last day on which it is accepted, `2026-12-31`, UTC. */
  readonly expires: string;
  /** Accepts this one value only, and not what the property is changed to next. */
  readonly fingerprint?: string | undefined;
}

export interface Baseline {
  readonly file: string;
  readonly entries: readonly BaselineEntry[];
  /** The file as it is written, to add to. */
  readonly document: Document;
}

const words = (what: string) => z.string({ error: what }).trim().min(1, { error: what });

const date = z
  .string({ error: "needs the last day on which it is accepted, such as 2026-12-31" })
  .refine(isDay, { error: "must be a day, such as 2026-12-31" });

const entry = z
  .strictObject({
    resource: words("needs the name of a resource in the program, its SID, or its name at Twilio"),
    property: words("must be the name of a property, such as permissions")
      .regex(/^\w+$/, {
        error: "must be the name of a property alone, such as limits: parts of it can't be accepted",
      })
      .optional(),
    kind: z.enum(findingKinds, { error: `must be one of ${findingKinds.join(", ")}` }).optional(),
    comment: words("needs the reason why it is accepted"),
    expires: date,
    fingerprint: z
      .string()
      .regex(/^[0-9a-f]{16}$/, {
        error: "must be the 16 digits of a drift's fingerprint, as flex-stack drift prints it",
      })
      .optional(),
  })
  .refine(({ property, kind }) => property !== undefined || kind !== undefined, {
    error: "needs a property that may differ, or a kind (deleted, unmanaged)",
  })
  .refine(({ property, kind }) => property === undefined || kind === undefined || kind === "changed", {
    error: "has a property, so its kind can only be changed",
  });

const file = z.strictObject(
  { accepted: z.array(entry, { error: "must be a list of accepted drift" }).nullable() },
  { error: "must be a map with the key accepted" },
);

/**
 * Reads a baseline, YAML or JSON.
 *
 * @throws Failure that names everything wrong with it, with line and column
 */
export function parseBaseline(text: string, name: string): Baseline {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return `${name}:${line}:${col}`;
  };
  const broken = document.errors.map(({ message, pos }) => `${at(pos[0])} ${message}`);
  if (broken.length > 0) throw invalid(name, broken, "Correct the YAML there.");
  // An empty file accepts nothing.
  if (document.contents === null) return { file: name, entries: [], document };
  const parsed = file.safeParse(document.toJS());
  if (parsed.success) return { file: name, entries: parsed.data.accepted ?? [], document };
  const problems = parsed.error.issues.map((issue) => {
    const offset = at(offsetOf(document, issue.path) ?? 0);
    return `${offset} ${pathText(issue.path)}${problemText(issue)}`;
  });
  throw invalid(name, problems, exampleText);
}

function problemText(issue: z.core.$ZodIssue): string {
  if (issue.code !== "unrecognized_keys") return issue.message;
  return `has ${issue.keys.map((key) => `"${key}"`).join(", ")}, which it can't have`;
}

/** Where the value at a path begins; what is missing is shown at what it is missing in. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number | undefined {
  for (let length = path.length; length >= 0; length--) {
    const node: unknown = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return undefined;
}

function pathText(path: readonly PropertyKey[]): string {
  if (path.length === 0) return "It ";
  const [head = "", ...rest] = path;
  const text = rest.map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`)).join("");
  return `${String(head)}${text} `;
}

const exampleText = `An entry looks like this:
accepted:
  - resource: flex-chat-service
    property: postWebhookUrl
    comment: The archive moves this week
    expires: 2026-12-31`;

function invalid(name: string, problems: readonly string[], fix: string): Failure {
  const count = problems.length === 1 ? "a mistake" : `${problems.length} mistakes`;
  return new Failure({
    what: `The baseline ${name} has ${count}.`,
    why: problems.join("\n"),
    fix,
    exitCode: ExitCode.usage,
  });
}

/** Adds entries at the end and takes others away; the rest stays as it is written. */
export function withEntries(
  { document, entries }: Pick<Baseline, "document" | "entries">,
  added: readonly BaselineEntry[],
  replaced: readonly BaselineEntry[] = [],
): string {
  if (!isMap(document.contents)) document.contents = document.createNode({ accepted: [] });
  if (document.get("accepted") == null) document.set("accepted", document.createNode([]));
  const places = new Set(replaced.map((entry) => entries.indexOf(entry)));
  for (const place of [...places].sort((a, b) => b - a)) document.deleteIn(["accepted", place]);
  for (const entry of added) document.addIn(["accepted"], document.createNode(entry));
  return document.toString({ lineWidth: 0 });
}
