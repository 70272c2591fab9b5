import { findDocument } from "../../kernel/crud.ts";
import type { Document } from "../../kernel/document.ts";
import type { Reply, RequestContext } from "../../kernel/request.ts";
import { resource } from "../../kernel/resource.ts";
import { type Media, media } from "./kinds.ts";
import { messageResource } from "./message.ts";
import { timeFilters } from "./timeRange.ts";

export const mediaResource = resource(media, {
  prefix: "ME",
  path: "/2010-04-01/Accounts/{AccountSid}/Messages/{MessageSid}/Media.json",
  parent: messageResource,
  listKey: "media_list",
  operations: ["fetch", "list", "delete"],
  hidden: ["message_sid", "source"],
  filters: {
    ...timeFilters("DateCreated", ({ created }: Document<Media>) => created),
  },
  render: ({ parentSid }) => ({ parent_sid: parentSid }),
});

/** Where a handler fetches the content of a message's media from. */
export function mediaUrl({ accountSid, parentSid, sid }: Document<Media>): string {
  return `https://api.twilio.com/2010-04-01/Accounts/${accountSid}/Messages/${parentSid}/Media/${sid}`;
}

/** Answers a request for the content, which is where it came from. */
export function fetchContent(request: RequestContext): Reply {
  const { source } = findDocument(request, mediaResource).fields;
  return { status: 307, headers: { location: source } };
}
