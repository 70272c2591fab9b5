/** A part of a sentence. Text is plain and may hold anything: whoever shows it escapes it. */
export type Phrase =
  | string
  /** A value, an expression, a SID: set apart from prose. */
  | { readonly code: string }
  /** What was there before, and what is there now. */
  | { readonly before: string }
  | { readonly after: string }
  /** What becomes of a message that no agent gets, before or now: `canceled`. */
  | { readonly lost: string }
  /** What the stack declares and what the account has, where neither is the newer one. */
  | { readonly declared: string }
  | { readonly found: string };

/** `consequence`: nothing that was written, but what follows from it, such as where tasks now go. */
export type Action = "add" | "remove" | "change" | "move" | "rename" | "consequence";

/**
 * One thing that differs about a resource, as a person would say it. The words take no side between "will"
 * and "was", so that a plan and a drift can both be told with them.
 */
export interface Statement {
  readonly action: Action;
  /** Where in the resource, outermost first: `["filter Billing", "target 2"]`. Empty for the resource itself. */
  readonly at: readonly string[];
  readonly text: readonly Phrase[];
  /** Messages or agents are lost when nobody looks at it. */
  readonly danger: boolean;
  /** The resource is deleted and made anew for it. */
  readonly replaces: boolean;
}

/** A statement about a value: `label: old → new`, `label: new added`, `label: old removed`. */
export function changed(
  at: readonly string[],
  label: string,
  before: Phrase | undefined,
  after: Phrase | undefined,
): Statement {
  const head = label === "" ? [] : [`${label}: `];
  if (before === undefined) return said("add", at, [...head, after ?? "", " added"]);
  if (after === undefined) return said("remove", at, [...head, before, " removed"]);
  return said("change", at, [...head, before, " → ", after]);
}

/** A statement in free words. */
export function said(
  action: Action,
  at: readonly string[],
  text: readonly Phrase[],
  { danger = false, replaces = false }: Partial<Pick<Statement, "danger" | "replaces">> = {},
): Statement {
  return { action, at, text, danger, replaces };
}

/** The words alone, as one line. */
export function phraseText(text: readonly Phrase[]): string {
  return text.map((part) => (typeof part === "string" ? part : Object.values(part).join(""))).join("");
}
