/** A property that a widget must have, or properties of which it must have one. */
export type Requirement = string | readonly string[];

const body = ["body", "content_sid"] as const;

/**
 * What each type of widget must say in its properties. Studio has more types; those it judges by itself when
 * the definition is validated. The types are also named in emulator/products/studio/widget.ts: provider and emulator are
 * held against each other and share nothing.
 */
export const requirements: Readonly<Record<string, readonly Requirement[]>> = {
  trigger: [],
  "send-message": ["from", "to", body],
  "send-and-wait-for-reply": ["from", body, "timeout"],
  "send-to-flex": ["workflow", "channel"],
  "split-based-on": ["input"],
  "set-variables": [],
  "make-http-request": ["method", "url", "content_type"],
  "run-function": ["url"],
  "run-subflow": ["flow_sid", "flow_revision"],
};
