import type { Context } from "../../kernel/context.ts";
import { invalid } from "../../kernel/errors.ts";
import { boolean, integer, oneOf, type Parameter, sid, text, url } from "../../kernel/parameter.ts";
import { type Draft, resource } from "../../kernel/resource.ts";
import { service as chatService } from "../chat/kinds.ts";
import { complete, typeOf } from "./integration.ts";
import { type FlexFlow, flexFlow } from "./kinds.ts";

/** A part of the integration: only those of its type are kept. */
const part = (parameter: Parameter): Parameter => ({ ...parameter, default: undefined });

export const flexFlowResource = resource(flexFlow, {
  prefix: "FO",
  path: "/v1/FlexFlows",
  listKey: "flex_flows",
  parameters: {
    FriendlyName: text({ required: true }),
    ChatServiceSid: sid("IS", { required: true }),
    ChannelType: oneOf(["web", "sms", "facebook", "whatsapp", "line", "custom"], { required: true }),
    ContactIdentity: text(),
    Enabled: boolean({ default: false }),
    IntegrationType: oneOf(["studio", "external", "task"]),
    "Integration.FlowSid": part(sid("FW")),
    "Integration.Url": part(url()),
    "Integration.WorkspaceSid": part(sid("WS")),
    "Integration.WorkflowSid": part(sid("WW")),
    "Integration.Channel": part(text()),
    // In seconds.
    "Integration.Timeout": part(integer({ min: 1 })),
    "Integration.Priority": part(integer({ min: 0 })),
    "Integration.CreationOnMessage": part(boolean()),
    "Integration.RetryCount": part(integer({ min: 0, max: 3 })),
    LongLived: boolean({ default: false }),
    JanitorEnabled: boolean({ default: false }),
  },
  indexed: ["contact_identity"],
  filters: { FriendlyName: { field: "friendly_name" } },
  beforeWrite(draft, context) {
    const { fields, input } = draft;
    if (
      input["ChatServiceSid"] !== undefined &&
      context.of(chatService).get(fields.chat_service_sid) === undefined
    )
      throw invalid(
        `Flex Flow creation failed: chat service ${fields.chat_service_sid} does not exist`,
        45212,
      );
    fields.integration_type ??= typeOf(fields.integration ?? {});
    fields.integration = complete(fields.integration_type, fields.integration ?? {});
    refuseCollision(draft, context);
  },
});

/**
 * Two enabled flows for the same contact would both answer it. Twilio says that flows collide, not when; that an
 * outbound flow needs the Studio flow of the same identity disabled tells that disabled ones don't.
 */
function refuseCollision({ fields, previous }: Draft<FlexFlow>, context: Context): void {
  const { enabled, contact_identity, channel_type, chat_service_sid } = fields;
  if (!enabled || contact_identity === null) return;
  const others = context
    .of(flexFlow)
    .all(context.accountSid, { field: "contact_identity", value: contact_identity });
  const other = others.find(
    (candidate) =>
      candidate.sid !== previous?.sid &&
      candidate.fields.enabled &&
      candidate.fields.channel_type === channel_type &&
      candidate.fields.chat_service_sid === chat_service_sid,
  );
  if (other === undefined) return;
  throw invalid(
    `Flex Flow creation failed: it collides with ${other.sid}, which is enabled for ${channel_type} contacts of ` +
      contact_identity,
    45212,
  );
}
