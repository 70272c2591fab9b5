/** A message that a handler's TwiML sends. */
export interface TwimlMessage {
  readonly text: string;
  /** Whom to; undefined: whoever wrote. */
  readonly to: string | undefined;
  readonly mediaUrls: readonly string[];
}

/** What is wrong with an answer, in Twilio's codes. */
export interface TwimlError {
  readonly code: number;
  readonly text: string;
}

/**
 * Reads the messages out of a handler's answer: `<Response><Message>…</Message></Response>`, or plain text, which is
 * one message. Other verbs are no matter of messages and are passed over.
 */
export function readReplies(
  body: string,
  contentType: string,
): { replies: readonly TwimlMessage[]; error?: TwimlError } {
  const text = body.trim();
  if (text === "") return { replies: [] };
  if (/^text\/plain/i.test(contentType)) return { replies: [{ text, to: undefined, mediaUrls: [] }] };
  if (!/xml|html/i.test(contentType))
    return {
      replies: [],
      error: { code: 12300, text: `content type ${contentType || "none"}, which is no TwiML` },
    };
  const document = text
    .replace(/^\uFEFF?<\?xml[^>]*\?>/, "")
    .replace(/<!--[\s\S]*?-->/g, "")
    .trim();
  const response = /^<Response\s*(?:\/>|>([\s\S]*)<\/Response>)$/.exec(document);
  if (response === null) return { replies: [], error: { code: 12100, text: "no well-formed <Response>" } };
  return { replies: [...(response[1] ?? "").matchAll(messageTag)].map(readMessage) };
}

const messageTag = /<Message\b([^>]*?)(?:\/>|>([\s\S]*?)<\/Message>)/g;

function readMessage([, attributes = "", content = ""]: RegExpMatchArray): TwimlMessage {
  const bodies = [...content.matchAll(/<Body\b[^>]*>([\s\S]*?)<\/Body>/g)].map(([, inner = ""]) => inner);
  const mediaUrls = [...content.matchAll(/<Media\b[^>]*>([\s\S]*?)<\/Media>/g)].map(([, inner = ""]) =>
    unescape(inner.trim()),
  );
  const own = content.replace(/<(Body|Media)\b[\s\S]*?<\/\1>/g, "").trim();
  return {
    text: unescape((bodies.length > 0 ? bodies.join("") : own).trim()),
    to: /\bto\s*=\s*["']([^"']*)["']/.exec(attributes)?.[1],
    mediaUrls: mediaUrls.filter((url) => URL.canParse(url)),
  };
}

const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function unescape(text: string): string {
  const cdata = /^<!\[CDATA\[([\s\S]*)\]\]>$/.exec(text)?.[1];
  if (cdata !== undefined) return cdata;
  return text.replace(
    /&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi,
    (entity, hex?: string, decimal?: string, name?: string) => {
      if (name !== undefined) return entities[name] ?? entity;
      const code = hex === undefined ? Number(decimal) : parseInt(hex, 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : entity;
    },
  );
}
