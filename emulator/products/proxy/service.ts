import { invalid, TwilioError } from "../../kernel/errors.ts";
import { integer, oneOf, sid, text, url } from "../../kernel/parameter.ts";
import { resource } from "../../kernel/resource.ts";
import { service as chatService } from "../chat/kinds.ts";
import { phoneNumber, service } from "./kinds.ts";
import { releaseNumber } from "./numberUrls.ts";

/** The API's document and its manual name different levels; both are taken. */
const geoMatchLevels = ["country", "area-code", "extended-area-code", "overlay", "radius"];

export const serviceResource = resource(service, {
  prefix: "KS",
  path: "/v1/Services",
  listKey: "services",
  parameters: {
    UniqueName: text({ required: true, max: 191 }),
    DefaultTtl: integer({ min: 0, default: 0 }),
    CallbackUrl: url(),
    GeoMatchLevel: oneOf(geoMatchLevels, { default: "country" }),
    NumberSelectionBehavior: oneOf(["prefer-sticky", "avoid-sticky"], { default: "prefer-sticky" }),
    InterceptCallbackUrl: url(),
    OutOfSessionCallbackUrl: url(),
    ChatInstanceSid: sid("IS"),
  },
  unique: [
    {
      field: "unique_name",
      taken: (name) => invalid(`Service unique name ${JSON.stringify(name)} is already in use`, 80602),
    },
    {
      field: "chat_instance_sid",
      taken: (chatSid) => invalid(`Chat service ${chatSid} belongs to another Proxy service`),
    },
  ],
  links: { sessions: "/Sessions", phone_numbers: "/PhoneNumbers" },
  // Twilio's own: what is gone is a bad request, not "not found".
  missing: () => new TwilioError(400, 80408, "Invalid Service Sid"),
  beforeWrite({ fields, input }, context) {
    const chatSid = input["ChatInstanceSid"];
    if (typeof chatSid === "string" && context.of(chatService).get(chatSid) === undefined)
      throw invalid(`Chat service ${fields.chat_instance_sid} does not exist`);
  },
  beforeDelete({ sid: serviceSid }, context) {
    for (const pooled of context.of(phoneNumber).all(serviceSid)) releaseNumber(context, pooled.sid);
  },
});
