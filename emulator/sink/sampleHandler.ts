/** A request as a handler sees it. */
export interface Asked {
  readonly method: string;
  /** The fields of its form, or of the query where it has none. */
  readonly fields: URLSearchParams;
}

export interface Answered {
  readonly contentType: string;
  readonly body: string;
}

/** How much of a text is said back, in characters. */
const longestQuote = 60;

/**
 * A handler to start from: a text gets an answer by TwiML; everything else is told that nothing is to be changed, which is
 * right for events, for what is asked before them, and for the assignment of a task.
 */
export function sampleAnswer({ fields }: Asked): Answered {
  if (!isText(fields)) return { contentType: "application/json", body: "{}" };
  const text = fields.get("Body") ?? "";
  const quote = text.length > longestQuote ? `${text.slice(0, longestQuote)}…` : text;
  const answer = `Sample handler: got "${quote}". Your own program on this port answers in its place.`;
  return {
    contentType: "text/xml",
    body: `<?xml version="1.0" encoding="UTF-8"?>\n<Response><Message>${escaped(answer)}</Message></Response>`,
  };
}

/** Whether somebody's text came in; status callbacks and events have a MessageSid, too. */
function isText(fields: URLSearchParams): boolean {
  return (
    ["MessageSid", "From", "To", "Body", "NumMedia"].every((name) => fields.has(name)) &&
    !fields.has("EventType")
  );
}

/** As XML has a text: without what it can't have at all. */
function escaped(text: string): string {
  return text
    .toWellFormed()
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
}
