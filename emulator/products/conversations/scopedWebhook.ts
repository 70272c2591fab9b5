import { invalid } from "../../kernel/errors.ts";
import { integer, list, oneOf, sid, text, url } from "../../kernel/parameter.ts";
import { conversationView } from "./conversation.ts";
import { events } from "./event.ts";
import { inBothForms } from "./forms.ts";
import { type ScopedWebhook, scopedWebhook, type WebhookConfiguration } from "./kinds.ts";
import { part, wordAsGiven } from "./parameters.ts";

const maxWebhooks = 5;

/** Who is told of what happens in one conversation. */
export const scopedWebhookView = inBothForms(scopedWebhook, (base) => ({
  prefix: "WH",
  path: `${base}/Conversations/{ConversationSid}/Webhooks`,
  parent: conversationView.inService,
  listKey: "webhooks",
  maxPageSize: maxWebhooks,
  defaultPageSize: maxWebhooks,
  parameters: {
    Target: oneOf(["webhook", "trigger", "studio"], { on: "create", required: true }),
    "Configuration.Url": part(url()),
    "Configuration.Method": part(wordAsGiven(["get", "post"])),
    "Configuration.Filters": part(list(oneOf(events))),
    "Configuration.Triggers": part(list(text({ empty: "" }))),
    "Configuration.FlowSid": part(sid("FW")),
    "Configuration.ReplayAfter": part(integer({ on: "create", min: 0 })),
  },
  beforeWrite({ fields, parentSid, previous }, context) {
    if (previous === undefined && context.of(scopedWebhook).all(parentSid).length >= maxWebhooks)
      throw invalid(`A conversation has at most ${maxWebhooks} webhooks`, 50361);
    const given = Object.entries(fields.configuration ?? {}).filter(([, value]) => value !== null);
    fields.configuration = complete[fields.target](Object.fromEntries(given));
  },
}));

/** As it is stored; its routes are those of the two forms. */
export const scopedWebhookResource = { ...scopedWebhookView.inService, operations: [] };

/** What each target keeps of a configuration. @throws TwilioError when a part that it needs is missing */
const complete: Record<ScopedWebhook["target"], (given: WebhookConfiguration) => WebhookConfiguration> = {
  webhook: ({ filters = [], ...given }) => ({ ...called("webhook", given), filters }),
  trigger: ({ triggers = [], ...given }) => ({ ...called("trigger", given), triggers }),
  studio({ flow_sid, replay_after }) {
    if (flow_sid === undefined) throw invalid("Target studio requires Configuration.FlowSid");
    return { flow_sid, ...(replay_after === undefined ? {} : { replay_after }) };
  },
};

function called(
  target: string,
  { url, method = "POST", replay_after }: WebhookConfiguration,
): WebhookConfiguration {
  if (url === undefined) throw invalid(`Target ${target} requires Configuration.Url`);
  return { url, method, ...(replay_after === undefined ? {} : { replay_after }) };
}
