import type { Context } from "../../kernel/context.ts";
import type { Document } from "../../kernel/document.ts";
import { type Media, media, type Message, message, type MessageStatus } from "./kinds.ts";

const types: Readonly<Record<string, string>> = {
  gif: "image/gif",
  jpeg: "image/jpeg",
  jpg: "image/jpeg",
  mp4: "video/mp4",
  pdf: "application/pdf",
  png: "image/png",
  vcf: "text/vcard",
};

/** Keeps where a file of a message is. */
function addMedia(context: Context, messageSid: string, source: string): Document<Media> {
  const extension = /\.(\w+)$/.exec(new URL(source).pathname)?.[1]?.toLowerCase() ?? "";
  const fields = { content_type: types[extension] ?? "application/octet-stream", source };
  return context.of(media).insert(messageSid, fields);
}

/** A message to be stored. */
export interface NewMessage {
  readonly from: string;
  readonly to: string;
  readonly body: string;
  readonly mediaUrls?: readonly string[];
  readonly direction: Message["direction"];
  readonly status: MessageStatus;
  readonly messagingServiceSid?: string | null;
  readonly statusCallback?: string | null;
  /** Why it failed. */
  readonly error?: { readonly code: number; readonly message: string } | undefined;
}

/** Stores a message, `MM…` when it has media and `SM…` else, with its media. */
export function addMessage(context: Context, given: NewMessage): Document<Message> {
  const { from, to, body, mediaUrls = [], direction, status } = given;
  const isMedia = mediaUrls.length > 0;
  const added = context.of(message).insert(
    context.accountSid,
    {
      from,
      to,
      body,
      num_segments: isMedia ? "1" : String(segments(body)),
      num_media: String(mediaUrls.length),
      direction,
      status,
      messaging_service_sid: given.messagingServiceSid ?? null,
      error_code: given.error?.code ?? null,
      error_message: given.error?.message ?? null,
      price: null,
      price_unit: "USD",
      api_version: "2010-04-01",
      // What comes in was sent when it came.
      sent: status === "received" ? context.now : null,
      status_callback: given.statusCallback ?? null,
    },
    context.newSid(isMedia ? "MM" : "SM"),
  );
  for (const mediaUrl of mediaUrls) addMedia(context, added.sid, mediaUrl);
  return added;
}

/** Parts of a text on its way: 160 characters of the GSM alphabet or 70 of any other, a little less when there are several. */
export function segments(body: string): number {
  const isGsm = /^[\x20-\x5a\x5f\x61-\x7a\n\r£¥èéùìòÇØøÅåÆæßÉÄÖÑÜ§¿äöñüà¡]*$/u.test(body);
  const [single, several] = isGsm ? [160, 153] : [70, 67];
  return body.length <= single ? 1 : Math.ceil(body.length / several);
}
