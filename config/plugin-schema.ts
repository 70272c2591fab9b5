import { z } from "zod";
import { keyed, reference, settings, text, webhookUrl } from "./setting.ts";

/** `flex-messaging:plugin`: what the Flex UI plugin does in agents' browsers. */
export const plugin = settings({
  autoAccept: settings({
    taskChannels: z
      .array(reference("a task channel whose tasks may be accepted by themselves"), {
        error: "set a list of task channels",
      })
      .optional(),
  }).optional(),
  taskChannels: keyed(
    settings({
      channelType: text("the channelType of tasks on other task channels", 64).optional(),
      label: text("what agents read", 64)
        .regex(/^[^{}<>]+$/, { error: "set a text without {}<>, which Flex takes for a template of HTML" })
        .optional(),
      icon: text("the name of an icon of Flex, e.g. Sms", 64).optional(),
      iconActive: text("the name of an icon of Flex, e.g. SmsBold", 64).optional(),
      color: text("a colour", 32)
        .regex(/^(#([0-9a-f]{3,4}|([0-9a-f]{2}){3,4})|[a-z]+)$/i, {
          error: "set a colour, in quotes, e.g. '#0B7A75'",
        })
        .optional(),
    }),
    "custom task channels",
  ).optional(),
  orchestration: settings({ handlerUrl: webhookUrl().optional() }).optional(),
});
