import * as z from "zod";
import type { Context } from "../kernel/context.ts";
import type { Document } from "../kernel/document.ts";
import { invalid, notFound, TwilioError } from "../kernel/errors.ts";
import type { Kernel } from "../kernel/kernel.ts";
import type { OwnEndpoint } from "../kernel/ownEndpoints.ts";
import { channel as chatChannel, message as chatMessage } from "../products/chat/kinds.ts";
import { mediaAttributes } from "../products/chat/message.ts";
import { receive } from "./text/inbound.ts";
import { type JournalEntry, journeyOf, note } from "./shared/journal.ts";

const body = z.string().max(1600, "is longer than 1600 characters").default("");
/** Addresses of pictures and other files. */
const mediaUrls = z
  .array(z.url({ protocol: /^https?$/, error: "must be an address of the web" }))
  .max(10, "are more than 10 files")
  .default([]);

/** A text of somebody's phone. */
const text = z.strictObject({
  from: z.string().regex(/^\+[1-9]\d{6,14}$/, "must be E.164, e.g. +14155550100"),
  to: z.string(),
  body,
  mediaUrls,
});

/** What a visitor says in a web chat. */
const chat = z.strictObject({
  /** SID of the chat channel. */
  channelSid: z.string(),
  /** Chat identity of who says it. */
  from: z.string().min(1),
  body,
  mediaUrls,
});

/**
 * The endpoints of journeys; `settled` resolves when no webhook is under way.
 *
 * `POST /_emulator/messages` lets a message come in, as if somebody had sent it: `{from, to, body, mediaUrls}`, or
 * `{channelSid, from, body, mediaUrls}` in a web chat. `GET /_emulator/journeys/{SID of the message or its chat channel}` tells
 * what happened to it.
 */
export function messageEndpoints(
  kernel: Kernel,
  accountSid: string,
  settled: () => Promise<void>,
): OwnEndpoint[] {
  return [
    {
      method: "POST",
      path: "/messages",
      handle({ body: content }) {
        const message = read(content);
        kernel.catchUp();
        const sid = kernel.transaction(accountSid, (context) =>
          "channelSid" in message ? say(context, message) : receive(context, message).sid,
        );
        return { sid };
      },
    },
    {
      method: "GET",
      path: "/journeys/:sid",
      async handle({ parameters: { sid = "" } }) {
        // Whom the journey waits for may still be asked.
        await settled();
        kernel.catchUp();
        const { conversation, entries } = kernel.transaction(accountSid, (context) =>
          journeyOf(context, sid),
        );
        if (entries.length === 0) throw notFound(`/_emulator/journeys/${sid}`);
        return { conversation, entries: entries.map(describe) };
      },
    },
  ];
}

function describe({ created, fields: { leads_to: _leadsTo, ...fields } }: Document<JournalEntry>): object {
  return { time: new Date(created).toISOString(), ...fields };
}

function say(context: Context, { channelSid, ...said }: z.output<typeof chat>): string {
  if (context.of(chatChannel).get(channelSid) === undefined)
    throw new TwilioError(404, 50300, `Chat channel ${channelSid} does not exist`);
  const { sid } = context.of(chatMessage).create(channelSid, {
    From: said.from,
    Body: said.body,
    Attributes: mediaAttributes(said.mediaUrls),
  });
  note(context, sid, "chat", `Message put into chat channel ${channelSid}`, sid, channelSid);
  return sid;
}

function read(content: unknown): z.output<typeof text> | z.output<typeof chat> {
  // A union of both would say of a mistake only that there is one.
  const isChat = typeof content === "object" && content !== null && "channelSid" in content;
  const parsed = (isChat ? chat : text).safeParse(content);
  if (parsed.success) return parsed.data;
  throw invalid(
    "The message can't come in. Send {from, to, body, mediaUrls}, or {channelSid, from, body, mediaUrls} for a web chat:\n" +
      z.prettifyError(parsed.error),
  );
}
