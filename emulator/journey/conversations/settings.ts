import type { Context } from "../../kernel/context.ts";
import { defaultService } from "../../products/conversations/defaultService.ts";
import { accountWebhooks, serviceWebhooks, type Webhooks } from "../../products/conversations/kinds.ts";

/** Who hears of a service's conversations: the account's webhooks, of the default service, and its own. */
export function webhooksOf(context: Context, serviceSid: string): Webhooks[] {
  const account = context.of(accountWebhooks).get(context.accountSid)?.fields;
  const isMeant = account?.target !== "flex" && defaultService(context)?.sid === serviceSid;
  const own = context.of(serviceWebhooks).get(serviceSid)?.fields;
  return [isMeant ? account : undefined, own].filter((webhooks) => webhooks !== undefined);
}
