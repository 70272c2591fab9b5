import type { ChangeKind, ChangeStatus } from "../changes/resource-change.ts";

interface Verb {
  planned: string;
  running: string;
  done: string;
}

const verbs: Readonly<Record<ChangeKind, Verb>> = {
  create: { planned: "create", running: "creating", done: "created" },
  buy: { planned: "BUY", running: "buying", done: "BOUGHT" },
  adopt: { planned: "adopt", running: "adopting", done: "adopted" },
  update: { planned: "update", running: "updating", done: "updated" },
  replace: { planned: "REPLACE", running: "replacing", done: "REPLACED" },
  delete: { planned: "delete", running: "deleting", done: "deleted" },
  leave: { planned: "leave", running: "leaving", done: "left" },
  rename: { planned: "rename", running: "renaming", done: "renamed" },
  import: { planned: "import", running: "importing", done: "imported" },
  read: { planned: "read", running: "reading", done: "read" },
  forget: { planned: "forget", running: "forgetting", done: "forgotten" },
  same: { planned: "keep", running: "checking", done: "unchanged" },
};

/** `twilio:taskrouter:TaskQueue` as the program writes it: `taskrouter.TaskQueue`. */
export function typeText(type: string): string {
  return type.replace(/^twilio:/, "").replaceAll(":", ".");
}

/** `created`, `creating`, `create`, `failed to create`. */
export function verbText(kind: ChangeKind, status: ChangeStatus): string {
  return status === "failed" ? `failed to ${verbs[kind].planned.toLowerCase()}` : verbs[kind][status];
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
