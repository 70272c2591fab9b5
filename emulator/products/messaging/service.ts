import { boolean, integer, oneOf, text, url } from "../../kernel/parameter.ts";
import { resource } from "../../kernel/resource.ts";
import { service } from "./kinds.ts";

const method = oneOf(["POST", "GET"], { default: "POST" });
const usecases = ["notifications", "marketing", "verification", "discussion", "poll", "undeclared"];

export const serviceResource = resource(service, {
  prefix: "MG",
  path: "/v1/Services",
  listKey: "services",
  parameters: {
    FriendlyName: text({ required: true, max: 64 }),
    InboundRequestUrl: url(),
    InboundMethod: method,
    FallbackUrl: url(),
    FallbackMethod: method,
    StatusCallback: url(),
    StickySender: boolean({ default: true }),
    MmsConverter: boolean({ default: true }),
    SmartEncoding: boolean({ default: true }),
    ScanMessageContent: oneOf(["inherit", "enable", "disable"], { default: "inherit" }),
    FallbackToLongCode: boolean({ default: true }),
    AreaCodeGeomatch: boolean({ default: true }),
    ValidityPeriod: integer({ min: 1, max: 36_000, default: 36_000 }),
    SynchronousValidation: boolean({ default: false }),
    Usecase: oneOf(usecases, { default: "undeclared" }),
    UseInboundWebhookOnNumber: boolean({ default: false }),
  },
  links: {
    phone_numbers: "/PhoneNumbers",
    short_codes: "/ShortCodes",
    alpha_senders: "/AlphaSenders",
    messages: "/Messages",
    us_app_to_person: "/Compliance/Usa2p",
    us_app_to_person_usecases: "/Compliance/Usa2p/Usecases",
    channel_senders: "/ChannelSenders",
    destination_alpha_senders: "/DestinationAlphaSenders",
  },
  hidden: ["autocreates_conversations"],
  render: () => ({ us_app_to_person_registered: false }),
});
