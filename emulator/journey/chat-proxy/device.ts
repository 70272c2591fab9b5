import * as z from "zod";
import { invalid } from "../../kernel/errors.ts";
import type { Kernel } from "../../kernel/kernel.ts";
import type { OwnEndpoint } from "../../kernel/ownEndpoints.ts";
import { messageTypes, register } from "../../products/chat/binding.ts";

const given = z.strictObject({
  /** SID of the chat service. */
  serviceSid: z.string(),
  /** Chat identity of the device's user. */
  identity: z.string().min(1).max(512),
  /** What the device is known by at the push service. */
  endpoint: z.string().min(1),
  credentialSid: z.string(),
  messageTypes: z.array(z.enum(messageTypes)).optional(),
});

/**
 * `POST /_emulator/bindings` registers a device for pushes, as Chat's clients do over a protocol of their own:
 * `{serviceSid, identity, endpoint, credentialSid, messageTypes}`. Nothing is ever pushed to it.
 */
export function deviceEndpoint(kernel: Kernel, accountSid: string): OwnEndpoint {
  return {
    method: "POST",
    path: "/bindings",
    handle({ body }) {
      const parsed = given.safeParse(body);
      if (!parsed.success)
        throw invalid(
          "The device can't be registered. Send {serviceSid, identity, endpoint, credentialSid, messageTypes}:\n" +
            z.prettifyError(parsed.error),
        );
      kernel.catchUp();
      return kernel.transaction(accountSid, (context) => ({ sid: register(context, parsed.data).sid }));
    },
  };
}
