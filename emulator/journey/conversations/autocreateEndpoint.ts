import * as z from "zod";
import { invalid, notFound } from "../../kernel/errors.ts";
import type { Kernel } from "../../kernel/kernel.ts";
import type { OwnEndpoint } from "../../kernel/ownEndpoints.ts";
import { service } from "../../products/messaging/kinds.ts";

const given = z.strictObject({ autocreate: z.boolean() });

/**
 * `POST /_emulator/messaging-services/{SID}` with `{"autocreate": true}` has a Messaging Service open a conversation for
 * each text to one of its senders, in place of the sender's own URL. At Twilio only the console can set that.
 */
export function autocreateEndpoint(kernel: Kernel, accountSid: string): OwnEndpoint {
  return {
    method: "POST",
    path: "/messaging-services/:sid",
    handle({ parameters: { sid = "" }, body }) {
      const parsed = given.safeParse(body);
      if (!parsed.success)
        throw invalid(
          `The Messaging Service can't be set so. Send {autocreate}:\n${z.prettifyError(parsed.error)}`,
        );
      const { autocreate } = parsed.data;
      kernel.catchUp();
      return kernel.transaction(accountSid, (context) => {
        const services = context.of(service);
        const found = services.get(sid);
        if (found === undefined) throw notFound(`/_emulator/messaging-services/${sid}`);
        services.amend(found, { ...found.fields, autocreates_conversations: autocreate });
        return { sid, autocreate };
      });
    },
  };
}
