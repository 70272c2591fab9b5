import { versioned } from "../../kernel/dialect.ts";
import type { Product } from "../../kernel/product.ts";
import { operationsOf } from "../../operations.ts";
import { tellCallback } from "./callback.ts";
import { createSession } from "./createSession.ts";
import { followMessages, interactionResource } from "./interaction.ts";
import { createMessageInteraction, messageInteractionResource } from "./messageInteraction.ts";
import { participantResource, removeParticipant } from "./participant.ts";
import { addPhoneNumber, followNumbers, phoneNumberResource } from "./phoneNumber.ts";
import { serviceResource } from "./service.ts";
import { sessionResource } from "./session.ts";

export const proxy: Product = {
  host: "proxy",
  dialect: versioned,
  operations: operationsOf("proxy.twilio.com"),
  resources: [
    serviceResource,
    phoneNumberResource,
    sessionResource,
    participantResource,
    interactionResource,
    messageInteractionResource,
  ],
  routes: [
    { method: "POST", path: phoneNumberResource.path, handle: addPhoneNumber },
    { method: "POST", path: sessionResource.path, handle: createSession },
    { method: "DELETE", path: participantResource.instancePath, handle: removeParticipant },
    { method: "POST", path: messageInteractionResource.path, handle: createMessageInteraction },
  ],
  onChange(change, context) {
    followNumbers(change, context);
    followMessages(change, context);
    tellCallback(change, context);
  },
};
