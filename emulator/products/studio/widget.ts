/** What a definition must and may say in the properties of a widget. */
export interface Widget {
  readonly required: readonly string[];
  readonly optional: readonly string[];
}

const message = ["service", "channel", "attributes", "media_url", "message_type", "content_sid"];
const content = ["content_variables", "content_template_id"];

/**
 * The widgets that messages meet; definitions that misuse one are refused. They are also named in
 * provider/resources/studio/widgets.ts: provider and emulator are held against each other and share nothing.
 */
export const widgets: Readonly<Record<string, Widget>> = {
  trigger: { required: [], optional: [] },
  "send-message": { required: ["from", "to", "body"], optional: [...message, ...content] },
  "send-and-wait-for-reply": {
    required: ["from", "body", "timeout"],
    optional: ["to", "save_response_as", ...message, ...content],
  },
  "send-to-flex": {
    required: ["workflow", "channel"],
    optional: ["attributes", "priority", "timeout", "waitUrl", "waitUrlMethod"],
  },
  "split-based-on": { required: ["input"], optional: [] },
  "set-variables": { required: [], optional: ["variables"] },
  "make-http-request": {
    required: ["method", "url", "content_type"],
    optional: ["body", "parameters", "add_twilio_auth", "save_response_as"],
  },
  "run-function": {
    required: ["url"],
    optional: ["service_sid", "environment_sid", "function_sid", "parameters", "save_response_as"],
  },
  "run-subflow": { required: ["flow_sid", "flow_revision"], optional: ["parameters"] },
};

/**
 * The other types that Studio has by its schema (https://www.twilio.com/docs/studio/rest-api/v2/schemas), or had. What
 * they may say is theirs: the local Twilio never runs them.
 */
const otherWidgets: readonly string[] = [
  "add-member-to-chat-channel",
  "add-twiml-redirect",
  "capture-payments",
  "connect-call-to",
  "connect-virtual-agent",
  "connect-virtual-agent-v2",
  "create-chat-channel",
  "create-task",
  "enqueue-call",
  "fork-stream",
  "gather-input-on-call",
  "make-outgoing-call-v1",
  "make-outgoing-call-v2",
  "record-call",
  "record-voicemail",
  "run-function-v2",
  "say-play",
  "send-to-auto-pilot",
  "understand",
  "update-sync-object",
];

/** Whether a type is known here, be it run or not. */
export function isKnownType(type: string): boolean {
  return Object.hasOwn(widgets, type) || otherWidgets.includes(type);
}

/**
 * Whether Studio may have a type. It has ever more of them, and a flow is kept with those that nobody here knows; what is
 * not written like one of Studio's, or like a known one but for a slip or two, is none.
 */
export function isTypeOfStudio(type: string): boolean {
  // A version is no slip.
  if (isKnownType(type) || isKnownType(type.replace(/-v\d+$/, ""))) return true;
  if (type.length > 64) return false;
  const known = [...Object.keys(widgets), ...otherWidgets];
  return /^[a-z0-9]+(-[a-z0-9]+)+$/.test(type) && known.every((each) => slips(type, each) > 2);
}

/** How many letters are wrong, missing or too many in a word that is to be another. */
function slips(given: string, meant: string): number {
  let row = Array.from({ length: meant.length + 1 }, (_, index) => index);
  for (const [index, letter] of [...given].entries()) {
    const next = [index + 1];
    for (let at = 0; at < meant.length; at++)
      next.push(Math.min(next[at]! + 1, row[at + 1]! + 1, row[at]! + (letter === meant[at] ? 0 : 1)));
    row = next;
  }
  return row[meant.length]!;
}
