import { invalid } from "../../kernel/errors.ts";
import { coded, integer, list, oneOf, sid, text, url } from "../../kernel/parameter.ts";
import { resource } from "../../kernel/resource.ts";
import { channelResource } from "./channel.ts";
import { events } from "./event.ts";
import { type ChannelWebhook, channelWebhook, type Configuration } from "./kinds.ts";
import { absent, kept, refuseEmptyUpdate } from "./parameters.ts";

const maxWebhooks = 5;
const maxTriggers = 5;
const maxTriggerLength = 248;
const maxUrlLength = 2048;

export const channelWebhookResource = resource(channelWebhook, {
  prefix: "WH",
  path: "/v2/Services/{ServiceSid}/Channels/{ChannelSid}/Webhooks",
  parent: channelResource,
  listKey: "webhooks",
  maxPageSize: maxWebhooks,
  defaultPageSize: maxWebhooks,
  parameters: {
    Type: coded(50324, oneOf(["webhook", "trigger", "studio"], { on: "create" })),
    "Configuration.Url": absent(kept(coded(50054, url({ max: Infinity })))),
    "Configuration.Method": absent(coded(50055, oneOf(["GET", "POST"]))),
    "Configuration.Filters": absent(coded(50325, list(oneOf(events)))),
    "Configuration.Triggers": absent(list(text({ empty: "" }))),
    "Configuration.FlowSid": absent(kept(coded(50327, sid("FW")))),
    "Configuration.RetryCount": absent(coded(50065, integer({ min: 0, max: 3 }))),
  },
  beforeWrite({ fields, parentSid, previous, input }, context) {
    refuseEmptyUpdate({ previous, input });
    if (fields.type === null) throw invalid("Channel webhook type not provided", 50328);
    if (previous === undefined && context.of(channelWebhook).all(parentSid).length >= maxWebhooks)
      throw invalid(`Too many channel webhooks: a channel has at most ${maxWebhooks}`, 50321);
    fields.configuration = complete[fields.type](fields.configuration ?? {});
  },
});

/** What each type of webhook keeps of a configuration. @throws TwilioError when a part that it needs is missing */
const complete: Record<ChannelWebhook["type"], (given: Configuration) => Configuration> = {
  webhook({ filters, ...given }) {
    if (filters === undefined || filters.length === 0)
      throw invalid("Channel webhook filter not provided", 50330);
    return { ...called(given), filters };
  },
  trigger({ triggers, ...given }) {
    if (triggers === undefined || triggers.length === 0)
      throw invalid("Channel webhook trigger not provided", 50331);
    if (triggers.length > maxTriggers)
      throw invalid(`Too many channel webhook triggers: at most ${maxTriggers} are allowed`, 50322);
    if (triggers.some((trigger) => trigger === "" || trigger.length > maxTriggerLength))
      throw invalid(
        `Invalid channel webhook trigger: it must have 1 to ${maxTriggerLength} characters`,
        50326,
      );
    return { ...called(given), triggers };
  },
  studio({ flow_sid, retry_count = 0 }) {
    if (flow_sid === undefined) throw invalid("Invalid channel webhook flow sid: it is not provided", 50327);
    return { flow_sid, retry_count };
  },
};

function called({ url, method = "POST", retry_count = 0 }: Configuration): Configuration {
  if (url === undefined) throw invalid("Channel webhook url not provided", 50329);
  if (url.length > maxUrlLength)
    throw invalid(`Channel webhook url too long: at most ${maxUrlLength} characters are allowed`, 50332);
  return { url, method, retry_count };
}
