import type { Context, Reply, RequestContext } from "../../kernel/context.ts";
import { findDocument } from "../../kernel/crud.ts";
import { type Document, resource, type Resource } from "../../kernel/resource.ts";
import { message } from "./message.ts";
import { timeFilters } from "./timeRange.ts";

/** A picture or other file of a message; the local Twilio keeps its address, not its content. */
export interface Media {
  content_type: string;
  source: string;
}

export const media: Resource<Media> = resource<Media>({
  kind: "api.Media",
  prefix: "ME",
  path: "/2010-04-01/Accounts/{AccountSid}/Messages/{MessageSid}/Media.json",
  parent: () => message,
  listKey: "media_list",
  operations: ["fetch", "list", "delete"],
  hidden: ["message_sid", "source"],
  filters: {
    ...timeFilters("DateCreated", ({ created }: Document<Media>) => created),
  },
  render: ({ parentSid }) => ({ parent_sid: parentSid }),
});

const types: Readonly<Record<string, string>> = {
  gif: "image/gif",
  jpeg: "image/jpeg",
  jpg: "image/jpeg",
  mp4: "video/mp4",
  pdf: "application/pdf",
  png: "image/png",
  vcf: "text/vcard",
};

export function addMedia(context: Context, messageSid: string, source: string): Document<Media> {
  const extension = /\.(\w+)$/.exec(new URL(source).pathname)?.[1]?.toLowerCase() ?? "";
  const fields = { content_type: types[extension] ?? "application/octet-stream", source };
  return context.of(media).insert(messageSid, fields);
}

/** Where a handler fetches the content of a message's media from. */
export function mediaUrl({ accountSid, parentSid, sid }: Document<Media>): string {
  return `https://api.twilio.com/2010-04-01/Accounts/${accountSid}/Messages/${parentSid}/Media/${sid}`;
}

/** Answers a request for the content, which is where it came from. */
export function fetchContent(request: RequestContext): Reply {
  const { source } = findDocument(request, media).fields;
  return { status: 307, headers: { location: source } };
}
