import { isSid } from "../../provider/access.ts";

/** The end from which a journey is looked for. */
export type Subject =
  | { readonly kind: "message"; readonly sid: string }
  | { readonly kind: "from"; readonly number: string; readonly sinceMs: number }
  | { readonly kind: "task"; readonly sid: string }
  | { readonly kind: "channel"; readonly sid: string };

/** How the SIDs begin that a journey can be looked for by. */
export const subjectPrefixes = {
  message: ["SM", "MM"],
  task: ["WT"],
  channel: ["CH"],
} as const;

/** Whether a text is a SID by which such a thing can be looked for. */
export function isSubjectSid(kind: keyof typeof subjectPrefixes, text: string): boolean {
  return subjectPrefixes[kind].some((prefix) => isSid(text, prefix));
}
