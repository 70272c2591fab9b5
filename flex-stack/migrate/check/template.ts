/** Attributes of a flow's Send to Flex: what a task of a conversation gets by them. */
export interface TemplateAttributes {
  /** Names of the attributes that have something to say in a conversation. */
  readonly filled: ReadonlySet<string>;
  /** Those that are empty there, and the variable that only Chat has. */
  readonly empty: ReadonlyMap<string, string>;
}

/** What a flow started by a conversation knows of its trigger: https://www.twilio.com/docs/studio. */
const triggerVariables = new Set([
  "ConversationSid",
  "ChannelSid",
  "InstanceSid",
  "MessageSid",
  "ParticipantSid",
  "Body",
  "From",
  "Author",
  "Source",
  "Attributes",
  "ChannelAttributes",
  "AccountSid",
  "EventType",
  "Index",
  "DateCreated",
  "ChatServiceSid",
  "WebhookSid",
  "RetryCount",
  "Media",
]);

/**
 * Reads the JSON of a Send to Flex with its Liquid variables in it. Undefined where it is none before it is filled in: what
 * its tasks get can't be told then.
 */
export function readTemplate(text: string): TemplateAttributes | undefined {
  const variables: string[] = [];
  // A mark in place of each variable keeps the text JSON, in quotes or without.
  const marked = text.replaceAll(/\{\{-?\s*([^}]*?)\s*-?\}\}/g, (_, expression: string, at: number) => {
    const mark = `liquid:${variables.push(expression) - 1};`;
    return isQuoted(text, at) ? mark : JSON.stringify(mark);
  });
  if (/\{%/.test(marked)) return undefined;
  let parsed: unknown;
  try {
    parsed = JSON.parse(marked.trim() || "{}");
  } catch {
    return undefined;
  }
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) return undefined;
  const filled = new Set<string>();
  const empty = new Map<string, string>();
  for (const [name, value] of Object.entries(parsed)) {
    const lacking = typeof value === "string" ? onlyOfChat(value, variables) : undefined;
    if (lacking === undefined) filled.add(name);
    else empty.set(name, lacking);
  }
  return { filled, empty };
}

/** The variable of a text that says nothing but what a conversation does not have; nothing for one that says something. */
function onlyOfChat(value: string, variables: readonly string[]): string | undefined {
  const parts = value.split(/(liquid:\d+;)/).filter((part) => part !== "");
  const marks = parts.map((part) => /^liquid:(\d+);$/.exec(part)?.[1]);
  if (parts.length === 0 || marks.includes(undefined)) return undefined;
  const named = marks.map((mark) => variables[Number(mark)] ?? "");
  return named.every(isOnlyOfChat) ? named[0] : undefined;
}

/** `trigger.message.ChannelAttributes.proxySession`: a conversation's own attributes hold nothing of Flex. */
function isOnlyOfChat(expression: string): boolean {
  // With a filter it may have a default.
  if (expression.includes("|")) return false;
  const [first, second, name, ...below] = expression.split(".");
  if (first !== "trigger" || (second !== "message" && second !== "conversation") || name === undefined)
    return false;
  return name === "ChannelAttributes" ? below.length > 0 : !triggerVariables.has(name);
}

function isQuoted(text: string, at: number): boolean {
  let inside = false;
  for (let index = 0; index < at; index++) {
    if (text[index] === "\\" && inside) index++;
    else if (text[index] === '"') inside = !inside;
  }
  return inside;
}
