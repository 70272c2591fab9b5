import type { Context } from "../../kernel/context.ts";
import { type Receipt, receipt } from "./kinds.ts";

/** What a status means for the ones before it: a text that was delivered was sent. */
const implied: Readonly<Record<Receipt["status"], readonly Receipt["status"][]>> = {
  sent: ["sent"],
  delivered: ["sent", "delivered"],
  read: ["sent", "delivered", "read"],
  undelivered: ["sent", "undelivered"],
  failed: ["failed"],
};

/** How far a message got with those who get it as a text; null when it went to none. */
export function deliveryOf(context: Context, messageSid: string): object | null {
  const receipts = context.of(receipt).all(messageSid);
  if (receipts.length === 0) return null;
  const share = (status: Receipt["status"]): string => {
    const count = receipts.filter(({ fields }) => implied[fields.status].includes(status)).length;
    return count === 0 ? "none" : count === receipts.length ? "all" : "some";
  };
  return {
    total: receipts.length,
    sent: share("sent"),
    delivered: share("delivered"),
    read: share("read"),
    failed: share("failed"),
    undelivered: share("undelivered"),
  };
}
