import { versioned } from "../../kernel/dialect.ts";
import type { Product } from "../../kernel/product.ts";
import { operationsOf } from "../../operations.ts";
import { tellCallback } from "./callback.ts";
import { followMessages, interaction } from "./interaction.ts";
import { createMessageInteraction, messageInteraction } from "./messageInteraction.ts";
import { participant, removeParticipant } from "./participant.ts";
import { addPhoneNumber, followNumbers, phoneNumber } from "./phoneNumber.ts";
import { service } from "./service.ts";
import { createSession, session } from "./session.ts";

export const proxy: Product = {
  host: "proxy",
  dialect: versioned,
  operations: operationsOf("proxy.twilio.com"),
  resources: [service, phoneNumber, session, participant, interaction, messageInteraction],
  routes: [
    { method: "POST", path: phoneNumber.path, handle: addPhoneNumber },
    { method: "POST", path: session.path, handle: createSession },
    { method: "DELETE", path: participant.instancePath, handle: removeParticipant },
    { method: "POST", path: messageInteraction.path, handle: createMessageInteraction },
  ],
  onChange(change, context) {
    followNumbers(change, context);
    followMessages(change, context);
    tellCallback(change, context);
  },
};
